"""A translation's file: the grammar of its original, with words only."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from functools import cache

from statusgen.model.states import FINAL, ChangeStatus, IncidentStatus, State
from statusgen.model.translations import Translation
from statusgen.parse.documents import read_actions, read_markdown
from statusgen.parse.fields import Fields
from statusgen.parse.front_matter import parse_document
from statusgen.parse.headings import Heading, split_updates
from statusgen.parse.markup import check_markup
from statusgen.parse.near_updates import check_near_updates
from statusgen.parse.parsed_translation import ParsedTranslation, TranslatedUpdate
from statusgen.parse.schema.make import ENTRIES
from statusgen.parse.times import TIME_HINT, Clock, Complaint
from statusgen.parse.updates import parse_attributes, parse_status
from statusgen.problems import Problem, as_warning, has_errors

STATUSES: dict[str, type[IncidentStatus] | type[ChangeStatus]] = {"incidents": IncidentStatus, "changes": ChangeStatus}
# The keys of front matter that have words; any other one is a fact.
WORDS = {"title", "draft"}
REPORT_WORDS = {"root_cause", "workaround", "actions"}


def parse_translation(
    path: str, original: str, language: str, data: bytes, clock: Clock
) -> tuple[ParsedTranslation | None, list[Problem]]:
    """Of the file `original`, whose folder says what kind it is. Depends on nothing but its arguments."""
    document, problems = parse_document(path, data)
    if document is None:
        return None, problems
    fields = Fields(path, document.header, document.header_lines, problems)
    fields.line = 1
    kind = original.split("/", 1)[0]
    words = Translation(path, original, language, fields.title())
    draft = fields.flag("draft") is True
    updates: list[TranslatedUpdate] = []
    text = document.body
    if kind in STATUSES:
        text, headings = split_updates(document.body, document.body_line)
        check_near_updates(fields, document.body, document.body_line, STATUSES[kind])
        found = [_read_update(fields, heading, STATUSES[kind], clock) for heading in headings]
        updates = [update for update in found if update]
    problems += check_markup(path, text, document.body_line)
    text = text.strip("\n")
    words = replace(words, summary=text) if kind in STATUSES else replace(words, body=text)
    if kind == "problems":
        words = replace(
            words,
            root_cause=read_markdown(fields, "root_cause"),
            workaround=read_markdown(fields, "workaround"),
            actions=_read_actions(fields),
        )
    complain_of_facts(fields, _facts(kind), original)
    fields.finish()
    if draft:
        problems = list(map(as_warning, problems))
    parsed = ParsedTranslation(words, tuple(updates), draft, fields.line_of_key("actions"))
    return (None if has_errors(problems) else parsed), problems


def _read_update(
    fields: Fields, heading: Heading, statuses: type[IncidentStatus] | type[ChangeStatus], clock: Clock
) -> TranslatedUpdate | None:
    status, at = parse_status(fields, heading, statuses, "a status stays as it is in the original"), None
    if heading.time is not None:
        try:
            at = clock.parse_time(heading.time)
        except Complaint as complaint:
            fields.complain(heading.line, complaint.code, complaint.message, complaint.hint or TIME_HINT)
    fields.problems += check_markup(fields.path, heading.body, heading.line + 1)
    states, next_at = parse_attributes(fields, heading, at, clock)
    if status in FINAL:
        # As in the original, which was warned of what does not hold.
        states = tuple((name, state) for name, state in states if state is State.OPERATIONAL)
    return TranslatedUpdate(heading.line, status, at, heading.body.strip("\n"), states, next_at) if status else None


def _read_actions(fields: Fields) -> tuple[str, ...]:
    def refuse_done(action: Fields) -> bool:
        complain_of_facts(action, ["done"], "the original")
        return False

    return tuple(action.text for action in read_actions(fields, refuse_done))


@cache
def _facts(kind: str) -> tuple[str, ...]:
    words = WORDS | REPORT_WORDS if kind == "problems" else WORDS
    return tuple(key for key in ENTRIES[kind.removesuffix("s")](())["properties"] if key not in words)


def complain_of_facts(fields: Fields, keys: Iterable[str], original: str) -> None:
    """Of each of the keys that is there; they are known then."""
    for key in keys:
        fields.node(key)
        if fields.has(key):
            message = f"`{key}` is a fact, and a translation has words only"
            hint = f"take it out: what {original} says of it holds in all languages"
            fields.complain(fields.line_of_key(key), "translation-fact", message, hint)
