"""One more update in a file that is there: when it is from, what it promises, what it says."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import TYPE_CHECKING, Any

import click

from statusgen.cli.authoring import carry_out
from statusgen.cli.wording import read_wording

if TYPE_CHECKING:
    from statusgen.author.desk import Desk
    from statusgen.author.plan import Existing
    from statusgen.model.entries import States
    from statusgen.model.states import Status

at_option = click.option("--at", metavar="TIME", default=None, help="When this was so, if not now.")
next_option = click.option("--next", "next_", metavar="TIME", default=None,
                           help="When you will write again: 30m, or 10:30.")  # fmt: skip


def tell(
    desk: Desk,
    existing: Existing[Any],
    status: Status,
    states: States,
    asked: Mapping[str, Any],
    default: str | None = None,
) -> None:
    """In an incident or a change. `default` is the text where none is given, `asked` are the options of the command."""
    from statusgen.author.change import plan_progress
    from statusgen.author.incident import plan_update
    from statusgen.author.message import name_components, values_of
    from statusgen.author.moments import moment_after
    from statusgen.author.updates import NewUpdate, check_promise, check_text
    from statusgen.model.entries import Incident

    entry = existing.entry
    at = read_at(desk, asked["at"]) or moment_after(entry.updates[-1].at if entry.updates else None, desk.now)
    next_text, promised, questions = read_promise(desk, asked.get("next_"), at)
    check_promise(status, next_text)
    values = values_of(entry, desk.site, desk.address(entry), desk.now) | promised
    values |= {"component": name_components([name for name, _ in states], desk.site)} if states else {}
    update = NewUpdate(status, at, check_text(read_wording(desk, asked, values, default)), states, next_text)
    document = desk.document(existing)
    if isinstance(entry, Incident):
        plan = plan_update(existing, document, update, desk.clock, desk.now)
    else:
        plan = plan_progress(existing, document, update, desk.site, desk.now)
    carry_out(desk, plan, asked, questions)


def read_at(desk: Desk, text: str | None, option: str = "--at") -> datetime | None:
    from statusgen.author.moments import read_moment

    return read_moment(text, option, desk.clock, desk.now, "past") if text else None


def read_promise(desk: Desk, text: str | None, at: datetime) -> tuple[str, dict[str, str], list[str]]:
    """What the heading says of the next update, what fills in `{{ next }}`, and what is to be asked."""
    from statusgen.author.message import say_when
    from statusgen.author.moments import question_next, read_next

    if not text:
        return "", {}, []
    written, promised = read_next(text, at, desk.clock)
    return written, {"next": say_when(promised, desk.site, desk.now)}, question_next(promised, at, desk.clock)
