"""notices/*.md, problems/*.md and pages/*.md: entries whose body is one text."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta

import yaml

from statusgen.model.entries import Action, Notice, Page, ProblemReport
from statusgen.model.states import ProblemStatus
from statusgen.model.zone import day_start
from statusgen.parse.comments import check_comments
from statusgen.parse.fields import Fields
from statusgen.parse.markup import check_markup
from statusgen.parse.parsed import Head, Parsed, Reading, open_entry
from statusgen.parse.times import DATE, Clock, Complaint
from statusgen.parse.yaml_nodes import line_of
from statusgen.problems import Problem


def parse_notice(path: str, data: bytes, reading: Reading) -> tuple[Parsed | None, list[Problem]]:
    head, problems = open_entry(path, data)
    if head is None:
        return None, problems
    fields = head.fields
    publish_at = _day_or_time(fields, "publish", reading.clock, end=False)
    expires_at = _day_or_time(fields, "expires", reading.clock, end=True)
    pinned = fields.flag("pinned") is True
    components = fields.texts("components")
    body = _body(head)
    if publish_at is None:
        if fields.node("publish") is None:
            fields.complain(1, "missing-key", "`publish` is missing", "`publish: 2026-11-03`")
        return head.result(None)
    if expires_at and expires_at <= publish_at:
        fields.complain(fields.line_of_key("expires"), "time-order", "the notice expires before it is published")
    names = tuple(dict.fromkeys(name for name, _ in components))
    notice = Notice(head.id, path, head.title, body, publish_at, expires_at, pinned, names)
    return head.result(Parsed(notice, head.draft, components, id_line=fields.line_of_key("id")))


def parse_report(path: str, data: bytes, reading: Reading) -> tuple[Parsed | None, list[Problem]]:
    head, problems = open_entry(path, data)
    if head is None:
        return None, problems
    fields = head.fields
    incidents = fields.texts("incidents")
    report = ProblemReport(
        id=head.id,
        path=path,
        title=head.title,
        body=_body(head),
        status=fields.choice("status", ProblemStatus) or ProblemStatus.OPEN,
        incidents=tuple(dict.fromkeys(name for name, _ in incidents)),
        root_cause=read_markdown(fields, "root_cause"),
        workaround=read_markdown(fields, "workaround"),
        actions=read_actions(fields, lambda action: action.flag("done") is True),
    )
    return head.result(Parsed(report, head.draft, (), incidents, fields.line_of_key("id")))


def parse_page(path: str, data: bytes, reading: Reading) -> tuple[Parsed | None, list[Problem]]:
    head, problems = open_entry(path, data)
    if head is None:
        return None, problems
    page = Page(head.id, path, head.title, _body(head))
    return head.result(Parsed(page, head.draft, id_line=head.fields.line_of_key("id")))


def _body(head: Head) -> str:
    document = head.document
    head.problems.extend(check_markup(document.path, document.body, document.body_line))
    return document.body.strip("\n")


def read_markdown(fields: Fields, key: str) -> str:
    written, node = fields.text(key), fields.node(key)
    below = isinstance(node, yaml.ScalarNode) and node.style in ("|", ">")
    line = fields.line_of_key(key) + below
    text, problems = check_comments(fields.path, written, line)
    fields.problems.extend([*problems, *check_markup(fields.path, text, line)])
    return text


def _day_or_time(fields: Fields, key: str, clock: Clock, end: bool) -> datetime | None:
    """A time; a bare date is the day's first instant or, with `end`, the first one after it."""
    text = fields.text(key)
    if not DATE.fullmatch(text):
        return fields.time(key, clock)
    try:
        return day_start(clock.parse_date(text) + timedelta(days=int(end)), clock.zone)
    except Complaint as complaint:
        fields.complain(fields.line_of_key(key), complaint.code, f"{key}: {complaint.message}", complaint.hint)
        return None


def read_actions(fields: Fields, is_done: Callable[[Fields], bool]) -> tuple[Action, ...]:
    """`is_done` reads the rest of an action that is a mapping."""
    node = fields.node("actions")
    if node is None:
        return ()
    if not isinstance(node, yaml.SequenceNode):
        fields.complain(fields.line_of_key("actions"), "wrong-type", "`actions` must be a list", "`- text: …`")
        return ()
    actions = []
    for item in node.value:
        if isinstance(item, yaml.MappingNode):
            action = fields.section(item)
            text = action.text("text", required=True)
            actions.append(Action(text, is_done(action)))
            action.finish()
        elif text := fields.plain("actions", item):
            actions.append(Action(text, False))
        else:
            fields.complain(line_of(item), "wrong-type", "an action must be a text", "`- text: …`")
    return tuple(actions)
