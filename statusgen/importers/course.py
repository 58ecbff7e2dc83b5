"""Parts of a text -> dated updates between a begin and an end. What the front matter says of both is what holds."""

import re
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from statusgen.importers.entries import Update
from statusgen.importers.text import write_time

_RANKS = {"scheduled": 0, "investigating": 1, "identified": 2, "in_progress": 2, "monitoring": 3, "resolved": 4}
_OVER = re.compile(r"\b(?:resolved|fixed|solved|completed|over|back|recovered|restored|operational)\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Part:
    """`status` is None where no `label` says one, and "" where it says that there is news. `written` is the time as it
    stands there, "" if none does."""

    label: str
    status: str | None
    written: str
    at: datetime | None
    text: str


def order_parts(parts: list[Part], notes: list[str]) -> list[Part]:
    """Oldest first, as far as times, statuses and the place of the first post tell."""
    if len(parts) < 2:
        return parts
    times = [part.at for part in parts if part.at]
    ranks = [_RANKS[part.status] for part in parts if part.status in _RANKS]
    if len(times) > 1 and times[0] != times[-1]:
        newest_first = times[0] > times[-1]
    elif len(ranks) > 1 and ranks[0] != ranks[-1]:
        newest_first = ranks[0] > ranks[-1]
    elif (parts[0].status is None) != (parts[-1].status is None):
        newest_first = parts[-1].status is None
    else:
        newest_first = not _OVER.search(parts[-1].text) or bool(_OVER.search(parts[0].text))
        notes.append(f"guessed: the {'newest' if newest_first else 'oldest'} text is at the top")
    return parts[::-1] if newest_first else parts


def date_parts(parts: list[Part], start: datetime, end: datetime | None, notes: list[str]) -> list[Part]:
    """The parts with times, oldest first.

    What is dated before the `start` is moved there and says so. What has no time lies between those beside it."""
    moved = [_within(part, start, notes) for part in parts]
    dated: list[Part] = []
    guesses, before = 0, start
    later = _times_after(moved, end)
    for number, part in enumerate(moved):
        if part.at:
            before = max(before, part.at)
        elif number == len(moved) - 1 > 0:
            part = replace(part, at=max(end or before, before))
        elif number:
            after, rest = later[number]
            step = (max(before, after or before) - before) / (rest + 1)
            before += timedelta(minutes=step // timedelta(minutes=1))
            part, guesses = replace(part, at=before), guesses + 1
        else:
            part = replace(part, at=start)
        dated.append(part)
    if guesses:
        notes.append(f"guessed: the times of {guesses} updates that have none lie between those beside them")
    return sorted(dated, key=lambda part: part.at or start)


def _within(part: Part, start: datetime, notes: list[str]) -> Part:
    if part.written and not part.at:
        notes.append(f"guessed: `{part.written}` is no time")
        return replace(part, text=f"{part.text}\n\n({part.written})".strip())
    if part.at and part.at < start:
        notes.append(f"an update is dated {write_time(part.at)}, before the begin: moved there, its date is told")
        return replace(part, at=start, text=f"{part.text}\n\n({write_time(part.at)})".strip())
    return part


def _times_after(parts: list[Part], end: datetime | None) -> list[tuple[datetime | None, int]]:
    """For each part the time that is next known, and how many parts without one there are up to it, itself included.

    The last part is at the `end` where it has no time."""
    found: list[tuple[datetime | None, int]] = []
    after, rest = end, 0
    for number, part in reversed(list(enumerate(parts))):
        if part.at:
            after, rest = part.at, 0
        elif number < len(parts) - 1:
            rest += 1
        found.append((after, rest))
    return found[::-1]


def make_incident_updates(
    dated: list[Part], start: datetime, end: datetime | None, notes: list[str]
) -> tuple[Update, ...]:
    """`end` is None while it goes on. The end is that of the front matter, so nothing before it says `resolved`."""
    updates = []
    status = "investigating"
    for part in dated:
        at = part.at or start
        if part.status and part.status != "resolved":
            status = part.status if part.status in ("investigating", "identified", "monitoring") else status
        if end and at >= end:
            if part.status and part.status != "resolved" and at > end:
                notes.append(f"an update of {write_time(at)} says `{part.status}`, but all was over by then")
            updates.append(Update("resolved", at, _with_label(part, "resolved")))
            continue
        if part.status == "resolved":
            when = f"at {write_time(end)}" if end else "not yet"
            notes.append(f"an update of {write_time(at)} says it is over, the front matter {when}: this holds")
            status = "monitoring"
        updates.append(Update(status, at, _with_label(part, status)))
    if end and not any(update.at == end for update in updates):
        updates.append(Update("resolved", end, ""))
    return tuple(sorted(updates, key=lambda update: update.at))


def make_change_updates(dated: list[Part], start: datetime, end: datetime) -> tuple[Update, ...]:
    """The clock moves a change; of what is told the time says what it is."""
    found = []
    for part in dated:
        at = part.at or start
        status = "scheduled" if at < start else "in_progress" if at < end else "completed"
        status = "cancelled" if part.status == "cancelled" else status
        found.append(Update(status, at, _with_label(part, status)))
    return tuple(found)


def _with_label(part: Part, status: str) -> str:
    """The label is told where the status of the update says something else."""
    label = " ".join(part.label.split())
    same = {status.replace("_", " "), "resolved" if status == "completed" else status}
    if not label or part.status == "" or label.casefold() in same:
        return part.text
    return f"*{label}*" + (f" – {part.text}" if part.text else "")
