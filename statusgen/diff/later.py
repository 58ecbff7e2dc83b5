"""What customers do not see yet: dated ahead, it appears by itself."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from statusgen.history.seen import Seen
from statusgen.history.visible import visible_from
from statusgen.model.entries import Change, Incident, Notice
from statusgen.model.site import Content


@dataclass(frozen=True, slots=True)
class Ahead:
    """An entry that appears `at` a time to come."""

    kind: str
    id: str
    path: str
    title: str
    at: datetime


@dataclass(frozen=True, slots=True)
class LaterDiff:
    """An entry that appears at another time than before; None: then it does not, or is there already."""

    kind: str
    id: str
    path: str
    title: str
    before: datetime | None
    after: datetime | None


Aheads = Mapping[tuple[str, str], Ahead]


def find_ahead(content: Content, seen: Seen) -> Aheads:
    """Of all `content`, by kind and id, what is not in what is `seen` of it."""
    notices = [notice for notice in content.notices if notice.publish_at > seen.now]
    incidents = [one for one in content.incidents if one.id in seen.all_incidents.hidden]
    changes = [one for one in content.changes if one.id in seen.all_changes.hidden]
    found = [_make("notice", notice, notice.publish_at) for notice in notices]
    found += [_make("incident", one, at) for one in incidents if (at := visible_from(one))]
    found += [_make("change", one, at) for one in changes if (at := visible_from(one))]
    return {(ahead.kind, ahead.id): ahead for ahead in found}


def compare_ahead(old: Aheads, new: Aheads) -> tuple[LaterDiff, ...]:
    found = []
    for key in dict.fromkeys((*new, *old)):
        before, after = old.get(key), new.get(key)
        times = before.at if before else None, after.at if after else None
        one = after or before
        if one and times[0] != times[1]:
            found.append(LaterDiff(one.kind, one.id, one.path, one.title, *times))
    return tuple(found)


def _make(kind: str, entry: Incident | Change | Notice, at: datetime) -> Ahead:
    return Ahead(kind, entry.id, entry.path, entry.title, at)
