"""Where everything is published. Addresses are promises: a path here never changes its meaning."""

from __future__ import annotations

from datetime import date
from urllib.parse import urlsplit

from statusgen.model.entries import Change, Incident, Notice, Page, ProblemReport

FOLDERS: dict[type, str] = {
    Incident: "incidents",
    Change: "changes",
    Notice: "notices",
    ProblemReport: "problems",
    Page: "pages",
}
CHANGES = "changes/"
CALENDAR = "calendar.ics"


def entry_path(entry: Incident | Change | Notice | ProblemReport | Page) -> str:
    """Relative to the site's root, ending in a slash."""
    return f"{FOLDERS[type(entry)]}/{entry.id}/"


def component_path(component_id: str) -> str:
    return f"components/{component_id}/"


def group_path(group_id: str) -> str:
    return f"groups/{group_id}/"


def month_path(day: date) -> str:
    return f"history/{day.year:04}-{day.month:02}/"


def search_path(year: int) -> str:
    return f"history/{year:04}.json"


def uptime_path(month: date) -> str:
    """With the working of a month's figures."""
    return f"uptime/{month.year:04}-{month.month:02}/"


def base_path(url: str) -> str:
    """The path of a site's address. With two slashes at its begin, what follows them would be taken for a host."""
    return "/" + urlsplit(url).path.lstrip("/")


def webcal_address(url: str) -> str:
    """What calendar programs take for a calendar to follow, where they would copy one at `https:` once."""
    return f"webcal:{url.partition(':')[2]}"


def root_from(path: str) -> str:
    """The relative way from a published page back to the root, so that a site works under any sub-path."""
    return "../" * path.count("/")
