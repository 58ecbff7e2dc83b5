"""Random content: good, odd and broken."""

from __future__ import annotations

import random
from datetime import datetime, timedelta

COMPONENTS = ("api", "web", "mail", "jobs")
STATES = ("operational", "degraded_performance", "partial_outage", "major_outage", "under_maintenance")
STATUSES = ("investigating", "identified", "monitoring", "resolved")
WORDS = "requests fail slowly because a disk in the second room ran full while we slept".split()
FOLDERS = ("incidents", "incidents/2026", "changes", "notices", "problems", "pages", "messages")
# Codes of what is said of the time at which a file was read.
OF_NOW = ("future-time", "not-announced", "report-overdue")
# What makes a file one with errors, whatever it was.
BROKEN: tuple[bytes, ...] = (
    b"---\ntitle: [\n---\n",
    b"---\ntitle: X\nnobody: knows\n---\n\nText.\n",
    b"",
    b"---\ntitle: \xff\xfe\n---\n\nText.\n",
    b"---\ntitle: X\n---\n\n## nonsense @ 2026-11-03 09:00\n\nText.\n",
    b"---\ntitle: X\n---\n\n## investigating @ 2026-13-03 09:00\n\nText.\n",
    b"no front matter at all\n",
)
BROKEN_SITES: tuple[bytes, ...] = (
    b"name: [\n",
    b"",
    b"name: X\n",
    b"name: X\nurl: https://x.example/\ntime_zone: Nowhere/X\n",
)
BROKEN_PAGES: tuple[bytes, ...] = (
    b"{% block",
    b"{{ 1 / 0 }}",
    b"{{ nothing.at.all }}",
    b"\xff",
    b"{% extends 'gone.html' %}",
)


class Texts:
    """What a random author writes at a time."""

    def __init__(self, dice: random.Random) -> None:
        self.dice = dice

    def words(self, most: int = 12) -> str:
        return " ".join(self.dice.choices(WORDS, k=self.dice.randint(2, most)))

    def text(self, name: str, now: datetime) -> bytes:
        """Of a file by its path, mostly good."""
        if self.dice.random() < 0.15:
            return self.dice.choice(BROKEN)
        kind = name.split("/")[0]
        makers = {"incidents": self._incident, "changes": self._change, "notices": self._notice}
        text = makers[kind](now) if kind in makers else self._other(kind)
        return (text.replace("\n", "\r\n") if self.dice.random() < 0.05 else text).encode()

    def site(self) -> bytes:
        dice = self.dice
        if dice.random() < 0.3:
            return dice.choice(BROKEN_SITES)
        components = ", ".join(f"{name}: {name.upper()}" for name in COMPONENTS if dice.random() < 0.7 or name == "api")
        lines = [f"name: {self.words(3)}", "url: https://status.example/", f"components: {{{components}}}"]
        if dice.random() < 0.4:
            lines.append(f"time_zone: {dice.choice(('UTC', 'Europe/Berlin', 'Asia/Tokyo', 'America/St_Johns'))}")
        if dice.random() < 0.3:
            lines.append("problems: {due: {critical: 1h, major: 2d}}")
        if dice.random() < 0.1:
            lines.append("demo_today: 2026-11-20")
        return ("\n".join(lines) + "\n").encode()

    def page(self) -> bytes:
        """The template of a theme."""
        if self.dice.random() < 0.3:
            return self.dice.choice(BROKEN_PAGES)
        return f"<title>{self.words(3)}</title><p>{{{{ root }}}}</p>".encode()

    def _heading(self, statuses: tuple[str, ...], at: datetime) -> str:
        dice = self.dice
        time = f" @ {at:%Y-%m-%d %H:%M} UTC" if dice.random() < 0.5 else ""
        marks = ""
        if dice.random() < 0.4:
            marks = f" {{{self._component()}={dice.choice(STATES)}}}"
        elif dice.random() < 0.3:
            marks = f" {{next={dice.randint(5, 90)}m}}"
        return f"## {dice.choice(statuses)}{time}{marks}\n\n{self.words()}.\n\n"

    def _component(self) -> str:
        return self.dice.choice(("nowhere", *COMPONENTS * 5))

    def _head(self, *lines: str) -> str:
        own = f"id: {self.dice.choice('abc')}\n" if self.dice.random() < 0.1 else ""
        draft = "draft: true\n" if self.dice.random() < 0.05 else ""
        return f"---\ntitle: {self.words(5)}\n{own}{draft}" + "".join(f"{line}\n" for line in lines) + "---\n\n"

    def _incident(self, now: datetime) -> str:
        dice = self.dice
        head = self._head(f"components: {{{self._component()}: {dice.choice(STATES)}}}")
        begun = now - timedelta(minutes=dice.randint(0, 5000))
        return head + "".join(
            self._heading(STATUSES, begun + number * timedelta(minutes=7)) for number in range(dice.randint(1, 4))
        )

    def _change(self, now: datetime) -> str:
        dice = self.dice
        starts = now + timedelta(minutes=dice.randint(-3000, 3000))
        lines = [
            f"starts: {starts:%Y-%m-%d %H:%M} UTC",
            f"duration: {dice.randint(1, 9)}h",
            f"components: [{self._component()}]",
        ]
        lines += ["auto: true"] * (dice.random() < 0.5)
        kind = dice.random()
        if kind < 0.35:
            lines += self._series(starts)
        elif kind < 0.55:
            # Mostly of a series that has that day, where its file was written on about the same day.
            lines.append(f"occurrence: {{of: c{dice.randrange(12)}, on: {self._day(now)}}}")
        text = f"{self.words()}.\n\n" if dice.random() < 0.5 else ""
        return self._head(*lines) + text + self._heading(("scheduled", "in_progress"), now)

    def _series(self, starts: datetime) -> list[str]:
        lines = [f"repeat: FREQ={self.dice.choice(('DAILY', 'DAILY;COUNT=5', 'WEEKLY'))}"]
        moved = f"starts: {starts + timedelta(hours=self.dice.randint(20, 60)):%Y-%m-%d %H:%M} UTC"
        what = self.dice.choice(("cancelled: true", moved, "duration: 20m", "components: {api: major_outage}"))
        if self.dice.random() < 0.6:
            lines.append(f"except: [{{on: {self._day(starts)}, {what}}}]")
        return lines

    def _day(self, near: datetime) -> str:
        return f"{near + timedelta(days=self.dice.randint(0, 3)):%Y-%m-%d}"

    def _notice(self, now: datetime) -> str:
        publish = now + timedelta(minutes=self.dice.randint(-3000, 3000))
        expires = publish + timedelta(hours=self.dice.randint(1, 99))
        return (
            self._head(f"publish: {publish:%Y-%m-%d %H:%M} UTC", f"expires: {expires:%Y-%m-%d %H:%M} UTC")
            + self.words()
            + ".\n"
        )

    def _other(self, kind: str) -> str:
        named = f"incidents: [i{self.dice.randrange(12)}]"
        return self._head(*([named, "status: open"] if kind == "problems" else [])) + self.words(40) + ".\n"
