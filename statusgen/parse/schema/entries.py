"""The front matter of each kind of entry."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from statusgen.model.site import Component
from statusgen.model.states import ChangeType, Impact, ProblemStatus
from statusgen.parse.schema.parts import (
    PLAIN,
    Schema,
    day,
    day_or_time,
    duration,
    flag,
    keys,
    states,
    text,
    texts,
    time,
    words,
)


def incident(components: Sequence[Component]) -> Schema:
    return _entry(
        "Something broke. Each level-2 heading below is an update: `## investigating @ 2026-11-03 09:20`.",
        components=states("What is affected, and how badly, from the begin on.", components, with_list=False),
        started=time("When it really began; else the first update counts."),
        impact=words(Impact, "How bad it is; else the worst state of a component decides."),
        feed_id=text("The id that feeds knew it by elsewhere; imports write it."),
    )


def change(components: Sequence[Component]) -> Schema:
    exception = keys(
        "What is otherwise of one window.",
        ["on"],
        on=_occurrence_day("Which one: its day by the rule, with a time where there are several on it."),
        cancelled=flag("It does not happen."),
        starts=time("When it happens instead."),
        ends=time("When that ends."),
        duration=duration("How long that is."),
        title=text("What it is called."),
        reason=text("Why, for customers."),
        announced=time("When customers were told."),
        components=states("What is affected in it.", components, with_list=True),
    )
    plain: Schema = {"type": "string", "description": "A day on which it does not happen."}
    occurrence = keys(
        "The one window of a series that this file stands for.",
        ["of", "on"],
        of=text("The id of the series: its file's name without `.md`."),
        on=_occurrence_day("The day on which the rule has it."),
    )
    schema = _entry(
        "Planned work. Its update `## scheduled` announces it; the clock begins and ends it.",
        ["starts"],
        components=states("What is affected meanwhile; `under_maintenance` if nothing is said.", components, True),
        starts=time("When it begins."),
        ends=time("When it ends; or give its `duration`."),
        duration=duration("How long it takes; or say when it `ends`."),
        change_type=words(ChangeType, "What kind of change it is; `normal` if nothing is said."),
        auto=flag("Whether the clock begins and ends it; `true` if nothing is said."),
        counts_as_downtime=flag("Whether the window counts in the uptime; else the promises in site.yaml decide."),
        repeat=text("An RRULE of RFC 5545 by the site's wall clock: `FREQ=WEEKLY;BYDAY=SU`."),
        except_={
            "description": "What is otherwise of single windows of a series.",
            "anyOf": [{"type": "array", "items": {"anyOf": [plain, exception, {"type": "null"}]}}, plain, exception],
        },
        occurrence=occurrence,
        feed_id=text("The id that feeds knew it by elsewhere; imports write it."),
    )
    # Both together may contradict each other.
    return schema | {"oneOf": [{"required": ["ends"]}, {"required": ["duration"]}]}


def notice(components: Sequence[Component]) -> Schema:
    return _entry(
        "Anything else that customers should know.",
        ["publish"],
        publish=day_or_time("From when on it is shown."),
        expires=day_or_time("Until when it is shown; a day counts whole."),
        pinned=flag("Whether it stays on top."),
        components=texts("Whom it is for: those who follow these components.", _ids(components)),
    )


def problem(components: Sequence[Component]) -> Schema:
    action = keys(
        "What is done about it.",
        ["text"],
        text=text("What it is."),
        done=flag("Whether it is done."),
    )
    return _entry(
        "The cause behind incidents, and what is done about it: the report.",
        incidents=texts("The ids of the incidents: their files' names without `.md`."),
        status=words(ProblemStatus, "`open` while the cause is looked for, `known_error` until it is gone."),
        root_cause=text("Why it happened."),
        workaround=text("What customers can do meanwhile; open incidents show it."),
        actions=_actions("What is done so that it does not happen again.", action),
    )


def page(components: Sequence[Component]) -> Schema:
    return _entry("Another page, linked at the top.")


def translation(components: Sequence[Component]) -> Schema:
    action = keys("One of the original's.", ["text"], text=text("What it is."))
    return keys(
        "The words of an entry in another language, in a file beside it: `x.id.md` beside `x.md`.",
        ["title"],
        title=text("What customers read first, in one line."),
        root_cause=text("Of a problem: why it happened."),
        workaround=text("Of a problem: what customers can do meanwhile."),
        actions=_actions("Of a problem: all of the original's, in the same order.", action),
        draft=flag("`true` keeps it out of the site."),
    )


def _actions(description: str, action: Schema) -> Schema:
    return {"type": "array", "items": {"anyOf": [action, {"type": PLAIN}]}, "description": description}


def _occurrence_day(description: str) -> Schema:
    return day(description) | {"pattern": r"^\s*[0-9]{4}-[0-9]{2}-[0-9]{2}([T ]\s*[0-9]{2}:[0-9]{2}(:[0-9]{2})?)?\s*$"}


def _ids(components: Iterable[Component]) -> list[str]:
    return [component.id for component in components]


def _entry(description: str, required: Iterable[str] = (), **properties: Schema) -> Schema:
    return keys(
        description,
        ["title", *required],
        title=text("What customers read first, in one line."),
        **properties,
        id=text("The last part of its address; else the file's name is."),
        aliases=texts("Addresses that it had before, such as `/issues/7/`: they lead to it."),
        draft=flag("`true` keeps it out of the site."),
    )
