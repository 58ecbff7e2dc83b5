"""What cannot be meant is not done: one line says why, with what could be meant, and no file changes."""

from __future__ import annotations

import os
import shlex
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from command import read_tree, run_statusgen
from desks import Desk
from styles import CHANGE, INCIDENT

from statusgen.author.store import write_file
from statusgen.errors import Error

TODAY = f"{datetime.now(ZoneInfo('Europe/Berlin')):%Y-%m-%d}"
OVER = INCIDENT + "\n## resolved @ 2026-11-03 10:40\n\nAll is well.\n"
SERIES = CHANGE.replace("components: [db]", "components: [db]\nrepeat: FREQ=WEEKLY;COUNT=3").replace(
    "2036-12-03", "2036-12-01"
)
# The arguments, and what the refusal has in it.
CASES: tuple[tuple[str, str], ...] = (
    ("incident update nope -m x", "there is no incident `nope`"),
    ("incident update 2026-11-03-eror -m x", "did you mean `2026-11-03-errors-"),
    ("incident update errors -m x", "`errors` can mean 2 incidents: `2026-11-04-errors-web`, `2026-11-03-errors-api`"),
    ("incident update -m x", "2 incidents go on"),
    ("incident update errors-a --status x -m x", "`x` is no status of an incident; known: "),
    ("incident update errors-a --status resolvd -m x", "did you mean `resolved`?"),
    ("incident update errors-a", "-m TEXT is missing"),
    ("incident update errors-a -m ''", "the text is empty"),
    ("incident update errors-a -m x --message y", "two texts"),
    ("incident update errors-a --message y", "there is no message `y`"),
    ("incident update errors-a --message wants-next", "say it with --next"),
    ("incident update errors-a -m x --component ap=major", "did you mean `api`?"),
    ("incident update errors-a -m x --component api=broken", "`broken` is no state"),
    ("incident update errors-a -m x --component api", "the state of `api` is missing"),
    ("incident update errors-a -m x --next soon", "`soon` is not a duration"),
    ("incident update errors-a -m x --next 30d", "in 30 days. If that is right, say it again with --yes"),
    ("incident update errors-a -m x --at yesterday", "`yesterday` is not a time"),
    ("incident update errors-a -m x --at '2036-01-01 10:00'", "ahead of now. If that is right"),
    ("incident update errors-a -m x --at '2026-11-02 10:00'", "before the latest one"),
    ("incident update errors-a -m '## resolved'", "use `###`"),
    ("incident update over -m x --status inv", "this opens it again"),
    ("incident update over -m x", "this is told of what is over"),
    ("incident update over -m x --next 30m", "no next update is promised"),
    ("incident update over -m 'All is well.' --at '2026-11-03 10:41'", "says just the same"),
    ("incident update over -m x --component api=major", "write --status investigating"),
    ("incident resolve over", "was resolved at 2026-11-03 10:40 already"),
    ("incident open", "TITLE is missing"),
    ("incident open ' '", "TITLE is missing"),
    ("incident open X --component nope=major_outage", "there is no component `nope`"),
    ("incident open X --started '2020-01-01 10:00'", "If that is right, say it again with --yes"),
    ("incident open X --started '2036-01-01 10:00'", "later than its first update"),
    ("incident open X --started '2026-03-29 02:30'", "does not exist in Europe/Berlin"),
    ("incident open X --message wants", "`wants` can mean 2 messages: `wants-nothing`, `wants-next`"),
    ("incident open X --impact huge", "huge"),
    ("change schedule X", "--starts is missing"),
    ("change schedule X --starts '2036-12-01 10:00'", "--duration or --ends is missing"),
    ("change schedule X --starts '2036-12-01 10:00' --duration 2x", "`2x` is not a duration"),
    ("change schedule X --starts '2036-12-01 10:00' --ends '2036-12-01 09:00'", "before it begins"),
    ("change schedule X --starts '2036-12-01 10:00' --duration 1h --ends 12:00", "keep one"),
    ("change schedule X --starts '2020-12-01 10:00' --duration 1h", "ago. If that is right"),
    ("change schedule X --starts '2036-12-01 10:00' --duration 1h", "ahead of now. If that is right"),
    ("change move series --starts '2036-12-01 10:00'", "repeats"),
    ("change start series", "by the clock"),
    ("change cancel series", "this ends the whole series"),
    ("change start once", "ahead. If that is right"),
    ("change move once", "--starts is missing"),
    ("notice post X", "-m TEXT is missing"),
    ("notice post X -m x --expires 2020-01-01", "before it is published"),
    ("notice post X -m x --publish 2036-01-01", "ahead of now"),
    ("problem open", "--incident is missing"),
    ("problem open --incident nope", "there is no incident `nope`"),
    ("message show nope", "there is no message `nope`"),
    ("incident list --content nowhere", "there is no content folder nowhere"),
)  # fmt: skip


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Desk:
    desk = Desk(tmp_path_factory.mktemp("refusals") / "site", git=False)
    desk.write("incidents/2026-11-03-errors-api.md", INCIDENT)
    desk.write("incidents/2026-11-04-errors-web.md", INCIDENT)
    desk.write("incidents/2026-11-02-over.md", OVER)
    desk.write("changes/once.md", CHANGE)
    desk.write("changes/series.md", SERIES)
    desk.write("messages/wants-next.md", "By {{ next }}.\n")
    desk.write("messages/wants-nothing.md", "---\ntitle: T\n---\n\nNothing.\n")
    desk.check()
    return desk


