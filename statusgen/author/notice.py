"""Notices: what customers should know, and is neither broken nor planned work."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from statusgen.author.asked import make_slug, place_of
from statusgen.author.front import quote, write_front
from statusgen.author.moments import question_future, read_moment, write_moment
from statusgen.author.plan import Plan, read_back
from statusgen.errors import Error
from statusgen.model.entries import Notice
from statusgen.model.zone import day_start
from statusgen.parse.times import DATE, Clock, Complaint


@dataclass(frozen=True, slots=True)
class Day:
    """A time as it is written: a whole day, or a moment."""

    at: datetime
    text: str


@dataclass(frozen=True, slots=True)
class Posting:
    title: str
    text: str
    publish: Day
    expires: Day | None = None
    pinned: bool = False
    components: tuple[str, ...] = ()


def read_day(text: str, option: str, clock: Clock, now: datetime, end: bool) -> Day:
    """A date is its first instant or, with `end`, the first one after it, as in the file. Raises Error."""
    if not DATE.fullmatch(text.strip()):
        at = read_moment(text, option, clock, now, "future")
        return Day(at, write_moment(at, clock))
    try:
        return Day(day_start(clock.parse_date(text) + timedelta(days=int(end)), clock.zone), text.strip())
    except Complaint as complaint:
        raise Error(f"{option}: {complaint.message}; {complaint.hint}") from None


def plan_post(asked: Posting, paths: Sequence[str], taken: Iterable[str], clock: Clock, now: datetime) -> Plan:
    """A new file. `paths` are those of all notices, and `taken` their ids. Raises Error."""
    if asked.expires and asked.expires.at <= asked.publish.at:
        raise Error(f"the notice would expire ({asked.expires.text}) before it is published ({asked.publish.text})")
    fields = [f"title: {quote(asked.title)}", f"publish: {asked.publish.text}"]
    fields += [f"expires: {asked.expires.text}"] if asked.expires else []
    fields += ["pinned: true"] if asked.pinned else []
    fields += [f"components: [{', '.join(asked.components)}]"] if asked.components else []
    slug, same = make_slug(asked.publish.text[:10], asked.title, taken)
    path = place_of("notices", slug, paths)
    notice = Notice(
        id=slug,
        path=path,
        title=asked.title,
        body=read_back(asked.text),
        publish_at=asked.publish.at,
        expires_at=asked.expires.at if asked.expires else None,
        pinned=asked.pinned,
        components=asked.components,
    )
    today = day_start(now.astimezone(clock.zone).date(), clock.zone)
    questions = question_future(asked.publish.at, min(now, today), "the publication", clock)
    if asked.expires and asked.expires.at <= now:
        questions.append(f"the notice expires at {clock.write_time(asked.expires.at)}, which is over.")
    if same:
        questions.append(f"there is a notice {same} already.")
    data = write_front(fields, asked.text.split("\n"))
    return Plan(path, None, data, notice, f"Notice: {asked.title}", tuple(questions))
