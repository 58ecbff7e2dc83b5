"""What git tells of the content of a repository, read in this process."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import closing, contextmanager
from datetime import datetime, timedelta
from pathlib import Path

from watching import START, Clock, Repo

from statusgen.build.cache import Cache
from statusgen.build.reader import Reader
from statusgen.build.standing import StandingReader
from statusgen.build.trails import Trails
from statusgen.history.snapshot import Snapshot, take_snapshot
from statusgen.model.audit import Audit
from statusgen.model.site import Content
from statusgen.render.record import describe_correction
from statusgen.source.commits import Commits
from statusgen.source.git import open_repository

NOW = START + timedelta(days=20)
SITE = "name: Acme\nurl: https://status.example/\ncomponents: {api: API, web: Website}\n"


def start_repo(folder: Path, clock: Clock, files: Mapping[str, str]) -> Repo:
    """With what is committed at once; an hour later."""
    repo = Repo(folder, clock=clock)
    repo.commit({"site.yaml": SITE, **files})
    clock.move(hours=1)
    return repo


@contextmanager
def following(repo: Repo) -> Iterator[StandingReader]:
    """Reads commit after commit."""
    with closing(Commits(open_repository(repo.top, f"{repo.folder.name}/"))) as commits:
        reader = Reader(Cache(None))
        yield StandingReader(commits, reader, Trails(Cache(None), reader))


def read_content(repo: Repo, now: datetime = NOW) -> Content:
    with following(repo) as reader:
        return reader.read(repo.head, now).content


def read_audit(repo: Repo, now: datetime = NOW) -> Audit:
    audit = read_content(repo, now).audit
    assert audit
    return audit


def words_of(content: Content) -> list[tuple[str, str]]:
    """(hour after START, what) of each correction."""
    assert content.audit
    return [
        (f"{(c.commit.authored_at - START) / timedelta(hours=1):g}", "; ".join(describe_correction(c, content.site)))
        for c in content.audit.corrections
    ]


def minutes_of(snapshot: Snapshot) -> dict[str, list[float]]:
    """Minutes lost more, by component, in the order of the corrections."""
    assert snapshot.content.audit
    order = [c.key for c in snapshot.content.audit.corrections]
    found: dict[str, dict[int, float]] = {}
    for (component, _), month in snapshot.shifts.months.items():
        for shift in month.shifts:
            own, number = found.setdefault(component, {}), order.index(shift.correction.key)
            own[number] = own.get(number, 0) + float(shift.seconds / 60)
    return {component: [own[number] for number in sorted(own)] for component, own in sorted(found.items())}


def take(repo: Repo, now: datetime = NOW) -> tuple[Content, Snapshot]:
    content = read_content(repo, now)
    return content, take_snapshot(content, now)
