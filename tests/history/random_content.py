"""Random zones, instants and entries. Times come from a small pool, so that entries often touch, nest and coincide."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from functools import cache
from zoneinfo import ZoneInfo

from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st

from statusgen.model.entries import Change, Incident, Notice, ProblemReport, Update
from statusgen.model.service_level import Limit, Measure, ResponseLevel
from statusgen.model.site import Component, Content, Site
from statusgen.model.states import ChangeStatus, Impact, IncidentStatus, ProblemStatus, State, Status

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
RULES = ("FREQ=DAILY", "FREQ=DAILY;INTERVAL=2", "FREQ=DAILY;COUNT=3", "FREQ=WEEKLY;BYDAY=MO,SA,SU")
FIRST = datetime(2005, 1, 1, tzinfo=UTC)
DAY = timedelta(days=1)


def some(count: int) -> settings:
    """Examples are slow to count, so a failing one is shown as it was found, not shrunk."""
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


@st.composite
def updates(draw: st.DrawFn, moment: Moment, statuses: tuple[Status, ...], least: int) -> tuple[Update, ...]:
    times = sorted(draw(st.lists(st.sampled_from(moment.pool), min_size=least, max_size=4)))
    return tuple(
        Update(
            id=f"u{number}",
            status=draw(st.sampled_from(statuses)),
            at=at,
            states=draw(states),
            next_at=at + draw(st.integers(1, 40)) * moment.step if draw(st.booleans()) else None,
        )
        for number, at in enumerate(times)
    )


@st.composite
def incidents(draw: st.DrawFn, moment: Moment, number: int = 0) -> Incident:
    told = draw(updates(moment, tuple(IncidentStatus), 1))
    started = draw(st.sampled_from([at for at in moment.pool if at <= told[0].at]))
    name = f"incident-{number}"
    return Incident(name, f"incidents/{name}.md", name, "", draw(states), started, told)


@st.composite
def changes(draw: st.DrawFn, moment: Moment, number: int = 0) -> Change:
    starts, ends = sorted(draw(st.lists(st.sampled_from(moment.pool), min_size=2, max_size=2, unique=True)))
    repeat = draw(st.sampled_from(("", "", *RULES)))
    first = starts.astimezone(moment.zone).date()
    excepted = draw(st.frozensets(st.integers(0, 5).map(lambda days: first + days * DAY), max_size=2))
    name = f"change-{number}"
    return Change(
        id=name,
        path=f"changes/{name}.md",
        title=name,
        summary="",
        states=draw(states),
        starts_at=starts,
        ends_at=ends,
        updates=draw(updates(moment, tuple(ChangeStatus), 0)),
        automatic=draw(st.booleans()),
        repeat=repeat,
        except_on=excepted if repeat else frozenset(),
        counts_as_downtime=draw(st.sampled_from((None, True, False))),
    )


@st.composite
def entries(draw: st.DrawFn, moment: Moment) -> tuple[Incident | Change, ...]:
    some = [draw(incidents(moment, number)) for number in range(draw(st.integers(0, 4)))]
    more = [draw(changes(moment, number)) for number in range(draw(st.integers(0, 2)))]
    return (*some, *more)


@st.composite
def sinces(draw: st.DrawFn, moment: Moment) -> date | None:
    days = draw(st.none() | st.integers(-2, 4) | st.integers(80, 95))
    return None if days is None else moment.now.astimezone(moment.zone).date() - days * DAY


@st.composite
def notices(draw: st.DrawFn, moment: Moment, number: int = 0) -> Notice:
    publish = draw(st.sampled_from(moment.pool))
    expires = draw(st.none() | st.sampled_from(moment.pool))
    name = f"notice-{number}"
    return Notice(name, f"notices/{name}.md", name, "", publish, expires if expires and expires > publish else None)


@st.composite
def responses(draw: st.DrawFn, moment: Moment) -> tuple[tuple[str, ResponseLevel], ...]:
    """What is promised of the response to incidents, of some of the components."""
    found = []
    for name in draw(st.lists(st.sampled_from(COMPONENTS), unique=True)):
        promised = draw(st.sets(st.tuples(st.sampled_from(Impact), st.sampled_from(Measure)), min_size=1))
        limits = [Limit(*about, draw(st.integers(1, 40)) * moment.step) for about in sorted(promised)]
        found.append((name, ResponseLevel(name, tuple(limits))))
    return tuple(found)


@st.composite
def contents(draw: st.DrawFn, moment: Moment) -> Content:
    components = tuple(Component(name, name) for name in COMPONENTS)
    promised = draw(responses(moment))
    site = Site("Acme", "https://a.example/", moment.zone, components=components, responses=promised)
    told = tuple(draw(incidents(moment, number)) for number in range(draw(st.integers(0, 2))))
    planned = tuple(draw(changes(moment, number)) for number in range(draw(st.integers(0, 2))))
    known = tuple(draw(notices(moment, number)) for number in range(draw(st.integers(0, 2))))
    explained = draw(st.lists(st.sampled_from(told), max_size=2, unique=True)) if told else []
    names = tuple(incident.id for incident in explained)
    report = ProblemReport("report", "problems/report.md", "Report", "", ProblemStatus.OPEN, names)
    return in_order(Content(site, told, planned, known, (report,) if names else ()))


def in_order(content: Content) -> Content:
    """As reading the files gives it."""
    return replace(
        content,
        incidents=tuple(sorted(content.incidents, key=lambda entry: (entry.started_at, entry.id))),
        changes=tuple(sorted(content.changes, key=lambda entry: (entry.starts_at, entry.id))),
        notices=tuple(sorted(content.notices, key=lambda entry: (entry.publish_at, entry.id))),
    )