@pytest.mark.parametrize(("line", "said"), CASES)
def test_it_is_refused_in_one_line(desk: Desk, line: str, said: str) -> None:
    before = read_tree(desk.content)
    refused = desk.call(*shlex.split(line))
    assert refused.code == 2 and said in refused.err, refused
    assert refused.err.rstrip("\n").count("\n") == 0 or "Usage:" in refused.err
    assert refused.out == "" and read_tree(desk.content) == before


def test_with_yes_it_is_done_all_the_same(desk: Desk, tmp_path: Path) -> None:
    own = Desk(tmp_path, git=False)
    own.write("incidents/2026-11-02-over.md", OVER)
    said = own.call("incident", "update", "over", "-m", "Again.", "--status", "investigating",
                    "--component", "api=major", "--yes")  # fmt: skip
    assert said.code == 0 and said.err.startswith("note: 2026-11-02-over was resolved")


@pytest.mark.parametrize(
    ("name", "text", "code"),
    [
        ("site.yaml", b"name: [", "yaml"),
        ("incidents/x.md", INCIDENT.replace("title:", "titel:").encode(), "missing-key"),
        ("incidents/x.md", b"\xff\xfe\x00", "not-utf8"),
        ("incidents/x.md", b"<<<<<<< a\n=======\n>>>>>>> b\n", "merge-conflict"),
        ("incidents/x.md", INCIDENT.replace("api:", "apo:").encode(), "unknown-component"),
    ],
)
def test_a_file_with_errors_is_not_written_into(tmp_path: Path, name: str, text: bytes, code: str) -> None:
    desk = Desk(tmp_path, git=False)
    desk.write("incidents/x.md", INCIDENT)
    desk.write(name, text)
    refused = desk.call("incident", "update", "x", "-m", "News.")
    assert refused.code == 1 and f"content/{name}" in refused.err and f"error[{code}]" in refused.err
    assert refused.err.endswith("Nothing is written.\n") and desk.read(name) == text


