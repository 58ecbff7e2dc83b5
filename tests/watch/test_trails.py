"""Corrections in real repositories: which commits are one, what they say, and what they did to figures."""

from __future__ import annotations

import subprocess
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest
from trailing import NOW, SITE, minutes_of, read_audit, read_content, start_repo, take, words_of
from watching import Clock, Repo

from statusgen.model.entries import Incident

NAME = "incidents/api.md"
HEAD = "---\ntitle: Errors\ncomponents: {api: major_outage}\nstarted: 2026-11-03 08:00\n---\n\n"
LOOK = "## investigating @ 2026-11-03 08:10\n\nWe look into what happens.\n\n"
EASED = "## identified @ 2026-11-03 08:20 {api=partial_outage}\n\nA bad disk is the cause.\n\n"
DONE = "## resolved @ 2026-11-03 08:40\n\nAll is well.\n\n"
OVER = HEAD + LOOK + EASED + DONE
BROKEN = "---\ntitle: [\n---\n"
TIME = "3 November 2026, 08:{} UTC"


pytest_plugins = ["watch_fixtures"]


@pytest.fixture
def repo(tmp_path: Path, clock: Clock) -> Repo:
    """With an incident that is over; an hour later."""
    return start_repo(tmp_path / "repo", clock, {NAME: OVER})


@pytest.mark.parametrize(
    ("text", "words", "minutes"),
    [
        # Words.
        (OVER.replace("All is well.", "All is well again, at last."), None, 0),
        (OVER.replace("title: Errors", "title: Errors on the API"), None, 0),
        (OVER + "## resolved @ 2026-11-03 09:30\n\nThe report follows.\n", None, 0),
        (OVER + "## monitoring @ 2026-11-03 08:30\n\nWe wait.\n", None, 0),
        (OVER.replace("08:00", "08:00:00"), None, 0),
        # Times. Twelve of the minutes of a partial outage weigh 3.6 and so on.
        (OVER.replace("started: 2026-11-03 08:00", "started: 2026-11-03 07:50"),
         "Began: 3 November 2026, 08:00 UTC → 3 November 2026, 07:50 UTC", 10),
        (OVER.replace("08:40", "08:30"), f"Ended: {TIME.format(40)} → {TIME.format(30)}", -3),
        (OVER.replace("08:10", "08:12"), f"An update: {TIME.format(10)} → {TIME.format(12)}", 0),
        (HEAD + LOOK + DONE,
         (f"An update: {TIME.format(20)} → taken out; API: major outage 3 November 2026, 08:00–08:20 UTC, "
         "partial outage 3 November 2026, 08:20–08:40 UTC → major outage 3 November 2026, 08:00–08:40 UTC"), 14),
        # States and components.
        (OVER.replace("major", "partial"),
         ("API: major outage 3 November 2026, 08:00–08:20 UTC, partial outage 3 November 2026, 08:20–08:40 UTC → "
         "partial outage 3 November 2026, 08:00–08:40 UTC"), -14),
        (OVER.replace("{api: major_outage}", "{api: major_outage, web: degraded_performance}"),
         "Website: not affected → degraded performance 3 November 2026, 08:00–08:40 UTC", None),
        # Taken away.
        (OVER.replace("---\n\n", "draft: true\n---\n\n", 1), "Made a draft again, with all that it counted", -26),
        (None, "Deleted, with all that it counted", -26),
    ],
)  # fmt: skip
def test_what_is_a_correction(repo: Repo, text: str | None, words: str | None, minutes: float | None) -> None:
    if text is None:
        repo.delete(NAME)
    head = repo.commit({} if text is None else {NAME: text})
    content, snapshot = take(repo)
    assert words_of(content) == ([("1", words)] if words else [])
    assert content.audit and all(c.commit.id == head for c in content.audit.corrections)
    if minutes is not None:
        assert minutes_of(snapshot).get("api", [0]) == [minutes]


def test_an_open_incident_is_not_corrected_but_may_be_taken_away(repo: Repo, clock: Clock) -> None:
    repo.commit({"incidents/web.md": HEAD.replace("api:", "web:") + LOOK})
    clock.move(hours=1)
    repo.commit({"incidents/web.md": HEAD.replace("api:", "web:").replace("08:00", "08:05") + LOOK})
    assert read_audit(repo).corrections == ()
    clock.move(minutes=5)
    repo.delete("incidents/web.md")
    repo.commit()
    content, snapshot = take(repo)
    assert [words for _, words in words_of(content)] == ["Deleted, with all that it counted"]
    # From 08:05 to 11:05, as long as it was open.
    assert minutes_of(snapshot) == {"web": [-180]}


