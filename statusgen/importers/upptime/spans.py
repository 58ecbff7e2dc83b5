"""Which outages of a site overlap, without a look at each pair: a repository of years has thousands."""

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from itertools import accumulate

_A_DAY = timedelta(days=1)
# So that a margin can be added to it.
_NEVER = datetime.max.replace(tzinfo=UTC) - _A_DAY


@dataclass(frozen=True, slots=True)
class Outage:
    """`end` is None while it goes on. `words` are what was told when it began and when it ended."""

    site: str
    state: str
    start: datetime
    end: datetime | None
    words: tuple[str, str] = ("", "")

    @property
    def latest(self) -> datetime:
        return min(self.end or _NEVER, _NEVER)


class Overlaps:
    """Finds whether an outage comes within a margin of one of these, of the same site."""

    def __init__(self, outages: Iterable[Outage], margin: timedelta) -> None:
        self._margin = margin
        by_site = defaultdict(list)
        for one in outages:
            by_site[one.site].append((one.start, one.latest))
        self._starts = {site: sorted(start for start, _ in spans) for site, spans in by_site.items()}
        # The latest end of all that begin so early.
        self._ends = {site: list(accumulate((end for _, end in sorted(by_site[site])), max)) for site in by_site}

    def has(self, one: Outage) -> bool:
        starts = self._starts.get(one.site, [])
        count = bisect_right(starts, one.latest + self._margin)
        return count > 0 and one.start <= self._ends[one.site][count - 1] + self._margin


def minutes_by_day(outages: Iterable[Outage], days: Iterable[date]) -> dict[date, float]:
    """The minutes of each of the `days`, in UTC, that the outages of one site take; one that goes on takes them all."""
    begins = sorted({datetime.combine(day, time(), UTC) for day in days})
    told = dict.fromkeys(begins, 0.0)
    for one in outages:
        first = max(0, bisect_right(begins, one.start) - 1)
        for begin in begins[first:]:
            if begin >= one.latest:
                break
            taken = min(one.latest, begin + _A_DAY) - max(one.start, begin)
            told[begin] += max(0.0, taken / timedelta(minutes=1))
    return {begin.date(): minutes for begin, minutes in told.items()}
