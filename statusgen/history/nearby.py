"""The effects that reach into a month, by day and by file, so that those around one are found without a look at all."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from statusgen.history.effects import Effect

Effects = tuple[Effect, ...]


@dataclass(frozen=True, slots=True)
class Nearby:
    """`effects` reach into [start, end). `by_day` counts days of 24 hours from `start`."""

    effects: Effects
    start: datetime
    end: datetime
    by_path: dict[str, Effects]
    by_day: dict[int, list[Effect]]

    def cut(self, effects: Iterable[Effect]) -> Effects:
        """Those that reach into [start, end), too."""
        return tuple(effect for effect in effects if effect.start < self.end and effect.end > self.start)

    def days_of(self, effect: Effect) -> range:
        first, last = max(effect.start, self.start) - self.start, min(effect.end, self.end) - self.start
        return range(first.days, last.days + 1)


def index_effects(effects: Effects, start: datetime, end: datetime) -> Nearby:
    nearby = Nearby(effects, start, end, {}, {})
    by_path: dict[str, list[Effect]] = {}
    for effect in effects:
        by_path.setdefault(effect.cause.path, []).append(effect)
        for day in nearby.days_of(effect):
            nearby.by_day.setdefault(day, []).append(effect)
    nearby.by_path.update((path, tuple(found)) for path, found in by_path.items())
    return nearby


def find_near(nearby: Nearby, around: Iterable[Effect], but: Effects) -> Effects:
    """The effects that overlap some of those `around`, each once, but for some."""
    known = {id(effect) for effect in but}
    found = {}
    for one in around:
        for day in nearby.days_of(one):
            for other in nearby.by_day.get(day, ()):
                if other.start < one.end and other.end > one.start and id(other) not in known:
                    found[id(other)] = other
    return tuple(found.values())
