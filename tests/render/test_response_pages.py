"""What pages say of the response to incidents, and of what was promised of it."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from fractions import Fraction

import pytest
from html_reader import read_html
from sites import NOW, SITE, make_site

from statusgen.history.response_months import Spread
from statusgen.render.response_words import format_between, format_mean, kept_of

PROMISED = f"""{SITE}promises:
  all:
    response:
      critical: {{first_update: 15m, between_updates: 30m, resolve: 4h}}
"""
HEAD = "---\ntitle: Errors\ncomponents:\n  api: major_outage\nstarted: 2026-11-03 09:12\n---\n\n"
UPDATES = """\
## investigating @ 2026-11-03 09:20 {next=30m}

We look.

## identified @ 2026-11-03 09:41

Found.

## resolved @ 2026-11-03 10:40

Over.
"""
OPEN = "## investigating @ 2026-11-03 09:20\n\nWe look.\n"


def words(page: bytes) -> str:
    return re.sub(r"\s+", " ", " ".join(read_html(page.decode()).text))


def response(site: str, text: str, now: datetime = NOW) -> str:
    """What stands below the heading on the incident's page."""
    page = make_site({"site.yaml": site, "incidents/errors.md": text}, now)["incidents/errors/index.html"]
    return words(page).partition("Response ")[2].partition("All of")[0].strip()


def test_how_long_everything_took_and_what_was_promised() -> None:
    assert response(PROMISED, HEAD + UPDATES) == (
        "First update after 8 min (promised: within 15 min) ✓ kept "
        "Identified after 29 min "
        "Resolved after 1 h 28 min (promised: within 4 h) ✓ kept "
        "Longest silence 59 min (promised: at most 30 min) ✗ missed "
        "Promised next updates 1 of 1 in time"
    )


def test_without_a_promise_only_how_long() -> None:
    assert response(SITE, HEAD + UPDATES.replace(" {next=30m}", "")) == (
        "First update after 8 min Identified after 29 min Resolved after 1 h 28 min Longest silence 59 min"
    )
    started = HEAD.replace("started: 2026-11-03 09:12\n", "")
    assert response(SITE, started + OPEN) == "First update at once Resolved not yet"


@pytest.mark.parametrize(
    ("clock", "between", "resolved"),
    [
        ("09:49", "can still be kept", "can still be kept"),
        ("09:50", "✗ missed", "can still be kept"),
        ("13:11", "✗ missed", "can still be kept"),
        ("13:12", "✗ missed", "✗ missed"),
    ],
)
def test_an_open_incident_says_until_when(clock: str, between: str, resolved: str) -> None:
    """The zone is an hour ahead of UTC. No figure moves, so that the page stays until something happens."""
    hour, minute = clock.split(":")
    now = datetime(2026, 11, 3, int(hour) - 1, int(minute), tzinfo=UTC)
    due = {"09:50": between, "13:12": resolved}
    by = [f", by 3 November 2026, {when} CET " if verdict.startswith("can") else "" for when, verdict in due.items()]
    assert response(PROMISED, HEAD + OPEN, now) == (
        "First update after 8 min (promised: within 15 min) ✓ kept "
        f"Resolved not yet (promised: within 4 h{by[1]}) {resolved} "
        f"Longest silence (promised: at most 30 min{by[0]}) {between}"
    )


def test_months_lead_to_their_incidents() -> None:
    second = HEAD.replace("Errors", "Slow").replace("11-03", "11-10") + UPDATES.replace("11-03", "11-10")
    files = {"incidents/errors.md": HEAD + UPDATES, "incidents/slow.md": second}
    site = make_site({"site.yaml": PROMISED, **files})
    table = site["uptime/index.html"].decode()
    assert re.search(r'<a href="../uptime/2026-11/#Response">2026-11</a></th><td>2</td><td>8 min</td>', table)
    row = words(site["uptime/index.html"]).partition("MTBF 2026-11 ")[2].partition(" 2026-10")[0]
    assert row == "2 8 min 29 min 1 h 28 min 59 min 2 of 2 4 of 6 9 d 22 h"
    page = words(site["uptime/2026-11/index.html"]).partition("Response to incidents ")[2]
    assert "2 incidents began in November 2026." in page
    assert "resolved (MTTR) after 1 h 28 min (1 h 28 min). Time between failures (MTBF): 9 d 22 h." in page
    rows = page.partition("Next updates in time ")[2].partition(" Times and days")[0]
    line = "8 min ✓ kept 29 min 1 h 28 min ✓ kept 59 min ✗ missed 1 of 1"
    assert rows == f"Errors {line} Slow {line}"


def test_a_month_before_every_component_has_a_page_for_its_incidents() -> None:
    young = SITE.replace("api: API, web: {name: Website, group: edge}, db: Database",
                         "api: {name: API, since: 2026-11-10}")  # fmt: skip
    site = make_site({"site.yaml": young, "incidents/errors.md": (HEAD + UPDATES).replace("2026-11-03", "2024-02-03")})
    assert "Errors" in words(site["uptime/2024-02/index.html"])
    assert "No incidents in the last twelve months." in words(site["uptime/index.html"])


def test_waits_are_rounded_up_and_what_lies_between_them_down() -> None:
    assert format_mean(Spread(3, 181, Fraction(60))) == "1 min 1 s"
    assert format_mean(None) == format_between(None) == kept_of(0, 0) == "–"
    assert format_between(Fraction(7199, 2)) == "59 min 59 s"
