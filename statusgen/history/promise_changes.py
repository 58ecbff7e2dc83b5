"""What a commit changed in site.yaml of that which past figures are made of."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction

from statusgen.model.revisions import Commit
from statusgen.model.service_level import ServiceLevel
from statusgen.model.site import Component, Site


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
    old, new = ({component.id: component for component in site.components} for site in (before, after))
    for name in dict.fromkeys((*new, *old)):
        if name not in old or name not in new:
            yield SiteChange(commit, name, "component", "listed" * (name in old), "listed" * (name in new))
            continue
        pairs = (
            ("first day", _first_day(old[name]), _first_day(new[name])),
            ("promise", _describe(before.level_of(name)), _describe(after.level_of(name))),
        )
        yield from (SiteChange(commit, name, what, was, now) for what, was, now in pairs if was != now)


def _first_day(component: Component) -> str:
    return component.since.isoformat() if component.since else ""


def _describe(level: ServiceLevel | None) -> str:
    if level is None:
        return ""
    parts = [f"{_percent(level.target)} of each {level.cycle}"]
    parts += [f"{state.value} weighs {float(weight):g}" for state, weight in level.weights]
    parts += [f"below {_percent(below)} {_percent(owed)} is owed" for below, owed in level.credits]
    if level.notice_for is not None:
        parts.append(f"changes announced {_hours(level.notice_for.total_seconds())} ahead are left out")
    if level.allowance_for is not None:
        parts.append(f"{_hours(level.allowance_for.total_seconds())} of changes a month")
    return ", ".join(parts)


def _percent(share: Fraction) -> str:
    return f"{float(share * 100):g} %"


def _hours(seconds: float) -> str:
    return f"{seconds / 3600:g} h"
