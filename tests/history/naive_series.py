"""The windows of a series by walking its days in wall-clock time, and asking of each what was said of it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from functools import cached_property
from zoneinfo import ZoneInfo

from statusgen.model.entries import Change, Deviation
from statusgen.model.states import ChangeStatus, State

DAY = timedelta(days=1)
WEEKDAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")


def instant_of(wall: datetime, zone: ZoneInfo) -> datetime:
    """The earlier of two readings; for a skipped time, the offset that held before."""
    around = wall.replace(tzinfo=UTC)
    offsets = [(around + shift).astimezone(zone).utcoffset() or timedelta(0) for shift in (-DAY, DAY)]
    readings = [around - offset for offset in offsets]
    right = [at for at in readings if at.astimezone(zone).replace(tzinfo=None) == wall]
    return min(right) if right else readings[0]


def walls_on(series: Change, zone: ZoneInfo, day: date) -> list[datetime]:
    """When the rule has windows begin on a day; FREQ is DAILY or WEEKLY."""
    first = series.starts_at.astimezone(zone).replace(tzinfo=None)
    rule = dict(part.split("=") for part in series.repeat.split(";"))
    number, interval = (day - first.date()).days, int(rule.get("INTERVAL", 1))
    if rule["FREQ"] == "WEEKLY":
        if WEEKDAYS[day.weekday()] not in rule["BYDAY"].split(","):
            return []
    elif number % interval or number // interval >= int(rule.get("COUNT", 1_000_000)):
        return []
    hours = rule["BYHOUR"].split(",") if "BYHOUR" in rule else [str(first.hour)]
    walls = [datetime.combine(day, first.time().replace(hour=int(hour))) for hour in hours]
    return [wall for wall in walls if wall >= first]


def stands_for(change: Change, series: Change, zone: ZoneInfo) -> datetime | None:
    """The wall time of the occurrence for which a file stands."""
    name = change.occurrence
    if not name or name.series != series.id:
        return None
    there = walls_on(series, zone, name.on.date())
    found = [wall for wall in there if name.by_day or wall == name.on]
    return found[0] if len(found) == 1 else None


@dataclass(frozen=True)
class Window:
    """`told` are the times at which customers were told of it."""

    starts_at: datetime
    ends_at: datetime
    states: dict[str, State]
    told: tuple[datetime, ...]


@dataclass(frozen=True)
class NaiveSeries:
    """A series at `now`; `changes` are those of the whole site."""

    series: Change
    zone: ZoneInfo
    now: datetime
    changes: Sequence[Change]

    @cached_property
    def length(self) -> timedelta:
        return self.series.ends_at - self.series.starts_at

    @cached_property
    def told(self) -> tuple[datetime, ...]:
        return tuple(update.at for update in self.series.updates if update.status is ChangeStatus.SCHEDULED)

    @cached_property
    def elsewhere(self) -> set[datetime]:
        """Wall times at which nothing happens, because a file stands for it; what is told later does not count yet."""
        found = set()
        for change in self.changes:
            first = change.updates[0] if change.updates else None
            hidden = first and first.status is ChangeStatus.SCHEDULED and first.at > self.now
            if not hidden and (wall := stands_for(change, self.series, self.zone)):
                found.add(wall)
        return found

    @cached_property
    def said(self) -> list[Deviation]:
        return [one for one in self.series.deviations if not one.announced_at or one.announced_at <= self.now]

    @cached_property
    def days(self) -> dict[date, list[Window]]:
        """By the day of the calendar."""
        return {}

    def _windows_near(self, here: date) -> list[Window]:
        """Of the days of the rule from which a window may reach into a day of the calendar."""
        if here not in self.days:
            first = self.series.starts_at.astimezone(self.zone).date()
            different = {one.on for one in self.said} | self.elsewhere
            days = (here - back * DAY for back in range(-1, self.length.days + 3))
            walls = [wall for day in days if day >= first for wall in walls_on(self.series, self.zone, day)]
            starts = [instant_of(wall, self.zone) for wall in walls if wall not in different]
            states = dict(self.series.states)
            self.days[here] = [Window(start, start + self.length, states, self.told) for start in starts]
        return self.days[here]

    def running(self, at: datetime) -> Iterator[Window]:
        near = self._windows_near(at.astimezone(self.zone).date())
        yield from (one for one in near if one.starts_at <= at < one.ends_at)
        for one in self.said:
            if not one.cancelled and one.starts_at <= at < one.ends_at:
                states = dict(self.series.states if one.states is None else one.states)
                told = self.told if one.announced_at is None else (one.announced_at,)
                yield Window(one.starts_at, one.ends_at, states, told)

    def tell(self, at: datetime, only: State | None = None) -> dict[str, State]:
        """The worst of what runs, or of what gives `only` this state; nothing after the series was ended."""
        ends = [
            update.at
            for update in self.series.updates
            if update.status in (ChangeStatus.COMPLETED, ChangeStatus.CANCELLED)
        ]
        found: dict[str, State] = {}
        if not any(end <= min(at, self.now) for end in ends):
            for window in self.running(at):
                for component, state in window.states.items():
                    if only and state is not only:
                        continue
                    found[component] = max(found.get(component, state), state, key=list(State).index)
        return found
