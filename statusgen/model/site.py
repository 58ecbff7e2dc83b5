"""The site: who publishes it, in which zone, and the components that customers see."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from statusgen.model.audit import Audit
from statusgen.model.entries import Change, Incident, Notice, Page, ProblemReport
from statusgen.model.looks import Looks
from statusgen.model.service_level import ResponseLevel, ServiceLevel
from statusgen.model.states import Impact
from statusgen.model.translations import SiteWords, Translation

# Levels, `error`, `warning` or `off`, by codes of checks.
CheckLevels = tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Component:
    """`lang` is the tag of the language of its name, and `described_in` of its description, "" where it is that of the
    page; so they are of a group."""

    id: str
    name: str
    description: str = ""
    group: str = ""
    since: date | None = None
    aliases: tuple[str, ...] = ()
    lang: str = ""
    described_in: str = ""


@dataclass(frozen=True, slots=True)
class Group:
    id: str
    name: str
    description: str = ""
    lang: str = ""
    described_in: str = ""


@dataclass(frozen=True, slots=True)
class ReportRule:
    """When a report on an incident is `due`: so long after it was resolved, by its impact. For what was resolved before
    the day `since` none is asked for."""

    due: tuple[tuple[Impact, timedelta], ...]
    since: date | None = None


@dataclass(frozen=True, slots=True)
class Site:
    """`url` is absolute and ends with a slash. `shift_days` moves all times of a demonstration site; else it is 0.

    `hub` is the address of a WebSub hub, or ""; with `announces_begins`, feeds say that work has begun as planned.
    `levels`: by component id, what is promised of it; `responses`: likewise, of the response to its incidents.
    `contact` is an e-mail address. `id` is the one that other software knows the page by, where an import keeps it.
    `feeds_also`: by the path of a file, the feed that is published there too.
    `checks`: what site.yaml makes of what is wrong with content, by codes. `looks`: how it is dressed.
    `language` is that of its texts, `languages` are the others that there are pages in, and `words` what it is called
    there, sorted by language."""

    name: str
    url: str
    zone: ZoneInfo
    description: str = ""
    components: tuple[Component, ...] = ()
    groups: tuple[Group, ...] = ()
    links: tuple[tuple[str, str], ...] = ()
    shift_days: int = 0
    levels: tuple[tuple[str, ServiceLevel], ...] = ()
    responses: tuple[tuple[str, ResponseLevel], ...] = ()
    is_demo: bool = False
    report_rule: ReportRule | None = None
    hub: str = ""
    announces_begins: bool = True
    contact: str = ""
    id: str = ""
    feeds_also: tuple[tuple[str, str], ...] = ()
    checks: CheckLevels = ()
    looks: Looks = field(default_factory=Looks)
    language: str = "en"
    languages: tuple[str, ...] = ()
    words: tuple[SiteWords, ...] = ()
    kept: dict[object, Any] = field(default_factory=dict, init=False, repr=False, compare=False)

    @property
    def root(self) -> str:
        """The address of the site in its own language; in another one, that of the folder which this one is in."""
        return self.url.removesuffix(f"{self.language}/") if self.language in self.languages else self.url

    @property
    def aliases(self) -> tuple[str, ...]:
        """Files that send readers on to the page of a component."""
        return tuple(alias for component in self.components for alias in component.aliases)

    def level_of(self, component_id: str) -> ServiceLevel | None:
        return next((level for name, level in self.levels if name == component_id), None)

    def members(self, group_id: str) -> tuple[Component, ...]:
        return tuple(component for component in self.components if component.group == group_id)

    def sections(self) -> tuple[tuple[Group | None, tuple[Component, ...]], ...]:
        """Components as they are shown: groups stand where their first one does, and one without a group by itself."""
        groups = {group.id: group for group in self.groups}
        together: dict[str, list[Component]] = {}
        for component in self.components:
            together.setdefault(component.group or f"={component.id}", []).append(component)
        return tuple((groups.get(key), tuple(members)) for key, members in together.items())


@dataclass(frozen=True, slots=True)
class Content:
    """Everything that is published, checked: ids are unique and every reference has its target. `audit` is None where
    there is no git to tell it. `translations` are sorted by path."""

    site: Site
    incidents: tuple[Incident, ...] = ()
    changes: tuple[Change, ...] = ()
    notices: tuple[Notice, ...] = ()
    reports: tuple[ProblemReport, ...] = ()
    pages: tuple[Page, ...] = ()
    audit: Audit | None = None
    translations: tuple[Translation, ...] = ()