def test_a_text_that_swallows_what_follows_is_refused(tmp_path: Path) -> None:
    """In a file with the newest update first, code that is never closed would hide the older ones."""
    desk = Desk(tmp_path, git=False)
    text = INCIDENT.replace("## investigating", "## identified @ 2026-11-03 09:41\n\nA.\n\n## investigating")
    desk.write("incidents/x.md", text)
    for swallowing in ("~~~\ncode", "```sh\nx", "<!-- a note"):
        refused = desk.call("incident", "update", "-m", swallowing)
        if refused.code == 0:
            # Nothing below closes it, so that it hides nothing.
            assert len(desk.check()[0].incidents[0].updates) == 3
            desk.write("incidents/x.md", text)
        else:
            assert desk.read("incidents/x.md") == text.encode()


def test_what_was_changed_meanwhile_is_not_written_over(tmp_path: Path) -> None:
    (tmp_path / "x.md").write_bytes(b"mine")
    with pytest.raises(Error, match="was changed by somebody else"):
        write_file(tmp_path, "x.md", b"before", b"after")
    with pytest.raises(Error, match="is there already"):
        write_file(tmp_path, "x.md", None, b"after")
    (tmp_path / "link.md").symlink_to("x.md")
    with pytest.raises(Error, match="is a link"):
        write_file(tmp_path, "link.md", b"mine", b"after")
    (tmp_path / "out").symlink_to("/tmp", target_is_directory=True)
    with pytest.raises(Error, match="leads out"):
        write_file(tmp_path, "out/x.md", None, b"after")
    (tmp_path / "x.md").chmod(0o640)
    write_file(tmp_path, "x.md", b"mine", b"after")
    assert (tmp_path / "x.md").read_bytes() == b"after" and (tmp_path / "x.md").stat().st_mode & 0o777 == 0o640
    assert sorted(path.name for path in tmp_path.iterdir()) == ["link.md", "out", "x.md"]


def test_a_folder_that_may_not_be_written(tmp_path: Path) -> None:
    if os.geteuid() == 0:
        pytest.skip("root may write everywhere")
    desk = Desk(tmp_path, git=False)
    desk.content.chmod(0o555)
    refused = desk.call("incident", "open", "X", "-m", "x")
    assert refused.code == 2 and "cannot write" in refused.err


def test_two_commands_at_once(tmp_path: Path) -> None:
    """In processes of their own: each writes its update, or is told that another was faster."""
    desk = Desk(tmp_path, git=False)
    desk.write("incidents/x.md", INCIDENT)
    with ThreadPoolExecutor() as pool:
        texts = [f"News {number}." for number in range(6)]
        done = list(pool.map(lambda text: run_statusgen("incident", "update", "x", "-m", text, cwd=tmp_path), texts))
    told = [update.body for update in desk.check()[0].incidents[0].updates[1:]]
    assert sorted(told) == [text for text, one in zip(texts, done, strict=True) if one.returncode == 0]
    assert all("by somebody else" in one.stderr for one in done if one.returncode)


def test_what_the_site_makes_an_error_is_not_written(tmp_path: Path) -> None:
    own = Desk(tmp_path, git=False)
    own.write("site.yaml", own.read("site.yaml") + b"checks: {no-components: error, empty-update: error}\n")
    before = read_tree(own.content)
    said = own.call("incident", "open", "X", "-m", "We look.")
    assert said.code == 1 and "error[no-components]" in said.err and "Nothing is written." in said.err
    assert read_tree(own.content) == before


def test_a_new_file_takes_no_address_that_another_has(tmp_path: Path) -> None:
    own = Desk(tmp_path, git=False)
    head = INCIDENT.replace("---\n", f"---\naliases: [/incidents/{TODAY}-late/]\n", 1)
    own.write("incidents/2026-11-01-u.md", head)
    own.write("incidents/2026-11-02-v.md", INCIDENT.replace("---\n", f'---\n"id": {TODAY}-baz\n', 1))
    for title in ("Late", "Baz"):
        said = own.call("incident", "open", title, "--component", "api=major", "-m", "We look.", "--yes")
        assert said.code == 0, said
    own.check()
