"""What operators run into: folders that are not there, closed pipes, terminals, and our own bugs."""

from __future__ import annotations

import os
import pty
import re
import shutil
import subprocess
import sys
from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from command import NO_CACHE, ROOT, SAMPLE, read_tree, run_python, run_statusgen

TYPO = "---\ntitle: Errors\ncomponents:\n  label-ap: major_outage\n---\n\n## resolved @ 2026-11-03 10:00\n\nOver.\n"
# Root reads everything, unless it gives that up.
PLAIN = ("setpriv", "--bounding-set=-dac_override,-dac_read_search", "--inh-caps=-all") if os.geteuid() == 0 else ()
POWERS = bool(PLAIN) and (not shutil.which("setpriv") or subprocess.run([*PLAIN, "true"], check=False).returncode)
needs_permissions = pytest.mark.skipif(bool(POWERS), reason="root may read everything here")
# A clock that stands still, and one that runs by a second whenever it is asked.
CLOCK = (
    "import itertools, time; ticks = itertools.count({start}, {step}); time.monotonic = lambda: float(next(ticks))\n"
)
# Ctrl-C while the given file is about to come to its place.
INTERRUPTED = """
import itertools, os, signal, sys
steps = itertools.count(1)
def hook(event, arguments):
    if event == "os.rename" and next(steps) == {step}:
        os.kill(os.getpid(), signal.SIGINT)
sys.addaudithook(hook)
"""
RUN = "from statusgen.cli.main import run; run()"


def one_line(result: subprocess.CompletedProcess[str]) -> str:
    """The operator's error."""
    assert (result.returncode, result.stdout) == (2, "")
    message = re.fullmatch(r"error: ([^\n]+)\n", result.stderr)
    assert message, result.stderr
    return message[1]


def on_terminal(code: str, *arguments: str | Path, env: Mapping[str, str] | None = None) -> tuple[int, str, str]:
    """(exit code, stdout, stderr), both of them terminals."""
    ends = [pty.openpty(), pty.openpty()]
    inherited = {name: value for name, value in os.environ.items() if name not in ("NO_COLOR", "TERM")}
    command = [sys.executable, "-c", code, *map(str, arguments)]
    environment = inherited | NO_CACHE | {"PYTHONPATH": str(ROOT), "TERM": "xterm"} | dict(env or {})
    with subprocess.Popen(command, stdout=ends[0][1], stderr=ends[1][1], env=environment) as process:
        for _, child in ends:
            os.close(child)
        with ThreadPoolExecutor(2) as both:
            out, err = both.map(read_all, [parent for parent, _ in ends])
    return process.returncode, out, err


def read_all(terminal: int) -> str:
    data = b""
    while True:
        try:
            chunk = os.read(terminal, 65536)
        except OSError:  # how Linux says that the other end is closed
            chunk = b""
        if not chunk:
            os.close(terminal)
            return data.decode()
        data += chunk


