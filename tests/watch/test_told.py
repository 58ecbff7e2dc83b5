"""What feeds announce of what git tells: what is new, moved or taken away, each once, and corrected words never."""

from __future__ import annotations

import json
from datetime import timedelta
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest
from trailing import NOW, SITE, read_content, start_repo
from watching import START, Clock, Repo

from statusgen.history.snapshot import take_snapshot
from statusgen.model.site import Content
from statusgen.render.feeds.plan import plan_feeds
from statusgen.render.feeds.render import render_feed

NAME, WORK = "incidents/api.md", "changes/work.md"
HEAD = "---\ntitle: Errors\ncomponents: {api: major_outage}\n---\n\n"
LOOK = "## investigating @ 2026-11-03 08:10\n\nWe look into waht happens.\n\n"
EASED = "## identified @ 2026-11-03 08:20 {api=partial_outage}\n\nA bad disk.\n\n"
DONE = "## resolved @ 2026-11-03 08:40\n\nAll is well.\n\n"
PLAN = "---\ntitle: New disks\nstarts: 2026-11-10 22:00\nduration: 2h\ncomponents: [web]\n---\n\n"
SOON = "## scheduled @ 2026-11-03 08:00\n\nSoon.\n\n"
ATOM = "{http://www.w3.org/2005/Atom}"

pytest_plugins = ["watch_fixtures"]


def feed_of(content: Content, path: str = "feed.atom", after: timedelta = timedelta(hours=30)) -> bytes:
    """As of so long after START."""
    return render_feed(plan_feeds(take_snapshot(content, START + after)).by_path[path], content.site)


def told(repo: Repo, path: str = "feed.atom", after: timedelta = timedelta(hours=30)) -> list[tuple[str, str, str]]:
    """(title, its id without the site's address, when it was changed or "") of each entry, newest first."""
    found = []
    for entry in ET.fromstring(feed_of(read_content(repo, START + after), path, after)).iter(f"{ATOM}entry"):  # noqa: S314
        at, changed = (str(entry.findtext(f"{ATOM}{name}")) for name in ("published", "updated"))
        name = (
            str(entry.findtext(f"{ATOM}id"))
            .removeprefix("https://status.example/")
            .removeprefix("tag:status.example,2005:")
        )
        found.append((str(entry.findtext(f"{ATOM}title")), name, changed if changed != at else ""))
    return found


@pytest.fixture
def repo(tmp_path: Path, clock: Clock) -> Repo:
    return start_repo(tmp_path / "repo", clock, {NAME: HEAD + LOOK + EASED, WORK: PLAN + SOON})


FIRST = [
    ("[Identified] Errors", "incidents/api/#update-20261103T082000Z", ""),
    ("[Investigating] Errors", "incidents/api/#update-20261103T081000Z", ""),
    ("[Scheduled] New disks", "changes/work/#update-20261103T080000Z", ""),
]
LATER = "2026-11-03T10:00:00Z"


def test_corrected_words_keep_their_guid_and_say_when(repo: Repo, clock: Clock) -> None:
    assert told(repo) == FIRST
    repo.commit({NAME: HEAD + LOOK.replace("waht", "what") + EASED})
    corrected = [FIRST[0], (*FIRST[1][:2], LATER), FIRST[2]]
    assert told(repo) == corrected
    clock.move(hours=1)
    repo.commit({NAME: HEAD + LOOK.replace("waht", "what") + EASED + DONE})
    assert told(repo) == [("[Resolved] Errors", "incidents/api/#update-20261103T084000Z", ""), *corrected]


def test_another_title_changes_all_that_bear_it(repo: Repo) -> None:
    repo.commit({NAME: (HEAD + LOOK + EASED).replace("Errors", "Timeouts")})
    assert [changed for _, _, changed in told(repo)] == [LATER, LATER, ""]
    assert told(repo, "history.atom")[0][::2] == ("Timeouts", LATER)


def test_moved_work_is_told_unless_an_update_says_so(repo: Repo, clock: Clock) -> None:
    moved = PLAN.replace("2026-11-10", "2026-11-11")
    repo.commit({WORK: moved + SOON})
    rescheduled = (
        "[Rescheduled] New disks",
        "changes/work/moved-20261103T100000Z-20261111T220000Z-20261112T000000Z",
        "",
    )
    for path in ("feed.atom", "changes/feed.atom", "components/web/feed.atom"):
        assert told(repo, path)[0] == rescheduled
    assert b"11 November 2026, 22:00" in feed_of(read_content(repo), "changes/feed.rss")
    clock.move(hours=1)
    again = moved.replace("22:00", "23:00")
    repo.commit({WORK: again + SOON + "## scheduled @ 2026-11-03 11:00\n\nAn hour later.\n"})
    assert [title for title, *_ in told(repo)][:2] == ["[Scheduled] New disks", "[Rescheduled] New disks"]


def test_a_window_corrected_afterwards_is_no_news(repo: Repo, clock: Clock) -> None:
    clock.move(days=9)
    repo.commit({WORK: PLAN.replace("2h", "3h") + SOON})
    titles = [title for title, *_ in told(repo, after=timedelta(days=12))]
    assert titles[:3] == ["[Completed] New disks", "[In progress] New disks", "[Identified] Errors"]


def test_work_that_no_update_announces_is_announced_by_its_commit(repo: Repo) -> None:
    repo.commit({"changes/other.md": PLAN.replace("New disks", "New roof")})
    assert told(repo)[0] == ("[Scheduled] New roof", "changes/other/announced", "")
    assert told(repo, after=timedelta(minutes=30)) == FIRST


