"""Parts of a text -> dated updates between a begin and an end. What the front matter says of both is what holds."""

import re
from dataclasses import replace
from datetime import datetime, timedelta

from statusgen.importers.cstate.parts import Part
from statusgen.importers.entries import Update
from statusgen.importers.text import write_time

_RANKS = {"scheduled": 0, "investigating": 1, "identified": 2, "in_progress": 2, "monitoring": 3, "resolved": 4}
_OVER = re.compile(r"\b(?:resolved|fixed|solved|completed|over|back|recovered|restored|operational)\b", re.IGNORECASE)


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


def date_parts(parts: list[Part], start: datetime, end: datetime | None, notes: list[str]) -> list[tuple[Part, bool]]:
    """The parts with times, oldest first, and whether each time is a guess.

    What is dated before the `start` is moved there and says so. What has no time lies between those beside it."""
    dated: list[tuple[Part, bool]] = []
    for part in parts:
        if part.written and not part.at:
            notes.append(f"guessed: `{part.written}` is no time")
            part = replace(part, text=f"{part.text}\n\n({part.written})".strip())
        elif part.at and part.at < start:
            notes.append(f"an update is dated {write_time(part.at)}, before the begin: moved there, its date is told")
            part = replace(part, at=start, text=f"{part.text}\n\n({write_time(part.at)})".strip())
        dated.append((part, part.at is None))
    known = [(number, part.at) for number, (part, _) in enumerate(dated) if part.at]
    guesses = 0
    for number, (part, _) in enumerate(dated):
        if part.at:
            continue
        before = max((at for place, at in known if place < number), default=start)
        after = min((at for place, at in known if place > number), default=end or before)
        if number == 0:
            at = start
        elif number == len(dated) - 1:
            at = max(end or before, before)
        else:
            at, guesses = _between(before, max(before, after), dated, number), guesses + 1
        dated[number] = replace(part, at=at), True
        known.append((number, at))
    if guesses:
        notes.append(f"guessed: the times of {guesses} updates that have none lie between those beside them")
    return sorted(dated, key=lambda one: one[0].at or start)


def _between(before: datetime, after: datetime, dated: list[tuple[Part, bool]], number: int) -> datetime:
    """Of as many as have no time from here on, the first, in whole minutes."""
    rest = 1
    while number + rest < len(dated) and dated[number + rest][0].at is None:
        rest += 1
    open_end = number + rest == len(dated)
    step = (after - before) / (rest if open_end else rest + 1)
    return before + timedelta(minutes=step // timedelta(minutes=1))


def make_incident_updates(
    dated: list[tuple[Part, bool]], start: datetime, end: datetime | None, notes: list[str]
) -> tuple[Update, ...]:
    """`end` is None while it goes on. The end is that of the front matter, so nothing before it says `resolved`."""
    updates = []
    status = "investigating"
    for part, _ in dated:
        at = part.at or start
        if part.status and part.status != "resolved":
            status = part.status if part.status in ("investigating", "identified", "monitoring") else status
        if end and at >= end:
            if part.status and part.status != "resolved" and at > end:
                notes.append(f"an update of {write_time(at)} says `{part.status}`, but all was over by then")
            updates.append(Update("resolved", at, part.text))
            continue
        if part.status == "resolved":
            when = f"at {write_time(end)}" if end else "not yet"
            notes.append(f"an update of {write_time(at)} says it is over, the front matter {when}: this holds")
            status = "monitoring"
        updates.append(Update(status, at, part.text))
    if end and not any(update.at == end for update in updates):
        updates.append(Update("resolved", end, ""))
    return tuple(sorted(updates, key=lambda update: update.at))


def make_change_updates(dated: list[tuple[Part, bool]], start: datetime, end: datetime) -> tuple[Update, ...]:
    """The clock moves a change; of what is told the time says what it is."""
    found = []
    for part, _ in dated:
        at = part.at or start
        status = "cancelled" if part.status == "cancelled" else "in_progress" if at < end else "completed"
        found.append(Update(status, at, part.text))
    return tuple(found)
