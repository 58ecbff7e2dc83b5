"""Which update of an entry each text of a translation belongs to."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from statusgen.model.entries import Change, Incident, ProblemReport, Update
from statusgen.model.states import Status
from statusgen.model.translations import Translation
from statusgen.parse.parsed import Parsed
from statusgen.parse.parsed_translation import ParsedTranslation, TranslatedUpdate
from statusgen.parse.times import Clock
from statusgen.problems import Problem, as_warning

# Times that git gives to headings have seconds; those that people write have none.
NEAR = timedelta(minutes=1)
CODE = "translation-update"


def match_translation(parsed: ParsedTranslation, original: Parsed, clock: Clock) -> tuple[Translation, list[Problem]]:
    """The translation with the ids of the updates that it has texts for, and what of it the original does not have,
    which is left out."""
    words, entry, problems = parsed.words, original.entry, list[Problem]()
    if isinstance(entry, Incident | Change):
        pairs = _pair(parsed.updates, entry.updates, original.newest_first)
        problems += _check_pairs(words.path, parsed.updates, pairs, entry, clock)
        texts = {update.id: told.body for told, update in pairs if told.body}
        words = replace(words, updates=tuple((one.id, texts[one.id]) for one in entry.updates if one.id in texts))
    elif isinstance(entry, ProblemReport) and words.actions and len(words.actions) != len(entry.actions):
        message = f"here are {len(words.actions)} of `actions`, and in the original {len(entry.actions)}"
        hint = "translate each of them, in the same order"
        problems.append(Problem(words.path, parsed.actions_line, CODE, message, hint))
        words = replace(words, actions=())
    is_draft = parsed.draft or original.draft
    return words, list(map(as_warning, problems)) if is_draft else problems


def _pair(
    told: Sequence[TranslatedUpdate], updates: Sequence[Update], newest_first: bool
) -> list[tuple[TranslatedUpdate, Update]]:
    """Those with a time first; the others are taken in turn for the updates of their status that are left."""
    left = list(updates)
    pairs: list[tuple[TranslatedUpdate, Update]] = []
    timed = [one for one in told if one.at is not None]
    untimed = [one for one in told if one.at is None]
    for one in [*timed, *_oldest_first(untimed, updates, newest_first)]:
        fit = [update for update in left if update.status is one.status and _is_near(one.at, update.at)]
        if fit:
            exact = next((update for update in fit if update.at == one.at), fit[0])
            left.remove(exact)
            pairs.append((one, exact))
    return pairs


def _is_near(at: datetime | None, other: datetime) -> bool:
    return at is None or timedelta(0) <= other - at < NEAR


def _oldest_first(
    told: Sequence[TranslatedUpdate], updates: Sequence[Update], newest_first: bool
) -> Sequence[TranslatedUpdate]:
    """In the original's order, where their statuses do not say that they stand in the other one."""
    ways = [told[::-1], told] if newest_first else [told, told[::-1]]
    statuses = [update.status for update in updates]
    return next((way for way in ways if _is_part([one.status for one in way], statuses)), ways[0])


def _is_part(some: Sequence[Status], whole: Sequence[Status]) -> bool:
    """Whether all of `some` are there, in this order."""
    rest = iter(whole)
    return all(status in rest for status in some)


def _check_pairs(
    path: str,
    told: Sequence[TranslatedUpdate],
    pairs: list[tuple[TranslatedUpdate, Update]],
    entry: Incident | Change,
    clock: Clock,
) -> Iterator[Problem]:
    found = {one.line: update for one, update in pairs}
    for one in told:
        update = found.get(one.line)
        if update is None:
            when = f" @ {clock.write_time(one.at)}" if one.at else ""
            has = ", ".join(f"`{other.status.value} @ {clock.write_time(other.at)}`" for other in entry.updates)
            message = f"the original has no update `{one.status.value}{when}` that is left for this one"
            yield Problem(path, one.line, CODE, message, f"it has {has or 'no updates'}")
        elif not set(one.states) <= set(update.states) or not (
            one.next_at is None or (update.next_at and abs(update.next_at - one.next_at) < NEAR)
        ):
            message = "the braces of this heading say something else than those of the original, whose facts hold"
            yield Problem(path, one.line, "translation-fact", message, "take them out: facts stand there alone")