def test_what_begins_as_planned_is_told_if_wanted(repo: Repo) -> None:
    late = timedelta(days=7, hours=14)
    assert told(repo, after=late)[0][0] == "[In progress] New disks"
    repo.commit({"site.yaml": f"{SITE}feeds: {{begins: no}}\n"})
    assert told(repo, after=late)[0][0] == "[Identified] Errors"


@pytest.mark.parametrize("how", ["delete", "draft", "hide"])
def test_what_is_removed_leaves_a_last_entry(repo: Repo, clock: Clock, how: str) -> None:
    if how != "draft":
        repo.delete(NAME)
    texts = {
        "delete": {},
        "draft": {NAME: (HEAD + LOOK + EASED).replace("---\n\n", "draft: true\n---\n\n", 1)},
        "hide": {"incidents/_api.md": HEAD + LOOK + EASED},
    }
    repo.commit(texts[how])
    removed = ("[Removed] Errors", "incidents/api/removed-20261103T100000Z", "")
    assert told(repo) == [removed, FIRST[2]]
    assert told(repo, "components/api/feed.atom") == [removed]
    assert told(repo, "changes/feed.atom") == [FIRST[2]]
    assert told(repo, "history.atom")[0][0] == "New disks"
    items = json.loads(feed_of(read_content(repo), "feed.json"))["items"]
    assert items[0]["url"] == "https://status.example/"
    clock.move(hours=1)
    if how == "hide":
        repo.delete("incidents/_api.md")
    repo.commit({NAME: HEAD + LOOK + EASED})
    assert [name for _, name, _ in told(repo)] == [name for _, name, _ in FIRST]


def test_what_nobody_saw_is_not_removed(repo: Repo, clock: Clock) -> None:
    repo.commit({"incidents/x.md": "---\ntitle: X\ndraft: true\n---\n\n" + LOOK, "incidents/y.md": "---\n"})
    clock.move(hours=1)
    repo.delete("incidents/x.md")
    repo.delete("incidents/y.md")
    repo.commit()
    assert told(repo) == FIRST


def test_a_series_that_deviates(repo: Repo) -> None:
    series = "---\ntitle: Weekly\nstarts: 2026-11-05 02:00\nduration: 1h\nrepeat: FREQ=WEEKLY;COUNT=9\n"
    items = """except:
- {on: 2026-11-12, cancelled: true, reason: A holiday, announced: 2026-11-03 09:30}
- {on: 2026-11-19, starts: 2026-11-20 02:00, announced: 2026-11-03 09:40}
---

## scheduled @ 2026-11-03 08:05

Each week.
"""
    repo.commit({"changes/weekly.md": series + items})
    assert told(repo, "changes/feed.atom")[:2] == [
        (
            "[Rescheduled] Weekly",
            "changes/weekly/occurrence-20261119T020000-20261120T020000Z-20261120T030000Z-20261103T094000Z",
            "",
        ),
        ("[Cancelled] Weekly", "changes/weekly/occurrence-20261112T020000-cancelled-20261103T093000Z", ""),
    ]
    text = feed_of(read_content(repo, NOW), "changes/feed.json").decode()
    assert (
        "Cancelled: 12 November 2026" in text
        and "03:00 UTC, and then every week</p>" in text
        and "A holiday" in text
        and "Instead of: 19 November 2026" in text
    )


def test_an_exception_is_told_when_a_commit_brings_it(repo: Repo, clock: Clock) -> None:
    head = "---\ntitle: Weekly\nstarts: 2026-11-05 02:00\nduration: 1h\nrepeat: FREQ=WEEKLY;COUNT=9\n"
    text = "---\n\n## scheduled @ 2026-11-03 08:05\n\nEach week.\n"
    repo.commit({"changes/weekly.md": head + text})
    clock.move(hours=1)
    repo.commit({"changes/weekly.md": head + "except: [2026-11-12]\n" + text})
    name = "changes/weekly/occurrence-20261112T020000-cancelled-20261103T110000Z"
    assert told(repo, "changes/feed.atom")[0] == ("[Cancelled] Weekly", name, "")


def test_what_was_written_anew_under_its_address_was_not_removed(repo: Repo) -> None:
    repo.delete(NAME)
    other = "---\ntitle: Timeouts of the interface\nid: api\ncomponents: {web: partial_outage}\n---\n\n"
    repo.commit({"incidents/2026-11-03-timeouts.md": other + "## monitoring @ 2026-11-03 09:10\n\nBetter.\n"})
    assert [title for title, *_ in told(repo)] == ["[Monitoring] Timeouts of the interface", "[Scheduled] New disks"]


def test_clearing_away_what_is_long_over_is_no_news(repo: Repo, clock: Clock) -> None:
    repo.commit({NAME: HEAD + LOOK + EASED + DONE})
    clock.move(days=100)
    repo.delete(NAME)
    repo.commit()
    assert [title for title, *_ in told(repo, after=timedelta(days=110))][-1] == "[Scheduled] New disks"
    assert "[Removed] Errors" not in [title for title, *_ in told(repo, after=timedelta(days=110))]


def test_a_corrected_summary_says_when(repo: Repo, clock: Clock) -> None:
    summary = "Some requests fial.\n\n"
    repo.commit({NAME: HEAD + summary + LOOK + EASED})
    clock.move(hours=1)
    repo.commit({NAME: HEAD + summary.replace("fial", "fail") + LOOK + EASED})
    assert [changed for _, _, changed in told(repo)] == ["", "2026-11-03T11:00:00Z", ""]
