"""Outages of which no issue tells: by the commits of Upptime, or by the minutes per day of its summary."""

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import UTC, datetime, time, timedelta
from html import escape

from statusgen.importers.dates import read_date, read_time
from statusgen.importers.entries import Entry, Update
from statusgen.importers.feed.html import to_markdown
from statusgen.importers.json_values import Object, text
from statusgen.importers.text import slugify
from statusgen.importers.upptime.spans import Outage, Overlaps, minutes_by_day

_COMMIT = re.compile(
    r"(?P<time>\d{4}-\d\d-\d\d[T ]\d\d:\d\d:\d\d\S*)\s[^\n]*?(?P<mark>🟥|🟨|🟩)\s+"
    r"(?P<words>(?P<name>.+?) (?:is (?:down|up)|has degraded performance)\b[^\[]*)"
)
_STATES = {"🟥": "major_outage", "🟨": "degraded_performance", "🟩": ""}
# The summary rounds, and knows of an outage only from the check that found it.
_NEAR = 3


def read_commits(log: str) -> list[Outage]:
    """From the lines of `git log`, in any order, each with a time and its subject."""
    found = []
    for line in log.split("\n"):
        match = _COMMIT.search(line)
        at = read_time(match["time"], UTC)[0] if match else None
        if match and at:
            name, words = (" ".join(match[part].split()) for part in ("name", "words"))
            found.append((at, name, _STATES[match["mark"]], words))
    outages: list[Outage] = []
    going: dict[str, Outage] = {}
    for at, site, state, words in sorted(found):
        known = going.get(site)
        if known and known.state != state:
            outages.append(replace(going.pop(site), end=at, words=(known.words[0], words)))
            known = None
        if state and not known:
            going[site] = Outage(site, state, at, None, (words, ""))
    return outages + list(going.values())


def part_told(outages: Iterable[Outage], told: Iterable[Outage]) -> tuple[list[Outage], list[Outage]]:
    """(those of which no issue tells, the others): an issue is opened a little after its commit."""
    overlaps = Overlaps(told, timedelta(minutes=10))
    fresh: list[Outage] = []
    others: list[Outage] = []
    for one in outages:
        (others if overlaps.has(one) else fresh).append(one)
    return fresh, others


def guess_outages(
    summary: Iterable[Object], known: Iterable[Outage], notes: list[str]
) -> tuple[list[Outage], list[Outage]]:
    """For the minutes per day that nothing else tells of, when they were is not known; and what would be guessed for
    those of which the rest tells."""
    by_site = defaultdict(list)
    for one in known:
        by_site[one.site].append(one)
    found: list[Outage] = []
    others: list[Outage] = []
    for site in summary:
        name, days = " ".join(text(site, "name").split()), site.get("dailyMinutesDown")
        days = days if name and isinstance(days, dict) else {}
        told_on = minutes_by_day(by_site[name], filter(None, map(read_date, days)))
        for day, minutes in sorted(days.items()):
            on = read_date(str(day))
            if on is None or not isinstance(minutes, int | float) or not 0 < minutes <= 24 * 60:
                notes.append(f"left out: {name} was down on `{day}` for `{minutes}` minutes")
                continue
            begin = datetime.combine(on, time(), UTC)
            told = told_on[on]
            what = f"{name} was down on {on} for {minutes} minutes"
            guess = Outage(
                name, "major_outage", begin, begin + timedelta(minutes=minutes), (f"{what}; when is not known.", "")
            )
            (others if told else found).append(guess)
            if not told:
                notes.append(f"guessed: {what}; when is not told: from 00:00 UTC")
            elif abs(told - minutes) > _NEAR:
                notes.append(f"{what} by the summary, for {told:.0f} by the rest: this holds")
    return found, others


def make_incident(outage: Outage) -> Entry:
    down = outage.state == "major_outage"
    title = f"{outage.site} {'is down' if down else 'has degraded performance'}"
    begin, end = outage.words
    updates = [Update("investigating", outage.start, _quoted(begin))]
    updates += [Update("resolved", outage.end, _quoted(end))] if outage.end else []
    slug = slugify(outage.site) or "site"
    slug_id = f"{outage.start:%Y-%m-%d}-{slug}-{outage.start:%H%M%S}"
    return Entry(
        feed_id="",
        slug_id=slug_id,
        title=title,
        kind="incident",
        updates=tuple(updates),
        components=((outage.site, outage.state),),
        starts_at=outage.start,
        key=f"upptime:{slug}/{outage.start:%Y-%m-%dT%H:%M:%S}",
        path=f"incidents/{outage.start:%Y}/{slug_id}.md",
    )


def _quoted(words: str) -> str:
    """As it is, where markdown would take it for something else."""
    return to_markdown(escape(words, quote=False))


def names_by_slug(summary: Iterable[Object]) -> Mapping[str, str]:
    return {text(one, "slug"): " ".join(text(one, "name").split()) for one in summary if text(one, "name")}