def test_opened_again(repo: Repo, clock: Clock) -> None:
    again = "## investigating @ 2026-11-03 10:00 {api=major_outage}\n\nIt is back.\n\n"
    repo.commit({NAME: OVER.replace(DONE, "") + again})
    content, snapshot = take(repo, NOW)
    assert words_of(content)[0][1].startswith(f"Ended: {TIME.format(40)} → not over")
    clock.move(hours=1)
    repo.commit({NAME: OVER.replace(DONE, "") + again + DONE.replace("08:40", "10:30")})
    content, snapshot = take(repo)
    assert [hour for hour, _ in words_of(content)] == ["1"]
    # From 08:40 to 10:00 partly, then half an hour in full.
    assert minutes_of(snapshot) == {"api": [80 * 0.3 + 30]}


def test_put_back(repo: Repo, clock: Clock) -> None:
    repo.delete(NAME)
    repo.commit()
    clock.move(hours=1)
    repo.commit({NAME: OVER})
    content, snapshot = take(repo)
    assert [words for _, words in words_of(content)] == [
        "Deleted, with all that it counted", "Put back, with all that it counts"]  # fmt: skip
    assert minutes_of(snapshot) == {"api": [-26, 26]}
    assert published_of(content) == "0"


def published_of(content: object, path: str = NAME) -> str | None:
    incidents = [i for i in getattr(content, "incidents", ()) if i.path == path]
    record = incidents[0].record
    published = record.published if record else None
    return f"{(published.authored_at - NOW + timedelta(days=20)) / timedelta(hours=1):g}" if published else None


def test_what_nobody_saw_is_no_version(repo: Repo, clock: Clock) -> None:
    repo.commit({NAME: BROKEN})
    clock.move(hours=1)
    repo.commit({NAME: OVER.replace("2026-11-03 08", "2027-11-03 08")})
    clock.move(hours=1)
    repo.commit({NAME: OVER})
    content = read_content(repo)
    assert words_of(content) == []
    repo.commit({"incidents/web.md": BROKEN})
    clock.move(hours=1)
    repo.commit({"incidents/web.md": OVER})
    assert (published_of(read_content(repo), "incidents/web.md"), published_of(content)) == ("4", "0")


def test_moved_and_corrected(repo: Repo, clock: Clock) -> None:
    repo.move(NAME, "incidents/2026/errors.md")
    repo.commit()
    clock.move(hours=1)
    repo.commit({"incidents/2026/errors.md": OVER.replace("08:40", "08:30")})
    content, snapshot = take(repo)
    assert words_of(content) == [("2", f"Ended: {TIME.format(40)} → {TIME.format(30)}")]
    assert minutes_of(snapshot) == {"api": [-3]}
    assert published_of(content, "incidents/2026/errors.md") == "0"


def test_one_that_is_deleted_and_one_from_the_same_template_are_two(repo: Repo) -> None:
    repo.delete(NAME)
    other = OVER.replace("title: Errors", "title: Slow pages").replace("2026-11-03 08", "2026-11-03 09")
    repo.commit({"incidents/web.md": other})
    content, snapshot = take(repo)
    assert words_of(content) == [("1", "Deleted, with all that it counted")]
    assert minutes_of(snapshot) == {"api": [-26]}
    assert published_of(content, "incidents/web.md") == "1"


def test_a_merge_counts_once(repo: Repo, clock: Clock) -> None:
    repo.git("checkout", "-q", "-b", "work")
    mended = repo.commit({NAME: OVER.replace("08:40", "08:30")})
    repo.git("checkout", "-q", "main")
    clock.move(hours=1)
    repo.commit({NAME: OVER.replace("title: Errors", "title: Errors on the API")})
    clock.move(hours=1)
    repo.git("merge", "-q", "--no-ff", "-m", "Merge", "work")
    content = read_content(repo)
    assert content.audit and [c.commit.id for c in content.audit.corrections] == [mended]
    assert content.incidents[0].title == "Errors on the API"


def test_what_only_the_other_side_deleted(repo: Repo, clock: Clock) -> None:
    repo.git("checkout", "-q", "-b", "work")
    repo.delete(NAME)
    repo.commit()
    repo.git("checkout", "-q", "main")
    clock.move(hours=1)
    repo.commit({NAME: OVER.replace("All is well.", "All is well again.")})
    repo.run("merge", "-q", "--no-ff", "-m", "Merge", "work")
    repo.commit({NAME: OVER.replace("All is well.", "All is well again.")})
    assert read_audit(repo).corrections == ()


CHANGE = """---
title: New disks
components: {api: partial_outage}
starts: 2026-11-03 06:00
duration: 1h
counts_as_downtime: true
---

## scheduled @ 2026-11-01 06:00

Soon.
"""


