"""Options that several commands share."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, TypeVar

import click

F = TypeVar("F", bound=Callable[..., Any])


class Instant(click.ParamType[datetime]):
    """`2026-11-03T09:20Z`; a time without an offset is in UTC, because no site is read yet."""

    name = "TIME"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> datetime:
        if isinstance(value, datetime):
            return value
        try:
            at = datetime.fromisoformat(str(value).strip().replace(" UTC", "Z"))
            at = (at if at.tzinfo else at.replace(tzinfo=UTC)).astimezone(UTC)
        except (ValueError, OverflowError):
            self.fail(f"`{value}` is not a time; write 2026-11-03T09:20Z or 2026-11-03T09:20+07:00", param, ctx)
        if not 1990 <= at.year <= 2100:
            self.fail(f"the year {at.year} is out of range", param, ctx)
        return at.replace(microsecond=0)


class Length(click.ParamType[timedelta]):
    """`30s`, `5m`, `1h30m`."""

    name = "LENGTH"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> timedelta:
        from statusgen.parse.times import Complaint, parse_duration

        if isinstance(value, timedelta):
            return value
        try:
            return parse_duration(str(value))
        except Complaint as complaint:
            self.fail(f"{complaint.message}; {complaint.hint}", param, ctx)


def content_option(command: F) -> F:
    return click.option(
        "--content",
        type=click.Path(path_type=Path, readable=False),
        default=Path("content"),
        show_default=True,
        help="The folder with site.yaml, incidents/, changes/ and the rest.",
    )(command)


def rev_option(command: F) -> F:
    return click.option(
        "--rev",
        metavar="REV",
        default=None,
        help="Take the content and the theme from a commit: a branch, a tag or an id. Default: the files as they are.",
    )(command)


def at_option(command: F) -> F:
    return click.option(
        "--at",
        type=Instant(),
        default=None,
        help="Build as if it were TIME, as in 2026-11-03T09:20Z. Default: now.",
    )(command)


def verbosity_options(command: F) -> F:
    command = click.option("-q", "--quiet", is_flag=True, help="Print problems and errors only.")(command)
    return click.option("-v", "--verbose", is_flag=True, help="Print what is done and how long it takes.")(command)


def current_time() -> datetime:
    """The clock's time in whole seconds, in UTC."""
    return datetime.now(UTC).replace(microsecond=0)
