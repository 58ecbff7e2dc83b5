"""How two sides differ, for customers."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import datetime

from statusgen.diff.entries import TYPES, EntryDiff, compare_entries
from statusgen.diff.figures import UptimeDiff, compare_uptime
from statusgen.diff.later import LaterDiff, compare_ahead
from statusgen.diff.news import News, compare_feeds
from statusgen.diff.side import Seen, Side
from statusgen.diff.translations import WordsDiff, compare_words
from statusgen.history.status import PageStatus
from statusgen.model.site import Site
from statusgen.model.states import State
from statusgen.problems import Problem
from statusgen.render.addresses import FOLDERS


@dataclass(frozen=True, slots=True)
class Flip:
    """A component with another state; None: it is not on the page."""

    id: str
    name: str
    before: State | None
    after: State | None


@dataclass(frozen=True, slots=True)
class Address:
    """A page by its address below the site's, with its title."""

    path: str
    title: str


@dataclass(frozen=True, slots=True)
class Diff:
    """As of `now`, with the addresses of both sites. `banner` and `status` are (before, after), None where they stay.

    `words` are those of translations, `vanished` and `added` are pages. `introduced` and `mended` are problems of one
    side alone, wherever in their file.
    `ignored` are paths that git would not take into a commit, so they are not compared.
    `stand_ins` are the paths of files that have errors now: each is shown as of a commit or, with None, not at all."""

    now: datetime
    base: Seen
    head: Seen
    banner: tuple[PageStatus | None, PageStatus | None] | None
    status: tuple[PageStatus | None, PageStatus | None] | None
    components: tuple[Flip, ...]
    entries: tuple[EntryDiff, ...]
    words: tuple[WordsDiff, ...]
    later: tuple[LaterDiff, ...]
    news: News
    uptime: tuple[UptimeDiff, ...]
    vanished: tuple[Address, ...]
    added: tuple[Address, ...]
    introduced: tuple[Problem, ...]
    mended: tuple[Problem, ...]
    stand_ins: tuple[tuple[str, str | None], ...]
    ignored: tuple[str, ...]

    @property
    def is_empty(self) -> bool:
        differs = (self.banner, self.status, self.components, self.entries, self.later, self.news.all, self.uptime)
        return not any((*differs, self.words, self.vanished, self.added, self.introduced, self.mended, self.stand_ins))

    @property
    def errors(self) -> int:
        """In the head: with any, `build` publishes nothing, and what is compared is what `watch` shows."""
        return sum(problem.severity == "error" for problem in self.head.problems)

    @property
    def site(self) -> Site | None:
        """That of the head, else of the base."""
        side = self.head.side or self.base.side
        return side.snapshot.content.site if side else None

    def address_of(self, entry: EntryDiff) -> str:
        """Whole; of what is gone, the one that it had."""
        return f"{self.site.url if self.site else ''}{FOLDERS[TYPES[entry.kind]]}/{entry.id}/"


def plan_diff(base: Seen, head: Seen, now: datetime, ignored: tuple[str, ...] = ()) -> Diff:
    """Where nothing is shown of one, all of the other is new, or gone."""
    old, new = base.side, head.side
    known = base.shown or {}
    return Diff(
        now=now,
        base=base,
        head=head,
        banner=_differing(old.banner if old else None, new.banner if new else None),
        status=_differing(old.snapshot.status if old else None, new.snapshot.status if new else None),
        components=tuple(_flips(old, new)),
        entries=compare_entries(old, new),
        words=tuple(compare_words(old, new)),
        later=compare_ahead(old.ahead if old else {}, new.ahead if new else {}),
        news=compare_feeds(old, new),
        uptime=tuple(compare_uptime(old, new)),
        vanished=_pages_without(old, new),
        added=_pages_without(new, old),
        introduced=_problems_without(head.problems, base.problems),
        mended=_problems_without(base.problems, head.problems),
        stand_ins=tuple((path, commit) for path, commit in (head.shown or {}).items() if path not in known),
        ignored=ignored,
    )


def _differing(
    before: PageStatus | None, after: PageStatus | None
) -> tuple[PageStatus | None, PageStatus | None] | None:
    return (before, after) if before != after else None


def _flips(old: Side | None, new: Side | None) -> Iterator[Flip]:
    before, after = (side.snapshot.components if side else {} for side in (old, new))
    for name in dict.fromkeys((*after, *before)):
        was, now = before.get(name), after.get(name)
        states = was.state if was else None, now.state if now else None
        if states[0] is not states[1]:
            yield Flip(name, next(one.component.name for one in (now, was) if one), *states)


def _pages_without(side: Side | None, other: Side | None) -> tuple[Address, ...]:
    there = other.pages if other else {}
    pages = side.pages if side else {}
    return tuple(Address(path, title) for path, title in sorted(pages.items()) if path not in there)


def _problems_without(problems: Iterable[Problem], others: Iterable[Problem]) -> tuple[Problem, ...]:
    """An edit above a problem moves it to another line."""
    known = Counter(replace(problem, line=0) for problem in others)
    found = []
    for problem in problems:
        key = replace(problem, line=0)
        if known[key]:
            known[key] -= 1
        else:
            found.append(problem)
    return tuple(sorted(found, key=lambda problem: problem.severity != "error"))
