"""What lies in an output folder, remembered from run to run, so that a new process need not make it again to know."""

from __future__ import annotations

import hashlib
import json
import sys
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass
from datetime import datetime
from importlib.metadata import version
from pathlib import Path

from statusgen import __version__
from statusgen.problems import Problem

PACKAGE = Path(__file__).parent.parent
LIBRARIES = ("babel", "icalendar", "jinja2", "markdown", "markupsafe", "nh3", "python-dateutil", "pyyaml")


@dataclass(frozen=True, slots=True)
class Stamp:
    """`commit` as of `at`, published by the code of `maker`. `mark` is that of the output folder.

    `zone` is the site's time zone, with the mark of the rules that it had, and `shallow` the commits whose parents were
    missing: other rules make other times of the same text, and so may more of its history.

    `rests`: it stays as it is before `until`. `plain`: with its own theme. `problems` are to be told again.
    `shown`: what is shown instead of files with errors, as a watcher's report has it."""

    maker: str
    commit: str
    at: datetime
    until: datetime
    zone: tuple[str, str]
    shallow: tuple[str, ...]
    rests: bool
    plain: bool
    mark: tuple[int, ...]
    problems: tuple[Problem, ...]
    shown: Mapping[str, str | None]

    def holds(self, commit: str, now: datetime) -> bool:
        """Whether publishing this commit now would change nothing."""
        return commit == self.commit and self.rests and self.at <= now < self.until


def render_stamp(stamp: Stamp) -> str:
    return json.dumps(asdict(stamp) | {"at": stamp.at.isoformat(), "until": stamp.until.isoformat()})


def parse_stamp(text: str) -> Stamp:
    """Raises ValueError, TypeError or KeyError for what is none."""
    data = json.loads(text)
    times = {name: datetime.fromisoformat(data[name]) for name in ("at", "until")}
    problems = tuple(Problem(**problem) for problem in data["problems"])
    tuples = {name: tuple(data[name]) for name in ("zone", "shallow", "mark")}
    return Stamp(**(data | times | tuples | {"problems": problems}))


def maker_of(*choices: str) -> str:
    """What makes a site of a commit: the code, what it stands on, its themes, and choices such as a theme."""
    files = (path for folder in (PACKAGE, PACKAGE.parent / "themes") for path in _files_of(folder))
    marks = [f"{path} {about.st_size} {about.st_mtime_ns}" for path in files for about in [path.stat()]]
    libraries = [version(name) for name in LIBRARIES]
    return hashlib.sha256("\0".join((__version__, sys.version, *libraries, *marks, *choices)).encode()).hexdigest()


def _files_of(folder: Path) -> Iterator[Path]:
    return (path for path in sorted(folder.rglob("*")) if path.suffix not in (".pyc", "") and path.is_file())
