"""Random zones and instants. Times come from a small pool, so that entries often touch, nest and coincide."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import cache
from zoneinfo import ZoneInfo

from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st

from statusgen.model.states import State

ZONES = (
    "Europe/Berlin",
    "America/St_Johns",
    "Asia/Kathmandu",
    "Pacific/Apia",
    "America/Sao_Paulo",
    "Asia/Beirut",
    "Africa/Cairo",
    "Pacific/Chatham",
    "Atlantic/Azores",
    "Australia/Lord_Howe",
)
COMPONENTS = ("api", "web")
FIRST = datetime(2005, 1, 1, tzinfo=UTC)
DAY = timedelta(days=1)


def some(count: int, with_long: int = 0) -> settings:
    """Examples are slow to count, so a failing one is shown as it was found, not shrunk."""
    count = with_long or count if settings.get_current_profile_name() == "long" else count
    phases = (Phase.explicit, Phase.reuse, Phase.generate)
    return settings(max_examples=count, deadline=None, phases=phases, suppress_health_check=list(HealthCheck))


@cache
def clock_changes(name: str) -> tuple[datetime, ...]:
    """The instants from 2005 to 2027 at which the zone's offset changes, to the minute."""
    zone, found = ZoneInfo(name), []
    for number in range(365 * 23):
        before, after = FIRST + number * DAY, FIRST + (number + 1) * DAY
        if before.astimezone(zone).utcoffset() != after.astimezone(zone).utcoffset():
            old = before.astimezone(zone).utcoffset()
            minute = before
            while minute.astimezone(zone).utcoffset() == old:
                minute += timedelta(minutes=1)
            found.append(minute)
    return tuple(found)


@dataclass(frozen=True)
class Moment:
    """`pool` holds the times that entries may use, `now` and some of the future among them."""

    zone: ZoneInfo
    now: datetime
    step: timedelta
    pool: tuple[datetime, ...]

    @property
    def begin(self) -> datetime:
        """A day before the pool: a repeated window may begin before the first time in it where clocks go back."""
        return min(self.pool) - DAY


@st.composite
def moments(draw: st.DrawFn, step: timedelta, back: timedelta, ahead: timedelta) -> Moment:
    """`now` lies near a change of the clocks more often than not; the pool in [now - back, now + ahead]."""
    name = draw(st.sampled_from(ZONES))
    changes = clock_changes(name)
    if draw(st.integers(0, 2)) and changes:
        near = draw(st.sampled_from(changes))
    else:
        near = FIRST + draw(st.integers(0, 365 * 22)) * DAY
    reach = min(2 * DAY, back)
    zone = ZoneInfo(name)
    now = _on_grid(near, step) + draw(st.integers(-(reach // step), reach // step)) * step
    if not draw(st.integers(0, 4)):
        now = _on_grid(_midnight(now, zone), step)
    offsets = draw(st.lists(st.integers(-(back // step), ahead // step), min_size=4, max_size=9, unique=True))
    pool = {now, *(now + offset * step for offset in offsets)}
    midnight = _midnight(now, zone)
    if now - back <= midnight <= now + ahead:
        pool.add(_on_grid(midnight, step))
    return Moment(zone, now, step, tuple(sorted(pool)))


def _midnight(now: datetime, zone: ZoneInfo) -> datetime:
    return datetime.combine(now.astimezone(zone).date(), datetime.min.time(), zone).astimezone(UTC)


def _on_grid(at: datetime, step: timedelta) -> datetime:
    return FIRST + (at - FIRST) // step * step


states = st.dictionaries(st.sampled_from(COMPONENTS), st.sampled_from(State), max_size=2).map(
    lambda d: tuple(d.items())
)
