"""What was made of a file's text, kept on disk: a new process or a CI run does not parse again what it knows."""

from __future__ import annotations

import hashlib
import io
import os
import pickle
import sqlite3
import sys
import zoneinfo
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from functools import cache
from importlib.metadata import version
from pathlib import Path
from stat import S_IMODE
from typing import Any, ClassVar

from statusgen import __version__
from statusgen.build.stamp import Stamp, parse_stamp, render_stamp
from statusgen.build.workers import WORTH, work_aside
from statusgen.parse.parsed import Parsed
from statusgen.parse.parsed_translation import ParsedTranslation
from statusgen.problems import Problem

Outcome = tuple[Parsed | ParsedTranslation | None, list[Problem]]
# Only values are read back: nothing that a pickle could otherwise make a program do.
PLAIN = {"builtins": {"frozenset", "set"}, "datetime": {"datetime", "date", "timedelta", "timezone"}}
OURS = ("statusgen.model.", "statusgen.parse.parsed", "statusgen.problems")
PACKAGE = Path(__file__).parent.parent
AT_ONCE = 500
# Bytes: several times what a large site needs. The oldest go first.
MOST = 256_000_000
FILE = "outcomes.sqlite"
SUM = hashlib.sha256().digest_size
# Of a damaged file. What cannot be decoded is what SQLite says about it, which may have its bytes in it.
DAMAGE = (sqlite3.Error, MemoryError, UnicodeDecodeError)


class Cache:
    """Outcomes by keys of `key_of`. What is wrong with the file on disk costs time, never a build."""

    def __init__(self, folder: Path | None) -> None:
        self._folder = folder
        self._database = _open(folder) if folder else None
        self._settle: Callable[[], None] = _nothing
        self._salted = hashlib.sha256(_salt() if folder else b"")

    def key_of(self, *parts: str) -> bytes:
        key = self._salted.copy()
        key.update("\0".join(parts).encode("utf-8", "surrogateescape"))
        return key.digest()

    def find(self, keys: Iterable[bytes]) -> dict[bytes, Outcome]:
        """Those that are known. They lie together in the chunks in which they came, which are read whole."""
        found: dict[bytes, Outcome] = {}
        wanted = list(keys)
        # Of what is whole but of another version, reading can raise anything.
        with suppress(Exception):
            asked = set(wanted)
            for value in self._read_chunks(wanted):
                if data := _unseal(value):
                    outcomes = _Reader(io.BytesIO(data)).load()
                    found.update((key, outcomes[key]) for key in asked & outcomes.keys())
        return found

    def _read_chunks(self, keys: Sequence[bytes]) -> Iterator[object]:
        try:
            if self._database:
                chunks: set[int] = set()
                for start in range(0, len(keys), AT_ONCE):
                    some = keys[start : start + AT_ONCE]
                    marks = ",".join("?" * len(some))
                    query = f"SELECT chunk FROM outcomes WHERE key IN ({marks})"  # noqa: S608
                    chunks.update(chunk for (chunk,) in self._database.execute(query, some))
                for chunk in chunks:
                    for (value,) in self._database.execute("SELECT value FROM chunks WHERE id = ?", (chunk,)):
                        yield value
        except sqlite3.OperationalError:
            # Such as another process that is at it for long.
            return
        except DAMAGE:
            self._begin_anew()

    def _begin_anew(self) -> None:
        """Else a file that is damaged where it was not looked at when it was opened would never be of use again."""
        if self._database and self._folder:
            self._database.close()
            _delete(self._folder / FILE)
            self._database = _open(self._folder)

    def keep(self, outcomes: Mapping[bytes, Outcome]) -> None:
        """Many are written aside, while the build goes on."""
        if not self._database or not self._folder or not outcomes:
            return
        self.settle()
        if len(outcomes) < WORTH:
            _write(self._database, outcomes)
        else:
            # A connection is not to be taken into another process.
            folder = self._folder
            self._settle = work_aside(lambda: _write(_open(folder), outcomes))

    def find_stamp(self, output: Path) -> Stamp | None:
        """What is remembered of an output folder."""
        with suppress(*DAMAGE, ValueError, TypeError, KeyError):
            if self._database:
                rows = self._database.execute("SELECT stamp FROM stamps WHERE folder = ?", (str(output.resolve()),))
                return next((parse_stamp(data.decode()) for (value,) in rows if (data := _unseal(value))), None)
        return None

    def keep_stamp(self, output: Path, stamp: Stamp) -> None:
        with suppress(*DAMAGE):
            if self._database:
                with self._database:
                    row = (str(output.resolve()), _seal(render_stamp(stamp).encode()))
                    self._database.execute("INSERT OR REPLACE INTO stamps VALUES (?, ?)", row)

    def settle(self) -> None:
        """Waits for what is written aside."""
        self._settle()
        self._settle = _nothing

    def close(self) -> None:
        self.settle()
        if self._database:
            self._database.close()


