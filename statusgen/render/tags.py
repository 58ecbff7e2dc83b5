"""Times, days and windows as elements that programs read, too."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

from markupsafe import Markup

from statusgen.model.language import Language
from statusgen.model.languages import get_language
from statusgen.model.revisions import Commit
from statusgen.model.zone import day_of, day_start
from statusgen.render import words
from statusgen.render.output import mark_safe
from statusgen.render.record import short_id

NO_MARK = Markup("")


def _time_tag(local: datetime, text: str) -> Markup:
    """Neither CLDR's words nor any zone's abbreviation have anything to escape."""
    return mark_safe(f'<time datetime="{local.isoformat()}">{text}</time>')


# Entries of one day stand on one page, and on several.
@lru_cache(maxsize=4096)
def day_tag(day: date, language: Language) -> Markup:
    """A day is the site's: it has no instant that could be told in another zone."""
    return mark_safe(f'<time datetime="{day.isoformat()}">{words.format_day(day, language)}</time>')


def edge_tag(at: datetime, zone: ZoneInfo, language: Language, back: int = 0) -> Markup:
    """The first instant of a day stands for that one, or for the one so many days `back`."""
    day = day_of(at, zone)
    is_first = at == day_start(day, zone)
    return day_tag(day - timedelta(days=back), language) if is_first else full_time_tag(at, zone, language)


# An incident's own span stands in the figures of each component that it affects.
@lru_cache(maxsize=4096)
def window_tag(start: datetime, end: datetime, zone: ZoneInfo, language: Language) -> Markup:
    """One element with both ends, so that a script can tell the same in another zone."""
    first, last = start.astimezone(zone).isoformat(), end.astimezone(zone).isoformat()
    text = words.format_window(start, end, zone, language)
    return mark_safe(f'<time datetime="{first}" data-until="{last}">{text}</time>')


def turn_marks(starts_at: datetime | None, ends_at: datetime | None) -> Markup:
    marks = (("starts", starts_at), ("ends", ends_at))
    return mark_safe("".join(f' data-{name}="{words.format_utc(at)}"' for name, at in marks if at))


def full_time_tag(at: datetime, zone: ZoneInfo, language: Language) -> Markup:
    local = at.astimezone(zone)
    return _time_tag(local, words.format_local(local, language))


# The spans of one incident have the same commit.
@lru_cache(maxsize=4096)
def commit_tag(commit: Commit, zone: ZoneInfo, language: Language) -> Markup:
    local = commit.authored_at.astimezone(zone)
    return mark_safe(f"<code>{short_id(commit)}</code>, {day_tag(local.date(), language)}")


def mark_language(tag: str, language: Language, with_direction: bool = True) -> Markup:
    """The attributes of an element whose words are of another language than the page; "" where they are not."""
    if not tag:
        return NO_MARK
    is_rtl = get_language(tag).is_rtl
    turned = with_direction and is_rtl != language.is_rtl
    direction = (' dir="rtl"' if is_rtl else ' dir="ltr"') if turned else ""
    return mark_safe(f' lang="{tag}"{direction}')
