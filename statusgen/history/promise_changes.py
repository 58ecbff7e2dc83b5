"""What a commit changed in site.yaml of that which past figures are made of."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import timedelta
from fractions import Fraction

from statusgen.history.wording import format_exact, format_hours, format_length
from statusgen.model.hours import Hours
from statusgen.model.revisions import Commit
from statusgen.model.service_level import ResponseLevel, ServiceLevel
from statusgen.model.site import Site
from statusgen.model.spans import whole_seconds


@dataclass(frozen=True, slots=True)
class SiteChange:
    """`component` is "" where it is about all of them; `before` and `after` are "" where there was none."""

    commit: Commit
    component: str
    what: str
    before: str
    after: str


def compare_sites(before: Site, after: Site, commit: Commit) -> Iterator[SiteChange]:
    """In the order of the components, those that are gone last."""
    if before.zone.key != after.zone.key:
        yield SiteChange(commit, "", "time zone", before.zone.key, after.zone.key)
    old, new = _read_terms(before), _read_terms(after)
    for name in dict.fromkeys((*new, *old)):
        if name not in old or name not in new:
            yield SiteChange(commit, name, "component", "listed" * (name in old), "listed" * (name in new))
            continue
        for was, now in zip(old[name], new[name], strict=True):
            if was.value != now.value:
                yield SiteChange(commit, name, was.what, was.text, now.text)


@dataclass(frozen=True, slots=True)
class _Term:
    """`value` is all that figures are made of; its `text` is "" where there is none."""

    what: str
    value: object
    text: str


def _read_terms(site: Site) -> dict[str, tuple[_Term, ...]]:
    levels, responses = dict(site.levels), dict(site.responses)
    return {
        component.id: (
            _Term("first day", component.since, component.since.isoformat() if component.since else ""),
            _term("promise", levels.get(component.id)),
            _term("response", responses.get(component.id)),
        )
        for component in site.components
    }


def _term(what: str, level: ServiceLevel | ResponseLevel | None) -> _Term:
    if level is None:
        return _Term(what, None, "")
    # The name is but a key, and the zone of hours is that of the site.
    hours = (level.hours.week, level.hours.holidays) if level.hours else None
    parts = [*(_describe(level) if isinstance(level, ServiceLevel) else _describe_response(level))]
    parts += _describe_hours(level.hours) if level.hours else ()
    return _Term(what, (replace(level, name="", hours=None), hours), ", ".join(parts))


def _describe(level: ServiceLevel) -> Iterator[str]:
    yield f"{_percent(level.target)} of each {level.cycle}"
    yield from (f"{state.value} weighs {format_exact(weight)}" for state, weight in level.weights)
    yield from (f"below {_percent(below)} {_percent(owed)} is owed" for below, owed in level.credits)
    if level.notice_for is not None:
        yield f"changes announced {_length(level.notice_for)} ahead are left out"
    if level.allowance_for is not None:
        yield f"{_length(level.allowance_for)} of changes a month"


def _describe_response(level: ResponseLevel) -> Iterator[str]:
    for limit in level.limits:
        yield f"{limit.impact.value}: {limit.measure.value.replace('_', ' ')} in {_length(limit.allowed_for)}"


def _describe_hours(hours: Hours) -> Iterator[str]:
    yield f"only {format_hours(hours)}"
    if hours.holidays:
        yield f"never on {', '.join(day.isoformat() for day in sorted(hours.holidays))}"


def _percent(share: Fraction) -> str:
    return f"{format_exact(share * 100)} %"


def _length(length: timedelta) -> str:
    return format_length(whole_seconds(length))
