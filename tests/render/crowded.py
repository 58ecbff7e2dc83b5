"""A site of many components in groups, of which some are broken: the front page at its largest."""

from __future__ import annotations

from datetime import datetime, timedelta

from sites import NOW, make_site

COMPONENTS, GROUPS, OPEN = 500, 25, 20
FORM = "%Y-%m-%dT%H:%MZ"
STATES = ("degraded_performance", "partial_outage", "major_outage")
TEXT = "Some requests fail in this region. We have found the cause and are moving traffic away from it."


def make_crowded() -> dict[str, bytes]:
    """Each component was broken on three days of the 90; `OPEN` incidents of two components each go on."""
    groups = "".join(f"  g{number}: Region {number}\n" for number in range(GROUPS))
    parts = "".join(
        f"  c{number}: {{name: Service {number}, group: g{number * GROUPS // COMPONENTS}}}\n"
        for number in range(COMPONENTS)
    )
    head = "name: Acme\nurl: https://status.acme.example/\ntime_zone: Europe/Berlin\n"
    files = {"site.yaml": f"{head}groups:\n{groups}components:\n{parts}"}
    for number in range(OPEN):
        names = ", ".join(f"c{place}: {STATES[number % 3]}" for place in (number * 7, number * 7 + 1))
        files[f"incidents/open-{number}.md"] = _incident(number, names, NOW - timedelta(hours=number + 2))
    for number in range(COMPONENTS // 5 * 3):
        names = ", ".join(f"c{(number * 5 + place) % COMPONENTS}: {STATES[number % 3]}" for place in range(5))
        at = NOW - timedelta(days=2 + number * 86 // (COMPONENTS // 5 * 3), hours=number % 9)
        files[f"incidents/past-{number}.md"] = _incident(number, names, at, resolved=True)
    return make_site(files)


def _incident(number: int, names: str, at: datetime, *, resolved: bool = False) -> str:
    end = f"\n## resolved @ {at + timedelta(minutes=20 + number % 50):{FORM}}\n\nFixed.\n" if resolved else ""
    head = f"---\ntitle: Errors in part {number}\ncomponents: {{{names}}}\n---\n"
    return f"{head}\n## investigating @ {at:{FORM}}\n\n{TEXT}\n{end}"
