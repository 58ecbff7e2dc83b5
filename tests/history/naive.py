"""States and uptime by asking every entry at every tick: slow, and written in another way than the product."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from fractions import Fraction
from functools import cached_property, lru_cache
from itertools import accumulate, groupby
from zoneinfo import ZoneInfo

from naive_series import NaiveSeries

from statusgen.model.entries import Change, Incident, Update
from statusgen.model.states import ChangeStatus, IncidentStatus, State

# Planned work that counts as downtime is a word of its own, less bad than an outage that nobody planned.
COUNTED_WORK = "planned work that counts"
Word = State | str
Story = Callable[[datetime], dict[str, State]]
Run = tuple[datetime, datetime, Word]

MINUTE = timedelta(minutes=1)
DAY = timedelta(days=1)
WEIGHTS: dict[Word, int] = {State.MAJOR_OUTAGE: 10, COUNTED_WORK: 10, State.PARTIAL_OUTAGE: 3}


@lru_cache(maxsize=10_000)
def first_instant(day: date, zone: ZoneInfo) -> datetime:
    """The first minute whose local date is `day` or later, found by looking at every one from where it would be by the
    most easterly of the offsets around it."""
    midnight = datetime(day.year, day.month, day.day, tzinfo=UTC)
    offsets = [(midnight + shift).astimezone(zone).utcoffset() or timedelta(0) for shift in (-2 * DAY, 2 * DAY)]
    at = midnight - max(offsets)
    while at.astimezone(zone).date() < day:
        at += MINUTE
    return at


def today(now: datetime, zone: ZoneInfo) -> date:
    """The latest day that has begun: where clocks go back over midnight, yesterday does not come again."""
    return max((now - minute * MINUTE).astimezone(zone).date() for minute in range(181))


def tell_incident(incident: Incident, now: datetime) -> Story:
    known = [update for update in incident.updates if update.at <= now]

    def story(at: datetime) -> dict[str, State]:
        if not known or at < incident.started_at:
            return {}
        states = dict(incident.states)
        for update in known:
            if update.at > at:
                break
            if update.status is IncidentStatus.RESOLVED:
                states = {}
            else:
                states.update(update.states)
        return states

    return story


def tell_change(change: Change, known: list[Update]) -> Story:
    """Events in order; at one instant people come before the clock, which stops once a person has taken over.

    Whoever takes over, however late, had the work in hand until then: only the clock's own end never came. But what
    is called off after its window was over by then, and to announce work is not to stop it."""
    events: list[tuple[datetime, int, Update | ChangeStatus]] = [(update.at, 0, update) for update in known]
    events.append((change.starts_at, 1, ChangeStatus.IN_PROGRESS))
    moves = [update for update in known if update.status is not ChangeStatus.SCHEDULED]
    if not moves or (moves[0].status is ChangeStatus.CANCELLED and moves[0].at > change.ends_at):
        events.append((change.ends_at, 1, ChangeStatus.COMPLETED))
    events.sort(key=lambda event: event[:2])

    def story(at: datetime) -> dict[str, State]:
        status, by_hand, states = ChangeStatus.SCHEDULED, not change.automatic, dict(change.states)
        for when, _, event in events:
            if when > at:
                break
            if isinstance(event, Update):
                announced = event.status is ChangeStatus.SCHEDULED
                if by_hand or not announced:
                    status = ChangeStatus(event.status)
                by_hand |= not announced
                states.update(event.states)
            elif not by_hand:
                status = event
        return states if status in (ChangeStatus.IN_PROGRESS, ChangeStatus.VERIFYING) else {}

    return story


@dataclass(frozen=True)
class Naive:
    """All that is asked of `entries` in [`begin`, `now`), in ticks of `step`; nothing begins before `begin`."""

    entries: tuple[Incident | Change, ...]
    zone: ZoneInfo
    begin: datetime
    now: datetime
    step: timedelta

    @cached_property
    def ticks(self) -> list[datetime]:
        return [self.begin + number * self.step for number in range((self.now - self.begin) // self.step)]

    @cached_property
    def days(self) -> list[date]:
        """Of every tick and of `now`: the latest day that has begun."""
        return list(accumulate((at.astimezone(self.zone).date() for at in [*self.ticks, self.now]), max))

    @cached_property
    def told(self) -> list[tuple[Incident | Change, list[dict[str, State]]]]:
        """What each entry says at every tick and at `now`."""
        found: list[tuple[Incident | Change, list[dict[str, State]]]] = []
        for entry in self.entries:
            if isinstance(entry, Incident):
                story = tell_incident(entry, self.now)
            elif entry.repeat:
                story = self.series[entry.path].tell
                # Where windows overlap, work that counts may be worse than the state that is worse to see.
                work = [self.series[entry.path].tell(at, State.UNDER_MAINTENANCE) for at in [*self.ticks, self.now]]
                found.append((entry, work))
            else:
                story = tell_change(entry, [update for update in entry.updates if update.at <= self.now])
            found.append((entry, [story(at) for at in [*self.ticks, self.now]]))
        return found

    @cached_property
    def series(self) -> dict[str, NaiveSeries]:
        changes = [entry for entry in self.entries if isinstance(entry, Change)]
        return {one.path: NaiveSeries(one, self.zone, self.now, changes) for one in changes if one.repeat}

    def states(self, component: str, *, counted: bool) -> list[Word]:
        """One for each tick: the worst of what the entries say."""
        return [
            max((_view(said[number], component, entry, counted) for entry, said in self.told), key=_rank, default=_FINE)
            for number in range(len(self.ticks))
        ]

    def runs(self, component: str, *, counted: bool) -> list[Run]:
        """Neighbouring ticks of one state, without operational."""
        found = []
        pairs = zip(self.ticks, self.states(component, counted=counted), strict=True)
        for state, group in groupby(pairs, key=lambda pair: pair[1]):
            times = [at for at, _ in group]
            if state is not _FINE:
                found.append((times[0], times[-1] + self.step, state))
        return found

    def uptime(self, component: str, since: date | None) -> Fraction | None:
        last = today(self.now, self.zone)
        first = max(last - 89 * DAY, since or last - 89 * DAY)
        if first > last:
            return None
        start = first_instant(first, self.zone)
        tenths = sum(
            WEIGHTS.get(state, 0)
            for at, state in zip(self.ticks, self.states(component, counted=True), strict=True)
            if at >= start
        )
        down = Fraction(tenths, 10) * int(self.step.total_seconds())
        return max(Fraction(0), 1 - down / (((last - first).days + 1) * 86_400))

    def seconds_by_day(self, component: str) -> dict[date, dict[Word, int]]:
        found: dict[date, Counter[Word]] = {}
        for day, state in zip(self.days, self.states(component, counted=True), strict=False):
            if state is not _FINE:
                found.setdefault(day, Counter())[state] += int(self.step.total_seconds())
        return {day: dict(count) for day, count in found.items()}

    def causes_by_day(self, component: str) -> dict[date, set[str]]:
        """Paths of the entries that say anything bad on a day, `now` itself included."""
        found: dict[date, set[str]] = {}
        for entry, said in self.told:
            for day, states in zip(self.days, said, strict=True):
                if states.get(component, _FINE) is not _FINE:
                    found.setdefault(day, set()).add(entry.path)
        return found


_FINE = State.OPERATIONAL


_rank = [*list(State)[:-1], COUNTED_WORK, State.MAJOR_OUTAGE].index


def _view(states: dict[str, State], component: str, entry: Incident | Change, counted: bool) -> Word:
    state = states.get(component, _FINE)
    rule = entry.counts_as_downtime if counted and isinstance(entry, Change) else None
    if rule is False:
        return _FINE
    return COUNTED_WORK if rule and state is State.UNDER_MAINTENANCE else state


def weighted(runs: Iterable[Run], start: datetime, end: datetime) -> Fraction:
    """Seconds down by weight, counted one by one."""
    total = 0
    for begin, finish, state in runs:
        at = begin
        while at < finish:
            total += WEIGHTS.get(state, 0) if start <= at < end else 0
            at += timedelta(seconds=1)
    return Fraction(total, 10)