def _nothing() -> None:
    pass


def _seal(data: bytes) -> bytes:
    """With its sum before it: of damaged bytes a pickle makes other values, or uses up the memory."""
    return hashlib.sha256(data).digest() + data


def _unseal(value: object) -> bytes | None:
    """What was sealed; None for anything else."""
    if not isinstance(value, bytes):
        return None
    data = value[SUM:]
    return data if hashlib.sha256(data).digest() == value[:SUM] else None


def _write(database: sqlite3.Connection | None, outcomes: Mapping[bytes, Outcome]) -> None:
    keys = list(outcomes)
    with suppress(*DAMAGE):
        if database:
            with database:
                for start in range(0, len(keys), AT_ONCE):
                    some = keys[start : start + AT_ONCE]
                    value = _seal(pickle.dumps({key: outcomes[key] for key in some}, 5))
                    chunk = database.execute("INSERT INTO chunks (value) VALUES (?)", (value,)).lastrowid
                    rows = ((key, chunk) for key in some)
                    database.executemany("INSERT OR REPLACE INTO outcomes VALUES (?, ?)", rows)
                _forget_oldest(database)


def _forget_oldest(database: sqlite3.Connection) -> None:
    room = MOST
    for chunk, size in database.execute("SELECT id, ifnull(length(value), 0) FROM chunks ORDER BY id DESC").fetchall():
        room -= size
        if room < 0:
            database.execute("DELETE FROM chunks WHERE id <= ?", (chunk,))
            database.execute("DELETE FROM outcomes WHERE chunk <= ?", (chunk,))
            return


def default_folder() -> Path:
    """By the XDG base directory rules."""
    base = Path(os.environ.get("XDG_CACHE_HOME", ""))
    return (base if base.is_absolute() else Path.home() / ".cache") / "statusgen"


@cache
def zone_mark(name: str) -> str:
    """What changes with the rules of a time zone: instants that were read under the old ones may be wrong."""
    # Looked up once, as a running process goes on with the rules that it has loaded.
    for folder in zoneinfo.TZPATH:
        with suppress(OSError):
            return hashlib.sha256((Path(folder) / name).read_bytes()).hexdigest()
    return version("tzdata")


class _Reader(pickle.Unpickler):
    known: ClassVar[dict[tuple[str, str], type]] = {}

    def find_class(self, module: str, name: str) -> Any:
        found = self.known.get((module, name))
        if found is None and (name in PLAIN.get(module, ()) or (module.startswith(OURS) and "." not in name)):
            found = super().find_class(module, name)
        if not isinstance(found, type):
            raise pickle.UnpicklingError(f"{module}.{name} is not a value")
        self.known[module, name] = found
        return found


def _open(folder: Path) -> sqlite3.Connection | None:
    """None where the folder cannot be used, or could have been written by somebody else."""
    path = folder / FILE
    for _ in range(2):
        try:
            folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            about = folder.stat()
            if hasattr(os, "geteuid") and (about.st_uid != os.geteuid() or S_IMODE(about.st_mode) & 0o022):
                return None
            database = sqlite3.connect(path, timeout=2)
            database.execute("PRAGMA journal_mode=WAL")
            database.execute("PRAGMA synchronous=NORMAL")
            database.execute("CREATE TABLE IF NOT EXISTS chunks (id INTEGER PRIMARY KEY, value BLOB)")
            database.execute("CREATE TABLE IF NOT EXISTS outcomes (key BLOB PRIMARY KEY, chunk INTEGER) WITHOUT ROWID")
            database.execute("CREATE TABLE IF NOT EXISTS stamps (folder TEXT PRIMARY KEY, stamp TEXT)")
            database.execute("SELECT max(id) FROM chunks")
        except sqlite3.OperationalError:
            return None
        except DAMAGE:
            # Damaged: what it held can be made again.
            _delete(path)
        except OSError:
            return None
        else:
            return database
    return None


def _delete(path: Path) -> None:
    with suppress(OSError):
        path.unlink()


def _salt() -> bytes:
    """Of the code that parses, and of what it runs on: another version may make another thing of the same text."""
    rooms = (PACKAGE / "model", PACKAGE / "parse", PACKAGE / "problems.py")
    files = sorted(path for room in rooms for path in ([room] if room.suffix else room.glob("*.py")))
    # Not their times: every installation has others.
    marks = [f"{path.name} {hashlib.sha256(path.read_bytes()).hexdigest()}" for path in files]
    return "\0".join((__version__, sys.version, version("pyyaml"), version("python-dateutil"), *marks)).encode()
