"""An issue of GitHub -> an incident or planned work. Its comments are the updates."""

import re
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

from statusgen.importers.dates import read_time
from statusgen.importers.entries import Entry, Update
from statusgen.importers.json_values import Object, objects, text, time
from statusgen.importers.markdown import tidy

_FIELD = re.compile(r"^\s*(start|end|expectedDown|expectedDegraded)\s*:\s*(.*?)\s*$", re.MULTILINE)
_SYMBOLS = re.compile(r"^[^\w(\"'`\[]+")
_MARKS = frozenset({"status", "maintenance"})


def labels_of(issue: Object) -> list[str]:
    """The names of its labels, which GitHub's tools write in two ways."""
    value = issue.get("labels")
    found = [text(one, "name") for one in objects(value)]
    return found + [one for one in value if isinstance(one, str)] if isinstance(value, list) else found


def read_issue(
    issue: Object, comments: list[Object], name_of: Callable[[str], str], notes: list[str]
) -> tuple[Entry | None, str]:
    """(entry, why there is none). `name_of` a site by its slug."""
    number, labels = text(issue, "number"), labels_of(issue)
    title = " ".join(_SYMBOLS.sub("", text(issue, "title")).split()) or f"Issue {number}"
    opened = time(issue, "created_at", "createdAt")
    if not number.isdigit() or opened is None:
        return None, "it has no number or no time"
    if not _MARKS.intersection(labels):
        return None, "it has neither the label `status` nor `maintenance`"
    closed = time(issue, "closed_at", "closedAt")
    if closed is None and text(issue, "state").casefold() == "closed":
        closed = max((at for one in comments if (at := _at(one))), default=opened)
        notes.append(f"guessed: issue {number} is closed, but not since when: taken as {closed:%Y-%m-%d %H:%M} UTC")
    fields = dict(_FIELD.findall(text(issue, "body"))) if "maintenance" in labels else {}
    body = tidy(text(issue, "body"))[0]
    sites = [name_of(label) for label in labels if label not in _MARKS]
    common = Entry("", number, title, "incident", key=f"upptime:issue/{number}", aliases=(f"/incident/{number}/",))
    if "maintenance" in labels:
        return _as_change(common, fields, opened, closed, body, comments, name_of, notes), ""
    state = "degraded_performance" if "degraded" in title.casefold() else "major_outage"
    over = closed if closed is None or closed >= opened else opened
    updates = [Update("investigating", opened, body)]
    for at, words in _told(comments, opened):
        updates.append(Update("resolved" if over and at >= over else "investigating", at, words))
    if over and not any(update.status == "resolved" and update.at == over for update in updates):
        updates.append(Update("resolved", over, ""))
    updates.sort(key=lambda update: update.at)
    return _with(common, tuple(updates), tuple((name, state) for name in dict.fromkeys(sites)), starts=opened), ""


def _as_change(
    common: Entry,
    fields: dict[str, str],
    opened: datetime,
    closed: datetime | None,
    body: str,
    comments: list[Object],
    name_of: Callable[[str], str],
    notes: list[str],
) -> Entry:
    (starts, guess), (ends, other) = (read_time(fields.get(key, ""), UTC) for key in ("start", "end"))
    notes += [f"guessed: {one}" for one in (guess, other) if one]
    if starts is None:
        starts = opened
        notes.append(f"guessed: when {common.title} begins is not told: when its issue was opened")
    if ends is None or ends <= starts:
        ends = closed if closed and closed > starts else starts + timedelta(hours=1)
        notes.append(f"guessed: when {common.title} ends is not told: taken as {ends:%Y-%m-%d %H:%M} UTC")
    expected = f"{fields.get('expectedDown', '')},{fields.get('expectedDegraded', '')}"
    sites = [name_of(slug.strip()) for slug in re.split(r"[,\s]+", expected) if slug.strip()]
    updates = [Update("scheduled", opened, body)] if opened < starts else []
    for at, words in _told(comments, opened):
        updates.append(Update("scheduled" if at < starts else "in_progress" if at < ends else "completed", at, words))
    updates.sort(key=lambda update: update.at)
    named = tuple((name, None) for name in dict.fromkeys(sites))
    text = "" if opened < starts else body
    return _with(common, tuple(updates), named, starts=starts, ends=ends, body=text)


def _with(
    common: Entry,
    updates: tuple[Update, ...],
    components: tuple[tuple[str, str | None], ...],
    starts: datetime,
    ends: datetime | None = None,
    body: str = "",
) -> Entry:
    return Entry(
        common.feed_id,
        common.slug_id,
        common.title,
        "change" if ends else "incident",
        updates,
        components,
        starts,
        ends,
        key=common.key,
        body=body,
        aliases=common.aliases,
    )


def _told(comments: list[Object], opened: datetime) -> list[tuple[datetime, str]]:
    found = [(max(at, opened), tidy(text(one, "body"))[0]) for one in comments if (at := _at(one))]
    return [(at, words) for at, words in found if words]


def _at(comment: Object) -> datetime | None:
    return time(comment, "created_at", "createdAt")
