"""Random entries and sites."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from hypothesis import strategies as st
from random_moments import COMPONENTS, DAY, ZONES, Moment, clock_changes, moments, some, states
from random_series import RULES, deviations, occurrence_names, windows

from statusgen.history.places import link_occurrences
from statusgen.model.entries import Change, Incident, Notice, ProblemReport, Update
from statusgen.model.service_level import Limit, Measure, ResponseLevel
from statusgen.model.site import Component, Content, Site
from statusgen.model.states import ChangeStatus, Impact, IncidentStatus, ProblemStatus, Status

__all__ = ["COMPONENTS", "ZONES", "Moment", "clock_changes", "moments", "some"]


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
    starts, ends = draw(windows(moment))
    repeat = draw(st.sampled_from(("", "", *RULES)))
    name = f"change-{number}"
    change = Change(
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
        counts_as_downtime=draw(st.sampled_from((None, True, False))),
    )
    return replace(change, deviations=draw(deviations(moment, change))) if repeat else change


@st.composite
def planned(draw: st.DrawFn, moment: Moment, most: int) -> tuple[Change, ...]:
    """Some changes, of which one may stand for an occurrence of another."""
    found = [draw(changes(moment, number)) for number in range(draw(st.integers(0, most)))]
    series = [change for change in found if change.repeat]
    chosen = draw(st.sampled_from([None, *series]))
    if chosen:
        name = draw(occurrence_names(moment, chosen))
        file = draw(changes(moment, most))
        found.append(replace(file, repeat="", deviations=(), occurrence=name))
    return tuple(found)


@st.composite
def entries(draw: st.DrawFn, moment: Moment) -> tuple[Incident | Change, ...]:
    some = [draw(incidents(moment, number)) for number in range(draw(st.integers(0, 4)))]
    return (*some, *draw(planned(moment, 2)))


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
    work = draw(planned(moment, 2))
    known = tuple(draw(notices(moment, number)) for number in range(draw(st.integers(0, 2))))
    explained = draw(st.lists(st.sampled_from(told), max_size=2, unique=True)) if told else []
    names = tuple(incident.id for incident in explained)
    report = ProblemReport("report", "problems/report.md", "Report", "", ProblemStatus.OPEN, names)
    return in_order(Content(site, told, work, known, (report,) if names else ()))


def in_order(content: Content) -> Content:
    """As reading the files gives it."""
    content = replace(
        content,
        incidents=tuple(sorted(content.incidents, key=lambda entry: (entry.started_at, entry.id))),
        changes=tuple(sorted(content.changes, key=lambda entry: (entry.starts_at, entry.id))),
        notices=tuple(sorted(content.notices, key=lambda entry: (entry.publish_at, entry.id))),
    )
    return link_occurrences(content)
