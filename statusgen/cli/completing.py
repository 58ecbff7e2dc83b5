"""What a shell offers while a command is typed. Nothing that is wrong with the content is told then."""

from __future__ import annotations

from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

import click
from click.shell_completion import CompletionItem

if TYPE_CHECKING:
    from statusgen.author.desk import Desk


def complete_message(ctx: click.Context, param: click.Parameter, incomplete: str) -> list[CompletionItem]:
    return _names_of(ctx, "messages", incomplete)


def complete_incident(ctx: click.Context, param: click.Parameter, incomplete: str) -> list[CompletionItem]:
    """Those that go on; all where none does, or none of them is meant."""
    return _going_on(ctx, "incidents", incomplete) or _names_of(ctx, "incidents", incomplete)


def complete_change(ctx: click.Context, param: click.Parameter, incomplete: str) -> list[CompletionItem]:
    return _going_on(ctx, "changes", incomplete) or _names_of(ctx, "changes", incomplete)


def complete_any_incident(ctx: click.Context, param: click.Parameter, incomplete: str) -> list[CompletionItem]:
    return _names_of(ctx, "incidents", incomplete)


def complete_incident_status(ctx: click.Context, param: click.Parameter, incomplete: str) -> list[CompletionItem]:
    from statusgen.model.states import IncidentStatus

    return _matching(((str(status), "") for status in IncidentStatus), incomplete)


def complete_change_status(ctx: click.Context, param: click.Parameter, incomplete: str) -> list[CompletionItem]:
    from statusgen.model.states import ChangeStatus

    return _matching(((str(status), "") for status in ChangeStatus), incomplete)


def complete_component(ctx: click.Context, param: click.Parameter, incomplete: str) -> list[CompletionItem]:
    """Names of components and, once one of them is typed, its states."""
    from statusgen.model.states import State

    desk = _desk(ctx)
    known = [(component.id, component.name) for component in desk.site.components] if desk else []
    name, equals, _ = incomplete.partition("=")
    if equals:
        return _matching(((f"{name}={state.value}", "") for state in State), incomplete)
    return _matching(known, incomplete)


def complete_component_name(ctx: click.Context, param: click.Parameter, incomplete: str) -> list[CompletionItem]:
    desk = _desk(ctx)
    return _matching(((one.id, one.name) for one in desk.site.components), incomplete) if desk else []


def _names_of(ctx: click.Context, kind: str, incomplete: str) -> list[CompletionItem]:
    from statusgen.parse.slug import slug_of

    desk = _desk(ctx)
    # The newest first: names begin with a date.
    names = sorted((slug_of(path) for path in desk.paths(kind)), reverse=True) if desk else []
    return _matching(((name, "") for name in names), incomplete)


def _going_on(ctx: click.Context, kind: str, incomplete: str) -> list[CompletionItem]:
    from statusgen.errors import Error
    from statusgen.model.entries import Change, Incident

    desk, words = _desk(ctx), []
    with suppress(Error):
        if desk and kind == "incidents":
            words = [(found.entry.id, found.entry.title) for found in desk.going_on(Incident) if found]
        elif desk:
            words = [(found.entry.id, found.entry.title) for found in desk.going_on(Change) if found]
    return _matching(words, incomplete)


def _matching(words: Iterable[tuple[str, str]], incomplete: str) -> list[CompletionItem]:
    """What begins so or, as names begin with dates, has it within where nothing does."""
    known = list(words)
    begun = [pair for pair in known if pair[0].startswith(incomplete)]
    found = begun or [pair for pair in known if incomplete in pair[0]]
    return [CompletionItem(word, help=told or None) for word, told in found]


def _desk(ctx: click.Context) -> Desk | None:
    from statusgen.author.desk import open_desk
    from statusgen.author.refused import RefusedError
    from statusgen.cli.options import current_time
    from statusgen.errors import Error

    with suppress(Error, RefusedError):
        return open_desk(Path(ctx.params.get("content") or "content"), current_time())
    return None
