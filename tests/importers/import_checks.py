"""What holds of every import, whatever it is made of."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

from statusgen.build.cache import Cache
from statusgen.build.reader import Reader
from statusgen.importers.entries import Taken
from statusgen.importers.takeover import take_over
from statusgen.problems import has_errors
from statusgen.source.folder import read_source

NOW = datetime(2026, 11, 20, 12, tzinfo=UTC)


def check(source: Path, take: Taken) -> None:
    """Every file of the source is told of, what is written has no error, and a second time changes nothing."""
    files = {path.relative_to(source).as_posix() for path in source.rglob("*") if path.is_file()}
    assert sorted(one.path for one in take.sources) == sorted(files)
    for one in take.sources:
        assert one.keys or one.left_out or one.as_what
    into = source / ".new"
    report = take_over(take, into)
    assert report.written == len(take.entries) + 1
    read = Reader(Cache(None)).read(read_source(into), NOW, present=False)
    assert not has_errors(read.problems), "\n".join(map(str, read.problems))
    again = take_over(take, into)
    assert (again.written, again.unchanged) == (0, report.written)
