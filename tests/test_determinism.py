"""page = f(content, theme, now): where, when and on what machine it is built changes no byte."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from command import SAMPLE, read_times, read_tree, run_python, run_statusgen

AT = "2026-11-20T14:05Z"
# Runs the command in the given number of days.
LATER = """
import datetime, sys, time
days, sys.argv[1:] = int(sys.argv[1]), sys.argv[2:]
moved = datetime.timedelta(days=days)
class Moved(datetime.datetime):
    @classmethod
    def now(cls, tz=None):
        return super().now(tz) + moved
    @classmethod
    def today(cls):
        return super().today() + moved
class MovedDate(datetime.date):
    @classmethod
    def today(cls):
        return super().today() + moved
real_time = time.time
time.time = lambda: real_time() + moved.total_seconds()
datetime.datetime, datetime.date = Moved, MovedDate
from statusgen.cli.main import run
run()
"""


def build(content: Path, output: Path, at: str = AT) -> str:
    """What the command said."""
    result = run_statusgen("build", "--content", content, "--output", output, "--at", at)
    assert (result.returncode, result.stderr) == (0, "")
    return result.stdout


def copy_backwards(source: Path, target: Path) -> None:
    """The same files, made in the opposite order and at other times."""
    for path in sorted((path for path in source.rglob("*") if path.is_file()), reverse=True):
        copy = target / path.relative_to(source)
        copy.parent.mkdir(parents=True, exist_ok=True)
        copy.write_bytes(path.read_bytes())


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    output = tmp_path_factory.mktemp("site") / "output"
    build(SAMPLE, output)
    tree = read_tree(output)
    assert len(tree) > 100
    return tree


@pytest.mark.parametrize(
    "environment",
    [
        *({"TZ": "Asia/Tokyo"}, {"TZ": "America/St_Johns"}, {"LC_ALL": "C"}, {"LC_ALL": "C.UTF-8"}),
        *({"PYTHONHASHSEED": "1"}, {"PYTHONHASHSEED": "4242"}, {"PYTHONUTF8": "0", "LC_ALL": "POSIX"}),
        *({"HOME": "/nonexistent", "LANG": "tr_TR.UTF-8", "LANGUAGE": "de"}, {"PYTHONOPTIMIZE": "2"}),
    ],
    ids=lambda environment: " ".join(f"{name}={value}" for name, value in environment.items()),
)
def test_another_machine(site: dict[str, bytes], environment: dict[str, str], tmp_path: Path) -> None:
    options = ("--content", SAMPLE, "--output", tmp_path / "o", "--at", AT)
    assert run_statusgen("build", *options, env=environment).returncode == 0
    assert read_tree(tmp_path / "o") == site


def test_another_folder_order_and_umask(site: dict[str, bytes], tmp_path: Path) -> None:
    place = tmp_path / "a b" / "ü"
    copy_backwards(SAMPLE, place / "content")
    result = run_statusgen("build", "--at", "2026-11-20T23:05+09:00", cwd=place, umask=0o077)
    assert result.returncode == 0
    assert read_tree(place / "output") == site
    assert (place / "output" / "index.html").stat().st_mode & 0o777 == 0o600


def test_another_day(site: dict[str, bytes], tmp_path: Path) -> None:
    options = ("build", "--content", SAMPLE, "--output")
    assert run_python("-c", LATER, "1700", *options, tmp_path / "o", "--at", AT).returncode == 0
    assert read_tree(tmp_path / "o") == site
    # Without --at the moved clock counts, so it would have been seen.
    for days in ("0", "1700"):
        assert run_python("-c", LATER, days, *options, tmp_path / days).returncode == 0
    assert read_tree(tmp_path / "0")["index.html"] != read_tree(tmp_path / "1700")["index.html"]


def test_again_touches_nothing(tmp_path: Path) -> None:
    said = build(SAMPLE, tmp_path / "o")
    before = read_times(tmp_path)
    assert " 0 deleted" in said
    assert " 0 written, 0 deleted." in build(SAMPLE, tmp_path / "o")
    assert read_times(tmp_path) == before


def test_by_steps_or_at_once(site: dict[str, bytes], tmp_path: Path) -> None:
    """What was published before leaves no trace: pages that are gone go, and come back as they were."""
    content, output = tmp_path / "content", tmp_path / "o"
    shutil.copytree(SAMPLE, content)
    build(content, output, "2026-10-01T00:00Z")
    incident = content / "incidents/2025/umlauts-on-labels.md"
    kept = incident.read_bytes()
    build(content, output)
    assert read_tree(output) == site
    incident.unlink()
    # Its page, and what the API tells of it.
    assert " 2 deleted." in build(content, output)
    pages = read_tree(output)
    assert "incidents/umlauts-on-labels/index.html" not in pages
    assert "incidents/umlauts-on-labels/" not in pages
    assert not any(b"umlauts-on-labels" in data for data in pages.values())
    incident.write_bytes(kept)
    build(content, output)
    assert read_tree(output) == site
