"""What every importer makes of its source: entries, and what is known of the site."""

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

Kind = Literal["incident", "change", "notice", "page"]
# A name, and a state where one is told.
Component = tuple[str, str | None]


@dataclass(frozen=True, slots=True)
class Update:
    """`at` is an instant in UTC; `markdown` may be empty. `states` hold from then on."""

    status: str
    at: datetime
    markdown: str
    states: tuple[Component, ...] = ()


@dataclass(frozen=True, slots=True)
class Entry:
    """`updates` oldest first; an incident has at least one.

    `starts_at` and `ends_at` are the window of a change, and when a notice is published and expires; of an incident,
    `starts_at` is when it began, where that is not the first update. `slug_id` is its id and the last part of its
    address; if it is "", the name of its file is. `key` is what a later import knows it by, the `feed_id` if it is "";
    `old_keys` are what earlier versions knew it by. `path` is where a new file is to go, relative to the content
    folder; if it is "", a name is made of the title."""

    feed_id: str
    slug_id: str
    title: str
    kind: Kind
    updates: tuple[Update, ...] = ()
    components: tuple[Component, ...] = ()
    starts_at: datetime | None = None
    ends_at: datetime | None = None
    key: str = ""
    old_keys: tuple[str, ...] = ()
    path: str = ""
    body: str = ""
    aliases: tuple[str, ...] = ()
    impact: str = ""
    pinned: bool = False
    draft: bool = False


@dataclass(frozen=True, slots=True)
class Declared:
    """A component, or a group, as the source's settings have it. `group` is the name of its group, or "".

    `old_id`: what it is known by there; `aliases`: where its page was; `since`: its first day, as `2026-11-03`."""

    name: str
    description: str = ""
    group: str = ""
    old_id: str = ""
    aliases: tuple[str, ...] = ()
    since: str = ""


@dataclass(frozen=True, slots=True)
class SiteFacts:
    """`feeds_also`: the path of an old feed, the name of the component that it is about, "" for all, and the name of
    the new feed."""

    name: str = ""
    url: str = ""
    zone: str = "UTC"
    description: str = ""
    groups: tuple[Declared, ...] = ()
    components: tuple[Declared, ...] = ()
    links: tuple[tuple[str, str], ...] = ()
    feeds_also: tuple[tuple[str, str, str], ...] = ()
    page_id: str = ""


@dataclass(frozen=True, slots=True)
class Source:
    """What became of a file of the source: the keys of the entries made of it, and notes, a line each. `left_out` says
    why, where nothing was made of it; `as_what` what it was used for, where that is no entry."""

    path: str
    keys: tuple[str, ...] = ()
    left_out: str = ""
    as_what: str = ""
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Taken:
    """All that an importer took. `notes` are about no file of the source.

    `replaced`: keys of entries that another import may have made, of which others take the place. `newest_only`: the
    source forgets what is old. `warnings` are what a person has to look at first."""

    site: SiteFacts
    entries: tuple[Entry, ...]
    sources: tuple[Source, ...] = ()
    notes: tuple[str, ...] = ()
    replaced: frozenset[str] = frozenset()
    newest_only: bool = False
    warnings: tuple[str, ...] = ()