def test_a_folder_that_is_not_there(tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(b"")
    for command in ("check", "build"):
        for name in ("content", "a/b", "file", "file/x"):
            said = one_line(run_statusgen(command, "--content", name, cwd=tmp_path))
            assert said == f"there is no content folder {name}; `statusgen init DIR` makes one"
        assert "File name too long" in one_line(run_statusgen(command, "--content", "x" * 300, cwd=tmp_path))
    assert "File name too long" in one_line(run_statusgen("init", "x" * 300, cwd=tmp_path))
    assert "missing" in one_line(run_statusgen("import", "feed", "missing", "--into", "content", cwd=tmp_path))
    assert [path.name for path in tmp_path.iterdir()] == ["file"]


def test_an_empty_folder_is_content_without_a_site(tmp_path: Path) -> None:
    (tmp_path / "content").mkdir()
    result = run_statusgen("check", cwd=tmp_path)
    assert result.returncode == 1
    assert result.stdout.startswith("content/site.yaml: error[missing-file]: ")


def test_line_ends_in_arguments(tmp_path: Path) -> None:
    """Each error is one line all the same, which says where they are."""
    assert r"no content folder a\nb;" in one_line(run_statusgen("check", "--content", "a\nb", cwd=tmp_path))
    assert r"a\r\x1b[1m" in one_line(run_statusgen("import", "feed", "a\r\x1b[1m", "--into", "x", cwd=tmp_path))
    for wrong in (
        ["build", "a\nb"],
        ["build", "--a\nb"],
        ["a\nb"],
        ["next", "--at", "a\nb"],
        ["serve", "--port", "a\nb"],
    ):
        result = run_statusgen(*wrong, cwd=tmp_path)
        assert result.returncode == 2 and result.stderr.splitlines()[-1].startswith("Error: "), result.stderr
        assert r"a\nb" in result.stderr
    content = tmp_path / "a\nb"
    shutil.copytree(SAMPLE, content)
    (content / "incidents/typo.md").write_text(TYPO, "utf-8")
    result = run_statusgen("build", "--content", "a\nb", cwd=tmp_path)
    assert result.returncode == 1
    # The sample's rule for reports has something to say of it, too.
    assert any(line.startswith(r"a\nb/incidents/typo.md:4: error[") for line in result.stderr.splitlines())


def test_an_output_that_cannot_be(tmp_path: Path) -> None:
    content = tmp_path / "content"
    shutil.copytree(SAMPLE, content)
    (tmp_path / "file").write_bytes(b"mine")
    (tmp_path / "full").mkdir()
    (tmp_path / "full/thesis.txt").write_bytes(b"mine")
    for name, message in {
        "file": "cannot publish into file: file: File exists",
        "full": "full is neither empty nor made by statusgen; name another folder with --output",
        "content": "the output folder content and the content folder content must lie apart",
        "content/x": "the output folder content/x and the content folder content must lie apart",
        ".": "the output folder . and the content folder content must lie apart",
    }.items():
        assert one_line(run_statusgen("build", "--output", name, cwd=tmp_path)) == message
    assert "File name too long" in one_line(run_statusgen("build", "--output", "x" * 300, cwd=tmp_path))
    assert sorted(path.name for path in tmp_path.iterdir()) == ["content", "file", "full"]


@pytest.mark.parametrize(
    ("into", "message"), [("file", "file: not a folder."), ("x" * 300, "cannot be read: File name too long.")]
)
def test_an_import_into_what_is_no_folder(into: str, message: str, tmp_path: Path) -> None:
    feed = '<feed xmlns="http://www.w3.org/2005/Atom"><title>S</title><updated>2026-11-03T10:00:00Z</updated></feed>'
    (tmp_path / "feed").write_text(feed, "utf-8")
    (tmp_path / "file").write_bytes(b"mine")
    assert one_line(run_statusgen("import", "feed", "feed", "--into", into, cwd=tmp_path)).endswith(message)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["feed", "file"]


@needs_permissions
def test_what_may_not_be_read_or_written(tmp_path: Path) -> None:
    content = tmp_path / "content"
    shutil.copytree(SAMPLE, content)
    locked = tmp_path / "locked"
    locked.mkdir()
    closed = [locked, content / "incidents" / "2025"]
    for folder in closed:
        folder.chmod(0)
    try:
        for command in ("check", "build"):
            said = one_line(run_statusgen(command, cwd=tmp_path, before=PLAIN))
            assert said == "cannot read content/incidents/2025: Permission denied"
            said = one_line(run_statusgen(command, "--content", "locked", cwd=tmp_path, before=PLAIN))
            assert said == "cannot read locked: Permission denied"
        assert "Permission denied" in one_line(run_statusgen("init", "locked/x", cwd=tmp_path, before=PLAIN))
        closed.pop().chmod(0o755)
        said = one_line(run_statusgen("build", "--output", "locked/x", cwd=tmp_path, before=PLAIN))
        assert said == "cannot publish into locked/x: locked/x: Permission denied"
        unread = content / "pages/about.md"
        unread.chmod(0)
        result = run_statusgen("check", cwd=tmp_path, before=PLAIN)
        assert result.returncode == 1
        assert "content/pages/about.md: error[unreadable]: the file cannot be read: Permission denied" in result.stdout
    finally:
        for folder in closed:
            folder.chmod(0o755)


def test_options_that_do_not_exist(tmp_path: Path) -> None:
    wrong = (["bild"], ["build", "--outptu", "x"], ["check", "--format", "xml"], ["init"], ["import", "feed"], ["-x"])
    for arguments in wrong:
        result = run_statusgen(*arguments, cwd=tmp_path)
        assert (result.returncode, result.stdout) == (2, "")
        assert "Error: " in result.stderr


def test_a_bug_of_ours_is_a_traceback(tmp_path: Path) -> None:
    """A library that is broken stands for one; the message goes to stderr, and the code is 3."""
    (tmp_path / "broken").mkdir()
    (tmp_path / "broken/jinja2.py").write_text("raise RuntimeError('out of order')\n", "utf-8")
    result = run_python(
        "-c", f"import sys; sys.path.insert(0, {str(tmp_path / 'broken')!r})\n{RUN}",
        "build", "--content", SAMPLE, "--output", tmp_path / "o",
    )  # fmt: skip
    assert (result.returncode, result.stdout) == (3, "")
    assert result.stderr.startswith("Traceback (most recent call last):\n")
    assert "RuntimeError: out of order\nThis is a bug in statusgen: please report" in result.stderr
    assert not (tmp_path / "o").exists()


@pytest.mark.parametrize("step", [1, 8])
def test_interrupted(step: int, tmp_path: Path) -> None:
    """No traceback and nothing half-written; the next build completes."""
    build = ("build", "--content", SAMPLE, "--output", tmp_path / "o", "--at", "2026-11-20T12:00Z")
    result = run_python("-c", INTERRUPTED.format(step=step) + RUN, *build)
    assert (result.returncode, result.stdout, result.stderr.strip()) == (130, "", "")
    left = read_tree(tmp_path / "o")
    assert "index.html" not in left
    assert not any(name.endswith(".tmp") for name in left)
    assert run_statusgen(*build).returncode == 0
    assert run_statusgen(*build[:4], tmp_path / "whole", *build[5:]).returncode == 0
    assert read_tree(tmp_path / "o") == read_tree(tmp_path / "whole")


@pytest.fixture
def wrong(tmp_path: Path) -> Path:
    """The sample with one error whose message has a letter that few encodings have."""
    shutil.copytree(SAMPLE, tmp_path / "content")
    (tmp_path / "content/incidents/wrong.md").write_text(TYPO.replace("label-ap", "löbel-api→"), "utf-8")
    return tmp_path / "content"


def test_no_escape_codes_away_from_a_terminal(wrong: Path) -> None:
    for env in ({}, {"TERM": "xterm-256color", "COLORTERM": "truecolor"}, {"NO_COLOR": "1"}):
        result = run_statusgen("check", "--content", wrong, env=env)
        assert (result.returncode, result.stderr) == (1, "")
        assert "\x1b" not in result.stdout


def test_colours_on_a_terminal(wrong: Path) -> None:
    code, out, _ = on_terminal(RUN, "check", "--content", wrong)
    assert (code, "\x1b[31m" in out) == (1, True)
    assert out.splitlines()[-1] == "`statusgen explain unknown-component` says more."
    code, out, _ = on_terminal(RUN, "check", "--content", wrong, env={"NO_COLOR": "1"})
    assert (code, "\x1b" in out, "error[unknown-component]" in out) == (1, False, True)
    for env, coloured in ({}, True), ({"NO_COLOR": "1"}, False), ({"NO_COLOR": ""}, True):
        code, out, err = on_terminal(RUN, "check", "--content", wrong / "missing", env=env)
        assert (code, out, "\x1b[31m" in err, "error: there is no" in err) == (2, "", coloured, True)


def test_progress_where_it_takes_long_and_someone_looks(wrong: Path, tmp_path: Path) -> None:
    (wrong / "incidents/wrong.md").unlink()
    slow, quick = CLOCK.format(start=0, step=1) + RUN, CLOCK.format(start=0, step=0) + RUN
    build = ("build", "--content", wrong, "--output", tmp_path / "o")
    code, _, shown = on_terminal(slow, *build)
    assert (code, "reading" in shown, "rendering" in shown, "\x1b[" in shown) == (0, True, True, True)
    for quiet in (on_terminal(quick, *build), on_terminal(slow, *build, "--quiet")):
        assert (quiet[0], quiet[2]) == (0, "")
    away = run_python("-c", slow, *build)
    assert (away.returncode, away.stderr) == (0, "")


@pytest.mark.parametrize("encoding", ["ascii", "latin-1", "cp1252", "utf-8"])
def test_letters_that_the_terminal_lacks(encoding: str, wrong: Path) -> None:
    for form in ("text", "json", "github"):
        options = ("--content", wrong, "--format", form)
        result = run_statusgen(
            "check", *options, env={"PYTHONIOENCODING": encoding, "PYTHONUTF8": "0"}, errors="replace"
        )
        assert (result.returncode, result.stderr) == (1, "")
        assert "unknown-component" in result.stdout


@pytest.mark.parametrize("closing", [">&-", "2>&-", ">&- 2>&-", "<&-"])
def test_streams_that_are_closed(closing: str, wrong: Path) -> None:
    """The work is done, and the code is right."""
    command = f'exec "$0" -m statusgen check --content "$1" {closing}'
    environment = os.environ | {"PYTHONPATH": str(ROOT)}
    result = subprocess.run(
        ["sh", "-c", command, sys.executable, wrong], env=environment, capture_output=True, text=True, check=False
    )
    assert (result.returncode, result.stderr) == (1, "")


def test_a_reader_that_goes_away(wrong: Path) -> None:
    for number in range(200):
        (wrong / f"incidents/wrong-{number}.md").write_text(TYPO, "utf-8")
    reading, writing = os.pipe()
    os.close(reading)
    command = [sys.executable, "-m", "statusgen", "check", "--content", str(wrong)]
    environment = os.environ | {"PYTHONPATH": str(ROOT)}
    result = subprocess.run(command, stdout=writing, stderr=subprocess.PIPE, env=environment, text=True, check=False)
    os.close(writing)
    assert (result.returncode, result.stderr) == (1, "")


def test_a_full_disk_behind_the_output_is_one_line(wrong: Path) -> None:
    command = 'exec "$0" -m statusgen check --content "$1" > /dev/full'
    environment = os.environ | {"PYTHONPATH": str(ROOT)}
    result = subprocess.run(
        ["sh", "-c", command, sys.executable, wrong], env=environment, capture_output=True, text=True, check=False
    )
    assert (result.returncode, result.stderr) == (2, "error: No space left on device\n")
