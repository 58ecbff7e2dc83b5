"""What is promised of the response to incidents, and of which components: beside the promise of uptime."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from statusgen.model.service_level import Limit, Measure
from statusgen.model.site import Site
from statusgen.model.states import Impact
from statusgen.parse.site import parse_site

SITE = """\
name: Acme
url: https://status.acme.example
groups: {core: Core}
components: {api: {name: API, group: core}, web: Website, db: {name: Database, group: core}}
promises:
"""


def site(promises: str) -> Site:
    found, problems = parse_site((SITE + promises).encode(), datetime(2026, 11, 20, tzinfo=UTC))
    assert found and not problems
    return found


def promised(promises: str) -> tuple[dict[str, str], dict[str, str]]:
    """The names of the promises of uptime and of response, by component."""
    found = site(promises)
    return {key: level.name for key, level in found.levels}, {key: level.name for key, level in found.responses}


def test_limits_by_impact_the_worst_first() -> None:
    found = site("""\
  all:
    response:
      major: {between_updates: 30m, resolve: 8h}
      critical: {resolve: 1h30m, between_updates: 90s}
""")
    assert found.levels == ()
    assert {level.limits for _, level in found.responses} == {
        (
            Limit(Impact.CRITICAL, Measure.BETWEEN_UPDATES, timedelta(seconds=90)),
            Limit(Impact.CRITICAL, Measure.RESOLVE, timedelta(minutes=90)),
            Limit(Impact.MAJOR, Measure.BETWEEN_UPDATES, timedelta(minutes=30)),
            Limit(Impact.MAJOR, Measure.RESOLVE, timedelta(hours=8)),
        )
    }


RESPONSE = "response: {critical: {resolve: 4h}}"


def test_one_promise_is_for_both() -> None:
    everything = dict.fromkeys(("api", "web", "db"), "all")
    assert promised(f"  all: {{target: 99.9, {RESPONSE}}}\n") == (everything, everything)


def test_what_a_nearer_promise_leaves_open_a_wider_one_says() -> None:
    text = f"""\
  all: {{target: 99.9, {RESPONSE}}}
  core: {{groups: [core], {RESPONSE}}}
  api: {{target: 99.99, components: [api]}}
"""
    assert promised(text) == (
        {"api": "api", "web": "all", "db": "all"},
        {"api": "core", "web": "all", "db": "core"},
    )


def test_two_promises_of_one_component_may_be_about_different_things() -> None:
    text = f"  uptime: {{target: 99.9, components: [api]}}\n  response: {{components: [api], {RESPONSE}}}\n"
    assert promised(text) == ({"api": "uptime"}, {"api": "response"})