@pytest.mark.parametrize(
    ("edit", "words", "minutes"),
    [
        (lambda text: text.replace("Soon.", "Very soon."), None, 0),
        (lambda text: text.replace("duration: 1h", "duration: 30m"),
         ("Window ends: 3 November 2026, 07:00 UTC → 3 November 2026, 06:30 UTC; API: partial outage "
         "3 November 2026, 06:00–07:00 UTC → partial outage 3 November 2026, 06:00–06:30 UTC"), -9),
        (lambda text: text + "\n## completed @ 2026-11-03 07:20\n\nDone.\n",
         "API: partial outage 3 November 2026, 06:00–07:00 UTC → partial outage 3 November 2026, 06:00–07:20 UTC", 6),
        (lambda text: text.replace("2026-11-01", "2026-10-01"),
         "Announced: 1 November 2026, 06:00 UTC → 1 October 2026, 06:00 UTC", 0),
        (lambda text: text.replace("downtime: true", "downtime: false"),
         ("Counts as downtime: yes → no; API: partial outage 3 November 2026, 06:00–07:00 UTC → partial outage (counts "
         "as operational) 3 November 2026, 06:00–07:00 UTC"), -18),
    ],
)  # fmt: skip
def test_changes(repo: Repo, clock: Clock, edit: Callable[[str], str], words: str | None, minutes: float) -> None:
    repo.commit({"changes/disks.md": CHANGE})
    clock.move(hours=1)
    repo.commit({"changes/disks.md": edit(CHANGE)})
    content, snapshot = take(repo)
    assert words_of(content) == ([("2", words)] if words else [])
    assert minutes_of(snapshot).get("api", [0]) == [minutes]


def test_work_that_has_not_begun_is_not_corrected(repo: Repo, clock: Clock) -> None:
    later = CHANGE.replace("starts: 2026-11-03", "starts: 2026-11-04")
    repo.commit({"changes/disks.md": later})
    clock.move(hours=1)
    repo.commit({"changes/disks.md": later.replace("06:00", "07:00")})
    clock.move(hours=1)
    repo.delete("changes/disks.md")
    repo.commit()
    assert read_audit(repo).corrections == ()


def test_what_is_past_of_a_series(repo: Repo, clock: Clock) -> None:
    series = CHANGE.replace("duration: 1h", "duration: 1h\nrepeat: FREQ=DAILY")
    repo.commit({"changes/disks.md": series})
    clock.move(days=2)
    repo.commit({"changes/disks.md": series.replace("DAILY", "DAILY;UNTIL=20261109T000000")})
    assert read_audit(repo).corrections == ()
    clock.move(hours=1)
    repo.commit({"changes/disks.md": series.replace("DAILY", "DAILY;UNTIL=20261109T000000\nexcept: [2026-11-04]")})
    content, snapshot = take(repo)
    assert len(words_of(content)) == 1
    assert minutes_of(snapshot) == {"api": [-18]}


def test_times_from_git(repo: Repo, clock: Clock) -> None:
    """A heading that is rewritten is a new update, also where its time comes from git."""
    untimed = "---\ntitle: Slow\ncomponents: {web: major_outage}\n---\n\n## investigating\n\nWe look.\n"
    repo.commit({"incidents/web.md": untimed})
    clock.move(hours=1)
    over = untimed + "\n## resolved\n\nAll is well.\n"
    repo.commit({"incidents/web.md": over})
    clock.move(hours=1)
    repo.commit({"incidents/web.md": over.replace("All is well.", "All is very well.")})
    assert read_audit(repo).corrections == ()
    clock.move(hours=1)
    repo.commit({"incidents/web.md": over.replace("## resolved", "## resolved @ 2026-11-03 10:30")})
    content, snapshot = take(repo)
    assert [hour for hour, _ in words_of(content)] == ["4"]
    assert minutes_of(snapshot) == {"web": [-30]}


def test_moved_in_from_elsewhere(repo: Repo, clock: Clock) -> None:
    """Nobody knows whether it was published there."""
    repo.write({"../old/web.md": OVER})
    repo.commit()
    clock.move(hours=1)
    repo.move("../old/web.md", "incidents/web.md")
    repo.commit()
    assert published_of(read_content(repo), "incidents/web.md") is None
    assert published_of(read_content(repo)) == "0"


def test_a_shallow_clone(repo: Repo, clock: Clock, tmp_path: Path) -> None:
    repo.commit({NAME: OVER.replace("08:40", "08:30")})
    clock.move(hours=1)
    repo.commit({NAME: OVER.replace("08:40", "08:35"), "incidents/web.md": OVER.replace("api:", "web:")})
    subprocess.run(["git", "clone", "-q", "--depth", "2", repo.top.as_uri(), tmp_path / "clone"], check=True)
    content, _ = take(cloned := Repo(tmp_path / "clone", clock=clock))
    assert words_of(content) == [("2", f"Ended: {TIME.format(30)} → {TIME.format(35)}")]
    assert content.audit and content.audit.cut_at == NOW - timedelta(days=20) + timedelta(hours=1)
    assert (published_of(content), published_of(content, "incidents/web.md")) == (None, "2")
    cloned.git("fetch", "-q", "--unshallow")
    content = read_content(cloned)
    assert content.audit and content.audit.cut_at is None
    assert (len(content.audit.corrections), published_of(content)) == (2, "0")


def test_a_demonstration_tells_nothing(repo: Repo) -> None:
    repo.commit({"site.yaml": SITE + "demo_today: 2026-11-03\n", NAME: OVER.replace("08:40", "08:30")})
    content = read_content(repo)
    assert content.audit is None
    assert all(incident.record is None for incident in content.incidents if isinstance(incident, Incident))
