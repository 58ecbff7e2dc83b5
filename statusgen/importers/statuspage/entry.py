"""An incident or a scheduled maintenance of the API -> an entry, with its id."""

import re
from collections.abc import Mapping
from datetime import datetime, timedelta
from html import escape

from statusgen.importers.entries import Component, Entry, Update
from statusgen.importers.feed.html import to_markdown
from statusgen.importers.json_values import Object, objects, text, time
from statusgen.model.states import IMPACT_OF_STATE, Impact, State, worst

_ID = re.compile(r"[A-Za-z0-9][A-Za-z0-9_-]{0,63}")
_TAG = re.compile(r"</?(?:p|br|a|b|strong|i|em|ul|ol|li|div|span|code|pre|h[1-6]|blockquote)\b[^<>]*>", re.IGNORECASE)
_INCIDENT = {"investigating", "identified", "monitoring", "resolved"}
_CHANGE = {"scheduled", "in_progress", "verifying", "completed", "cancelled"}
_WRITTEN_UP = "postmortem"
# Where no update tells the states of components, which old ones do not.
_STATE_OF_IMPACT = {"critical": "major_outage", "major": "partial_outage", "minor": "degraded_performance"}
_STATES = {state.value for state in State}


def read_entry(
    found: Object, names: Mapping[str, str], base: str, notes: list[str], url: str = ""
) -> tuple[Entry | None, str]:
    """(entry, why there is none). `names` by the ids of components, `base` is what relative links start from."""
    entry_id = text(found, "id")
    if not _ID.fullmatch(entry_id):
        return None, f"its id `{entry_id}` is none"
    title = " ".join(text(found, "name").split()) or "Untitled"
    is_change = bool(text(found, "scheduled_for")) or text(found, "status") in _CHANGE
    updates, first = _read_updates(found, is_change, names, base, notes)
    begin = time(found, "started_at", "created_at") or (updates[0].at if updates else None)
    if begin is None:
        return None, "it has no time"
    common = Entry(url, entry_id, title, "incident", updates, key=f"statuspage:{entry_id}")
    if is_change:
        return _as_change(common, found, first, notes), ""
    if not updates:
        updates = (Update("investigating", begin, ""),)
        notes.append(f"guessed: {title} ({entry_id}) has no update")
    if updates[-1].status != "resolved" and text(found, "status") in ("resolved", _WRITTEN_UP):
        over = max(time(found, "resolved_at", "updated_at") or updates[-1].at, updates[-1].at)
        updates = (*updates, Update("resolved", over, ""))
    if not first:
        first = _guess_states(found, names, title, notes)
    starts_at = min(begin, updates[0].at)
    impact = _impact_of(text(found, "impact"), (first, *(update.states for update in updates)))
    return Entry(url, entry_id, title, "incident", updates, first, starts_at, key=common.key, impact=impact), ""


def _read_updates(
    found: Object, is_change: bool, names: Mapping[str, str], base: str, notes: list[str]
) -> tuple[tuple[Update, ...], tuple[Component, ...]]:
    """Oldest first; and the states that hold from the begin."""
    known = _CHANGE if is_change else _INCIDENT
    status = "scheduled" if is_change else "investigating"
    told: list[tuple[datetime, Object]] = []
    for item in objects(found.get("incident_updates")):
        at = time(item, "display_at", "created_at", "updated_at")
        if at is None:
            notes.append(f"left out: an update of {text(found, 'id')} without a time: {text(item, 'body')[:200]}")
        else:
            told.append((at, item))
    # They stand newest first, and of those of one time the upper one is the newer one.
    told.reverse()
    told.sort(key=lambda pair: pair[0])
    updates: list[Update] = []
    first: tuple[Component, ...] = ()
    last: dict[str, str] = {}
    for number, (at, item) in enumerate(told):
        word = text(item, "status")
        body = _body(text(item, "body"), base)
        if word == _WRITTEN_UP:
            word, body = ("completed" if is_change else "resolved"), f"*Postmortem*\n\n{body}".strip()
        if word in known:
            status = word
        else:
            notes.append(f"guessed: the status `{word}` of {text(found, 'id')} is taken as {status}")
        states = _states_of(item, names)
        changed = tuple((name, state) for name, state in states.items() if last.get(name) != state)
        last.update(states)
        if number == 0:
            first = tuple((name, state) for name, state in states.items() if state != "operational")
            changed = ()
        final = status in ("resolved", "completed", "cancelled")
        updates.append(Update(status, at, body, () if final else changed))
    return tuple(updates), first


def _states_of(item: Object, names: Mapping[str, str]) -> dict[str, str]:
    found = {}
    for one in objects(item.get("affected_components")):
        name, state = names.get(text(one, "code")) or " ".join(text(one, "name").split()), text(one, "new_status")
        if name and state in _STATES:
            found[name] = state
    return found


def _guess_states(found: Object, names: Mapping[str, str], title: str, notes: list[str]) -> tuple[Component, ...]:
    named = [
        names.get(text(one, "id")) or " ".join(text(one, "name").split()) for one in objects(found.get("components"))
    ]
    named = [name for name in dict.fromkeys(named) if name]
    state = _STATE_OF_IMPACT.get(text(found, "impact"), "degraded_performance")
    if named:
        notes.append(f"guessed: how bad {title} ({text(found, 'id')}) was for {', '.join(named)} is taken as {state}")
    return tuple((name, state) for name in named)


def _impact_of(told: str, steps: tuple[tuple[Component, ...], ...]) -> str:
    """ "" where it follows from the states."""
    found = worst([State(state) for states in steps for _, state in states if state])
    return told if told in set(Impact) and told != IMPACT_OF_STATE[found] else ""


def _as_change(common: Entry, found: Object, first: tuple[Component, ...], notes: list[str]) -> Entry:
    updates = common.updates
    starts = time(found, "scheduled_for", "started_at", "created_at") or updates[0].at
    ends = time(found, "scheduled_until")
    if ends is None or ends <= starts:
        ends = starts + timedelta(hours=1)
        notes.append(f"guessed: {common.title} ({common.slug_id}) has no end after its begin: taken as one hour")
    named = objects(found.get("components"))
    components = first or tuple((" ".join(text(one, "name").split()), None) for one in named if text(one, "name"))
    # Until it begins, everything is as it was.
    kept = tuple((name, state if state != "operational" else None) for name, state in components)
    return Entry(common.feed_id, common.slug_id, common.title, "change", updates, kept, starts, ends, key=common.key)


def _body(body: str, base: str) -> str:
    if not _TAG.search(body):
        body = escape(body, quote=False).replace("\r\n", "\n").replace("\n\n", "<p>").replace("\n", "<br>")
    return to_markdown(body, base)
