"""Figures of months, quarters and years agree with a count of every tick, and with what must always be true of them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import replace
from datetime import date, datetime, timedelta
from fractions import Fraction
from functools import lru_cache
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st
from naive import Naive, first_instant, today
from naive_series import instant_of, stands_for
from random_content import COMPONENTS, Moment, entries, moments, sinces, some
from random_series import announced_series
from test_uptime_properties import effects_on

from statusgen.history.figures import Figure, read_figures, sum_figures
from statusgen.history.periods import period_of, seconds_between
from statusgen.history.working import Reason, find_pieces
from statusgen.model.entries import Change, Incident
from statusgen.model.hours import Hours
from statusgen.model.service_level import Cycle, ServiceLevel
from statusgen.model.states import ChangeStatus, State

SECOND, MINUTE, QUARTER, HOUR, DAY = (timedelta(seconds=count) for count in (1, 60, 900, 3600, 86_400))
Month = tuple[int, int]
NOTHING = Fraction(0)
DEFAULT = {State.MAJOR_OUTAGE: Fraction(1), State.PARTIAL_OUTAGE: Fraction(3, 10)}

weights = st.sampled_from([Fraction(0), Fraction(1, 4), Fraction(3, 10), Fraction(1, 2), Fraction(1)])
# In quarters of an hour, of which there are whole ticks.
spans_of_a_day = st.tuples(st.integers(0, 48), st.integers(1, 48)).map(lambda two: (two[0] * 15, sum(two) * 15))
weeks = st.tuples(*[st.lists(spans_of_a_day, max_size=1).map(tuple)] * 7)
plain_levels = st.none() | st.builds(
    ServiceLevel,
    name=st.just("p"),
    target=st.sampled_from([Fraction(1), Fraction(999, 1000), Fraction(9, 10), Fraction(0)]),
    cycle=st.sampled_from(list(Cycle)),
    weights=st.just(tuple(DEFAULT.items()))
    | st.fixed_dictionaries(dict.fromkeys(list(State)[1:], weights)).map(lambda found: tuple(found.items())),
    credits=st.just(((Fraction(9, 10), Fraction(1)), (Fraction(999, 1000), Fraction(1, 10)))),
    notice_for=st.none() | st.sampled_from([MINUTE, HOUR, DAY]),
    allowance_for=st.just(None),
    hours=st.none() | weeks.map(lambda week: Hours(ZoneInfo("UTC"), week)),
)


@lru_cache(maxsize=1000)
def spans_on(day: date, hours: Hours, zone: ZoneInfo) -> list[tuple[datetime, datetime]]:
    """A day has the hours that its own clock shows, and a day that never was has none."""
    begin, end = first_instant(day, zone), first_instant(day + DAY, zone)
    found = []
    for span in hours.week[day.weekday()]:
        walls = [datetime.combine(day, datetime.min.time()) + minute * MINUTE for minute in span]
        one, other = (min(max(instant_of(wall, zone), begin), end) for wall in walls)
        found += [(one, other)] if one < other else []
    return found


def is_within(at: datetime, day: date, hours: Hours, zone: ZoneInfo) -> bool:
    return any(begin <= at < end for begin, end in spans_on(day, hours, zone))


@st.composite
def levels(draw: st.DrawFn, moment: Moment) -> ServiceLevel | None:
    """With an allowance of whole ticks."""
    level = draw(plain_levels)
    allowed = draw(st.none() | st.sampled_from([1, 4, 20]))
    level = in_zone(level, moment.zone) if level else None
    return replace(level, allowance_for=allowed * moment.step) if level and allowed else level


def in_zone(level: ServiceLevel, zone: ZoneInfo) -> ServiceLevel:
    return replace(level, hours=level.hours and replace(level.hours, zone=zone))


def read_months(
    found: Iterable[Incident | Change], component: str, moment: Moment, level: ServiceLevel | None, since: date | None
) -> tuple[Figure, ...]:
    effects = effects_on(component, found, moment.zone, moment.now)
    pieces = find_pieces(effects, level, moment.zone)
    return read_figures(pieces, level, moment.zone, today(moment.now, moment.zone), since)


class Count:
    """Tick by tick what is lost and what is left out, by month; `since` cuts months only in their totals."""

    def __init__(self, naive: Naive, component: str, level: ServiceLevel | None, since: date | None) -> None:
        self.level = level
        self.weights = dict(level.weights) if level else DEFAULT
        self.naive = naive
        self.down: dict[Month, Fraction] = defaultdict(Fraction)
        self.excluded: dict[Month, int] = defaultdict(int)
        used: dict[Month, timedelta] = defaultdict(timedelta)
        seconds = int(naive.step.total_seconds())
        for number, at in enumerate(naive.ticks):
            day = naive.days[number]
            if level and level.hours and not is_within(at, day, level.hours, naive.zone):
                continue
            month = day.year, day.month
            counts, left_out = NOTHING, NOTHING
            for entry, story in naive.told:
                said = story[number].get(component, State.OPERATIONAL)
                if said is State.OPERATIONAL:
                    continue
                for state, starts_at, told in self.windows_at(entry, at, component, said):
                    weight, is_out = self.weigh(entry, state, starts_at, told)
                    counts = counts if is_out else max(counts, weight)
                    left_out = max(left_out, weight) if is_out else left_out
            if left_out and level and level.allowance_for is not None and used[month] >= level.allowance_for:
                counts = max(counts, left_out)
            elif left_out:
                used[month] += naive.step
                if not counts and (since is None or day >= since):
                    self.excluded[month] += seconds
            if counts and (since is None or day >= since):
                self.down[month] += counts * seconds

    def windows_at(
        self, entry: Incident | Change, at: datetime, component: str, said: State
    ) -> list[tuple[State, datetime | None, tuple[datetime, ...]]]:
        """(state, when the window began, when it was told) of each window that is open; no begin outside of any, as
        incidents always are. `said` is the worst state."""
        if isinstance(entry, Incident):
            return [(said, None, ())]
        if entry.repeat:
            running = self.naive.series[entry.path].running(at)
            return [(one.states.get(component, State.OPERATIONAL), one.starts_at, one.told) for one in running]
        inside = entry.starts_at <= at < entry.ends_at
        return [(said, entry.starts_at if inside else None, self.told_of(entry))]

    def told_of(self, change: Change) -> tuple[datetime, ...]:
        """Also when the series was told for an occurrence of which this stays within the window."""
        told = _announcements(change)
        for series in self.naive.entries:
            on = stands_for(change, series, self.naive.zone) if isinstance(series, Change) and series.repeat else None
            if on and isinstance(series, Change):
                begin = instant_of(on, self.naive.zone)
                if begin <= change.starts_at and change.ends_at <= begin + (series.ends_at - series.starts_at):
                    told += _announcements(series)
        return told

    def weigh(
        self, entry: Incident | Change, state: State, starts_at: datetime | None, told: tuple[datetime, ...]
    ) -> tuple[Fraction, bool]:
        """(weight, whether it is left out)."""
        if isinstance(entry, Incident):
            return self.weights.get(state, NOTHING), False
        as_outage = State.MAJOR_OUTAGE if state is State.UNDER_MAINTENANCE else state
        if entry.counts_as_downtime is not None:
            return (self.weights.get(as_outage, NOTHING) if entry.counts_as_downtime else NOTHING), False
        if self.level is None:
            return self.weights.get(state, NOTHING), False
        weight = self.weights.get(state if state in self.weights else as_outage, NOTHING)
        if starts_at is None:
            return weight, False
        notice = self.level.notice_for
        return weight, notice is None or any(when + notice <= starts_at for when in told)


def _announcements(change: Change) -> tuple[datetime, ...]:
    return tuple(update.at for update in change.updates if update.status is ChangeStatus.SCHEDULED)


def check_against_count(data: st.DataObject, moment: Moment) -> None:
    found = data.draw(entries(moment))
    compare(found, moment, data.draw(levels(moment)), data.draw(sinces(moment)))


def compare(
    found: tuple[Incident | Change, ...], moment: Moment, level: ServiceLevel | None, since: date | None
) -> None:
    naive = Naive(found, moment.zone, moment.begin, moment.now, moment.step)
    last = today(moment.now, moment.zone)
    for component in COMPONENTS:
        count = Count(naive, component, level, since)
        months = read_months(found, component, moment, level, since)
        for figure in months:
            key = figure.period.first.year, figure.period.first.month
            assert (figure.down, figure.excluded) == (count.down[key], count.excluded[key])
            first = max(figure.period.first, since or figure.period.first)
            length = first_instant(min(figure.period.following, last + DAY), moment.zone) - first_instant(
                first, moment.zone
            )
            if level and level.hours:
                days = [
                    first + number * DAY for number in range((min(figure.period.following, last + DAY) - first).days)
                ]
                spans = [span for day in days for span in spans_on(day, level.hours, moment.zone)]
                length = sum((end - begin for begin, end in spans), timedelta(0))
            assert figure.total == max(0, length // SECOND)
            assert_true_of(figure)
        assert sum(figure.down for figure in months) == sum(count.down.values())
        for cycle in Cycle:
            longer = sum_figures(months, cycle, moment.zone)
            assert sum(figure.down for figure in longer) == sum(figure.down for figure in months)
            assert sum(figure.total for figure in longer) == sum(figure.total for figure in months)
            for figure in longer:
                assert_true_of(figure)


def assert_true_of(figure: Figure) -> None:
    assert 0 <= figure.share <= 1
    assert figure.down == sum(piece.weight * piece.seconds for piece in figure.pieces if not piece.excluded)
    left_out = (piece for piece in figure.pieces if piece.excluded and piece.reason is not Reason.HOURS)
    assert figure.excluded == sum(piece.seconds for piece in left_out)
    assert all(one.end <= other.start for one, other in zip(figure.pieces, figure.pieces[1:], strict=False))
    assert figure.running or figure.whole == figure.total
    if figure.kept is True and figure.level:
        assert figure.share >= figure.level.target
        assert figure.left >= 0
    if figure.kept is False:
        assert figure.left < 0
    assert (
        not figure.credit or figure.kept is False or figure.level is None or figure.level.target < Fraction(999, 1000)
    )


@some(300, with_long=1000)
@given(st.data())
def test_by_the_quarter(data: st.DataObject) -> None:
    check_against_count(data, data.draw(moments(QUARTER, 40 * DAY, 40 * DAY)))


@some(300, with_long=1000)
@given(st.data())
def test_by_the_minute(data: st.DataObject) -> None:
    check_against_count(data, data.draw(moments(MINUTE, 12 * HOUR, 12 * HOUR)))


@some(150, with_long=300)
@given(st.data())
def test_what_was_announced_of_series(data: st.DataObject) -> None:
    """With nothing but announced work, of which some occurrences deviate, so that each announcement decides."""
    moment = data.draw(moments(MINUTE, 2 * DAY, 6 * HOUR))
    level = in_zone(data.draw(plain_levels) or ServiceLevel("p", Fraction(1)), moment.zone)
    level = replace(level, notice_for=data.draw(st.sampled_from([MINUTE, HOUR, DAY])))
    compare(data.draw(announced_series(moment)), moment, level, None)


@some(200)
@given(st.data())
def test_an_outage_more_never_raises_a_figure(data: st.DataObject) -> None:
    moment = data.draw(moments(MINUTE, 3 * DAY, 3 * DAY))
    found, level = data.draw(entries(moment)), data.draw(levels(moment))
    more = data.draw(entries(moment))
    for component in COMPONENTS:
        before = read_months(found, component, moment, level, None)
        outages = [entry for entry in more if isinstance(entry, Incident)]
        after = read_months([*found, *outages], component, moment, level, None)
        for one, other in zip(before, after, strict=True):
            assert other.share <= one.share
            assert other.left <= one.left


def test_periods_have_their_keys_and_ends() -> None:
    day = date(2026, 11, 24)
    assert [period_of(day, cycle).key for cycle in Cycle] == ["2026-11", "2026-Q4", "2026"]
    assert period_of(day, Cycle.QUARTER).first == date(2026, 10, 1)
    assert period_of(day, Cycle.MONTH).following == date(2026, 12, 1)
    leap, spring = (period_of(day, Cycle.MONTH) for day in (date(2024, 2, 29), date(2026, 3, 29)))
    assert seconds_between(leap.first, leap.following, ZoneInfo("UTC")) == 29 * 86_400
    assert seconds_between(spring.first, spring.following, ZoneInfo("Europe/Berlin")) == 31 * 86_400 - 3600


@pytest.mark.parametrize(("share", "owed"), [("0.999", 0), ("0.9989", 1), ("0.5", 5)])
def test_credits_are_of_the_lowest_tier(share: str, owed: int) -> None:
    tiers = ((Fraction(99, 100), Fraction(1, 2)), (Fraction(999, 1000), Fraction(1, 10)))
    level = ServiceLevel("p", Fraction(999, 1000), credits=tiers)
    assert level.credit_of(Fraction(share)) * 10 == owed
    assert replace(level, credits=()).credit_of(Fraction(0)) == 0
