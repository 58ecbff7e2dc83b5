"""What an issue is: an incident, planned work or mere information. cState has one kind for all."""

import re
from difflib import get_close_matches
from typing import Literal

from statusgen.importers.entries import Kind

SEVERITIES = {"down": "major_outage", "disrupted": "partial_outage", "notice": "degraded_performance"}
IMPACTS = {"down": "critical", "disrupted": "major", "notice": ""}
_SYNONYMS = {
    **dict.fromkeys(("outage", "major", "critical", "major outage"), "down"),
    **dict.fromkeys(("degraded", "minor", "partial", "disruption", "partial outage"), "disrupted"),
    **dict.fromkeys(("info", "informational", "information", "maintenance", "planned", "scheduled"), "notice"),
}
_PLANNED = re.compile(
    r"\b(?:scheduled|planned|maintenance|upgrad(?:e|es|ing)|migrations?|cleanup|clean-up|rollout|roll-out|move|moving"
    r"|update)\b",
    re.IGNORECASE,
)
_TROUBLE = re.compile(
    r"\b(?:fail(?:s|ed|ing|ures?)?|problems?|issues?|errors?(?! budget)|stuck|blocked|broken|not|unable|unplanned"
    r"|unavailable|inaccessible|instability|unstable|slow|delays?|degraded|down|outage)\b",
    re.IGNORECASE,
)
_OUTAGE = re.compile(r"\b(?:outage|down)\b", re.IGNORECASE)
_SURELY_PLANNED = re.compile(r"\b(?:scheduled|planned|maintenance|migrations?|move|moving)\b", re.IGNORECASE)
# An outage may be planned, trouble is not.
_ONLY_TROUBLE = re.compile(_TROUBLE.pattern.replace("|down|outage", ""), re.IGNORECASE)
_ANNOUNCED = re.compile(
    r"\bplanned outage\b|\bscheduled (?:maintenance|upgrade|outage|downtime|event)|\bmaintenance window\b"
    r"|\b(?:as )?(?:a )?part of (?:a )?(?:routine|planned|scheduled) maintenance\b|\bis scheduled (?:to|for|on)\b"
    r"|\bwe (?:will|are going to) (?:shut|move|upgrade|perform|migrate|be performing)\b",
    re.IGNORECASE,
)


def find_severity(text: str) -> tuple[Literal["down", "disrupted", "notice"], str]:
    """(severity, what was guessed, "" if nothing was)."""
    word = text.casefold()
    near = get_close_matches(word, [*SEVERITIES, *_SYNONYMS], n=1, cutoff=0.6)
    found = word if word in SEVERITIES else _SYNONYMS.get(near[0], near[0]) if near else "disrupted"
    what = f"the severity `{text}` is taken as `{found}`" if text else f"no severity is told: taken as `{found}`"
    note = "" if found == word else what
    return ("down" if found == "down" else "notice" if found == "notice" else "disrupted"), note


def find_kind(
    title: str,
    text: str,
    severity: str,
    *,
    informational: bool,
    affected: bool,
    ahead: bool,
    planned_end: bool,
    was_planned: bool = False,
) -> tuple[Kind, str]:
    """(kind, why, where it is not obvious). `ahead`: it begins later than now; `planned_end`: an end is given, and it
    is not said to be over; `was_planned`: it was taken as planned work before."""
    if informational:
        return "notice", ""
    if ahead:
        return "change", "planned work, because it lies ahead"
    words = _PLANNED.search(title)
    announced = _ANNOUNCED.search(text)
    # What went wrong during an update was not planned.
    outage = severity != "notice" and _OUTAGE.search(title) and not (_SURELY_PLANNED.search(title) or announced)
    if words and not outage and not _ONLY_TROUBLE.search(title):
        return "change", f"planned work, because of `{words[0]}` in the title"
    if announced and not (_ONLY_TROUBLE.search(title) or ("outage" in title.casefold() and severity != "notice")):
        return "change", f"planned work, because of `{announced[0]}` in the text"
    # The passing of time alone makes no incident of it.
    if was_planned and not _ONLY_TROUBLE.search(title):
        return "change", "planned work, as it was when it was imported before"
    if severity == "notice" and affected and planned_end:
        return "change", "planned work, because its end is given before it is over"
    if severity == "notice" and not affected and not _TROUBLE.search(title):
        return "notice", "a notice, because it affects nothing"
    return "incident", ""
