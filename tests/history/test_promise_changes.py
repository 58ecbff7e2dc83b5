"""What of a new site.yaml is another promise, in words that say all of it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime

import pytest

from statusgen.history.promise_changes import compare_sites
from statusgen.model.revisions import Commit
from statusgen.parse.site import parse_site

NOW = datetime(2026, 11, 24, tzinfo=UTC)
COMMIT = Commit("c" * 40, NOW)
WEIGHTS = ", major_outage weighs 1, partial_outage weighs 0.3"
MONDAY = "hours: Mon 20:00-21:00"
PLAIN = f"99.9 % of each month{WEIGHTS}"


@dataclass(frozen=True)
class Text:
    promise: str = ""
    top: str = ""
    component: str = "API"
    name: str = "all"

    def parse(self) -> bytes:
        promises = f"promises: {{{self.name}: {{{self.promise}}}}}\n" if self.promise else ""
        return (f"name: Acme\nurl: https://status.example/\n{self.top}\n"
                f"components: {{api: {self.component}}}\n{promises}").encode()  # fmt: skip


def tell(before: Text, after: Text) -> list[tuple[str, str, str]]:
    old, new = (parse_site(text.parse(), NOW)[0] for text in (before, after))
    assert old and new
    return [(change.what, change.before, change.after) for change in compare_sites(old, new, COMMIT)]


@pytest.mark.parametrize(
    ("before", "after", "what", "told"),
    [
        ("target: 99.9", "target: 99.95", "promise", (PLAIN, f"99.95 % of each month{WEIGHTS}")),
        ("target: 99.99995", "target: 99.99999", "promise",
         (f"99.99995 % of each month{WEIGHTS}", f"99.99999 % of each month{WEIGHTS}")),
        ("target: 99.9", "target: 99.9, weights: {partial_outage: 0.333}", "promise",
         (PLAIN, "99.9 % of each month, major_outage weighs 1, partial_outage weighs 0.333")),
        ("target: 99.9", "target: 99.9, credits: {99.12345: 12.5}", "promise",
         (PLAIN, f"{PLAIN}, below 99.12345 % 12.5 % is owed")),
        ("target: 99.9", "target: 99.9, hours: Mon-Fri 20:00-21:00", "promise",
         (PLAIN, f"{PLAIN}, only Mon–Fri 20:00–21:00")),
        (f"target: 99.9, {MONDAY}", f"target: 99.9, {MONDAY}, holidays: [2026-12-25, 2026-12-24]", "promise",
         (f"{PLAIN}, only Mon 20:00–21:00", f"{PLAIN}, only Mon 20:00–21:00, never on 2026-12-24, 2026-12-25")),
        ("target: 99.9, changes: {announced: 48h}", "target: 99.9, changes: {announced: 1d, allowance: 90m}", "promise",
         (f"{PLAIN}, changes announced 48 h ahead are left out",
          f"{PLAIN}, changes announced 24 h ahead are left out, 1 h 30 min of changes a month")),
        ("", "target: 99.9", "promise", ("", PLAIN)),
        ("", "response: {critical: {resolve: 4h, first_update: 15m}}, hours: Mon 08:00-18:00", "response",
         ("", "critical: first update in 15 min, critical: resolve in 4 h, only Mon 08:00–18:00")),
        ("response: {critical: {resolve: 4h}}", "response: {critical: {resolve: 241m}}", "response",
         ("critical: resolve in 4 h", "critical: resolve in 4 h 1 min")),
        ("response: {critical: {resolve: 4h}}", "", "response", ("critical: resolve in 4 h", "")),
    ],
)  # fmt: skip
def test_another_promise(before: str, after: str, what: str, told: tuple[str, str]) -> None:
    assert tell(Text(before), Text(after)) == [(what, *told)]


def test_what_is_no_other_promise() -> None:
    hours = "target: 99.9, hours: Mon 08:00-18:00, response: {critical: {resolve: 4h}}"
    assert tell(Text(hours), Text(hours.replace("99.9,", "99.90,"), name="other")) == []
    assert tell(Text(hours), Text(hours, top="description: New")) == []
    zones = [("time zone", "UTC", "Europe/Berlin")]
    assert tell(Text(hours), Text(hours, top="time_zone: Europe/Berlin")) == zones
    days = [("first day", "", "2026-01-01")]
    assert tell(Text(hours), Text(hours, component="{name: API, since: 2026-01-01}")) == days
