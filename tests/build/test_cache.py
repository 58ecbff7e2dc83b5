"""Whatever becomes of the file that is kept from run to run costs time, never a build, and gives no other values."""

from __future__ import annotations

import random
import shutil
import sqlite3
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from statusgen.build.cache import FILE, Cache, Outcome
from statusgen.build.stamp import Stamp
from statusgen.parse.content import parse_file
from statusgen.parse.parsed import Reading
from statusgen.parse.times import Clock
from statusgen.problems import Problem

NOW = datetime(2026, 11, 3, 9, tzinfo=UTC)
TEXT = "---\ntitle: Errors\ncomponents:\n  api: major_outage\n---\n\n## investigating @ 2026-11-03 08:00\n\nWe look.\n"
PROBLEMS = (Problem("a.md", 3, "odd", "No."),)
SHOWN: dict[str, str | None] = {"incidents/a.md": "c0", "pages/c.md": None}
STAMP = Stamp("us", "c1", NOW, NOW + timedelta(hours=1), ("UTC", "m"), ("c",), True, True, (1, 2), PROBLEMS, SHOWN)
PATHS = ("incidents/a.md", "notices/b.md", "pages/c.md")


@pytest.fixture
def outcomes() -> dict[str, Outcome]:
    reading = Reading(Clock(ZoneInfo("Europe/Berlin")))
    return {path: parse_file(path, TEXT.encode(), reading) for path in PATHS}


def fill(folder: Path, outcomes: dict[str, Outcome]) -> None:
    with closing(Cache(folder)) as cache:
        for path, outcome in outcomes.items():
            cache.keep({cache.key_of(path): outcome})
        cache.keep_stamp(folder, STAMP)


def find(cache: Cache, folder: Path, outcomes: dict[str, Outcome]) -> int:
    """How much is known. It is as it was kept, or missing."""
    keys = {cache.key_of(path): path for path in outcomes}
    found = {keys[key]: outcome for key, outcome in cache.find(keys).items()}
    assert found == {path: outcomes[path] for path in found}
    stamp = cache.find_stamp(folder)
    assert stamp in (STAMP, None)
    return len(found) + (stamp is not None)


def check_damaged(folder: Path, outcomes: dict[str, Outcome]) -> int:
    """How much is known of it still. It can be written to as well, if it can be used at all."""
    with closing(Cache(folder)) as cache:
        known = find(cache, folder, outcomes)
        cache.keep({cache.key_of(path): outcome for path, outcome in outcomes.items()})
        cache.keep_stamp(folder, STAMP)
        find(cache, folder, outcomes)
    return known


@pytest.mark.parametrize("share", range(2))
def test_a_byte_that_is_another_one(share: int, tmp_path: Path, outcomes: dict[str, Outcome], long: bool) -> None:
    fill(tmp_path / "whole", outcomes)
    data = (tmp_path / "whole" / FILE).read_bytes()
    assert len(data) < 100_000
    dice = random.Random(share)
    # Pages have much room that nothing is in.
    places = [number for number, byte in enumerate(data) if byte]
    folder = tmp_path / "damaged"
    known = []
    for place in places[share::2] if long else dice.sample(places, 200):
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir(mode=0o700)
        damaged = bytearray(data)
        damaged[place] ^= dice.choice((1, 0x80, 0xFF, dice.randrange(1, 256)))
        (folder / FILE).write_bytes(damaged)
        known.append(check_damaged(folder, outcomes))
    assert len(set(known)) > 1


def test_a_file_that_ends_early(tmp_path: Path, outcomes: dict[str, Outcome], long: bool) -> None:
    fill(tmp_path / "whole", outcomes)
    data = (tmp_path / "whole" / FILE).read_bytes()
    folder = tmp_path / "damaged"
    for length in range(0, len(data), 64 if long else 997):
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir(mode=0o700)
        (folder / FILE).write_bytes(data[:length])
        check_damaged(folder, outcomes)


def test_each_byte_of_a_chunk(tmp_path: Path, outcomes: dict[str, Outcome]) -> None:
    """Where only the sum can tell: a pickle takes most of them for other values."""
    fill(tmp_path, outcomes)
    with closing(sqlite3.connect(tmp_path / FILE)) as database:
        ((chunk, value),) = database.execute("SELECT id, value FROM chunks LIMIT 1").fetchall()
    with closing(Cache(tmp_path)) as cache, closing(sqlite3.connect(tmp_path / FILE)) as database:
        database.execute("PRAGMA synchronous=OFF")
        everything = find(cache, tmp_path, outcomes)
        assert everything == len(PATHS) + 1
        for place in range(len(value)):
            for damaged in (value[:place] + bytes([value[place] ^ 0xFF]) + value[place + 1 :], value[:place]):
                with database:
                    database.execute("UPDATE chunks SET value = ? WHERE id = ?", (damaged, chunk))
                assert find(cache, tmp_path, outcomes) == everything - 1


@pytest.mark.parametrize("value", [None, 7, 1.5, "text", b"", b"x" * 40])
def test_values_of_another_kind(tmp_path: Path, outcomes: dict[str, Outcome], value: object) -> None:
    """Such as an older version has left."""
    fill(tmp_path, outcomes)
    with closing(sqlite3.connect(tmp_path / FILE)) as database, database:
        database.execute("UPDATE chunks SET value = ?", (value,))
        database.execute("UPDATE stamps SET stamp = ?", (value,))
    assert check_damaged(tmp_path, outcomes) == 0
    assert check_damaged(tmp_path, outcomes) == len(PATHS) + 1


def test_a_damaged_page_inside_is_made_anew(tmp_path: Path, outcomes: dict[str, Outcome]) -> None:
    fill(tmp_path, outcomes)
    with closing(sqlite3.connect(tmp_path / FILE)) as database:
        ((size,),) = database.execute("PRAGMA page_size").fetchall()
        ((page,),) = database.execute("SELECT rootpage FROM sqlite_schema WHERE name = 'outcomes'").fetchall()
    with (tmp_path / FILE).open("r+b") as file:
        file.seek((page - 1) * size)
        file.write(b"\xff" * size)
    assert check_damaged(tmp_path, outcomes) <= 1
    assert check_damaged(tmp_path, outcomes) == len(PATHS) + 1
