"""A made-up content folder of any size, the same for the same numbers."""

from __future__ import annotations

import random
from datetime import UTC, datetime, timedelta
from pathlib import Path

COMPONENTS = 20
YEARS = 5
END = datetime(2026, 11, 1, tzinfo=UTC)
STATES = ("degraded_performance", "partial_outage", "major_outage")
STATUSES = ("investigating", "identified", "monitoring", "resolved")
WORDS = """customers requests errors api region queue database cache deploy rollback traffic latency webhook search
login payments reports export worker disk network certificate provider engineers found restarted slower recovered
because while after before some most all few minutes hours again""".split()


def write_content(folder: Path, incidents: int, components: int = COMPONENTS, more: str = "") -> datetime:
    """Writes a site, with `more` lines in its site.yaml, and that many incidents of four updates each, spread over five
    years; the time to build it at."""
    dice = random.Random(incidents)
    folder.mkdir(parents=True)
    (folder / "site.yaml").write_text(_site(components) + more, "utf-8")
    for number in range(incidents):
        began = END - timedelta(seconds=dice.randrange(YEARS * 365 * 86400))
        path = folder / f"incidents/{began:%Y}/{began:%Y-%m-%d}-{number:05d}.md"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(_incident(dice, began, components), "utf-8")
    return END


def _site(components: int) -> str:
    lines = [f"  c{number:02d}: {{name: Component {number}, group: g{number % 4}}}" for number in range(components)]
    groups = "{" + ", ".join(f"g{number}: Group {number}" for number in range(4)) + "}"
    head = f"name: Bench\nurl: https://status.example/\ntime_zone: Europe/Berlin\ngroups: {groups}\ncomponents:\n"
    return head + "\n".join(lines) + "\n"


def _incident(dice: random.Random, began: datetime, components: int) -> str:
    chosen = dice.sample(range(components), dice.randint(1, 3))
    states = "\n".join(f"  c{number:02d}: {dice.choice(STATES)}" for number in sorted(chosen))
    text = [f"---\ntitle: {_sentence(dice, 6)}\ncomponents:\n{states}\n---\n"]
    at = began
    for status in STATUSES:
        text.append(f"\n## {status} @ {at:%Y-%m-%d %H:%M} UTC\n\n{_sentence(dice, 30)}\n\n{_sentence(dice, 25)}\n")
        at += timedelta(minutes=dice.randint(5, 90))
    return "".join(text)


def _sentence(dice: random.Random, words: int) -> str:
    return " ".join(dice.choices(WORDS, k=words)).capitalize() + "."
