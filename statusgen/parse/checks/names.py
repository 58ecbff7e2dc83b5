"""File names that say something else than their files, and copies."""

from __future__ import annotations

import re
from collections.abc import Container, Iterator, Mapping
from datetime import date, timedelta

from statusgen.model.entries import Change, Incident
from statusgen.parse.checks.subject import Subject
from statusgen.parse.slug import stem_of
from statusgen.problems import Problem

DATED = re.compile(r"(\d{4})-(\d{2})-(\d{2})(?!\d)", re.ASCII)
# As file managers name them: `x copy.md`, `x copy 2.md`, `Copy of x.md`, `x (1).md`, `x - Copy.md`, `x (copy).md`.
COPY = re.compile(r"copy of .+|.+ copy(?: ?\d+| \(\d+\))?|.+ ?\((?:copy|\d{1,2})\)", re.IGNORECASE)
# `slow-database-copy.md` may be about a copy; beside `slow-database.md` it is one.
MAYBE_COPY = re.compile(r"(.+)[_-]copy(?:[_-]?\d+)?", re.IGNORECASE)
# Names are given in one zone and times in another; and planned work is moved, while its address stays.
SLACK = {Incident: timedelta(days=1), Change: timedelta(days=45)}


def check_name_date(subject: Subject) -> Iterator[Problem]:
    """A date that a name begins with and the file does not know: mostly a slip in one of both."""
    entry, match = subject.parsed.entry, DATED.match(stem_of(subject.path))
    if not match or not isinstance(entry, Incident | Change) or (isinstance(entry, Change) and entry.repeat):
        return
    try:
        named = date(*map(int, match.groups()))
    except ValueError:
        yield subject.warn(1, "file-date", f"the file's name begins with {match[0]}, which is no day", "rename it")
        return
    begin = entry.started_at if isinstance(entry, Incident) else entry.starts_at
    end = entry.updates[-1].at if isinstance(entry, Incident) else entry.ends_at
    days = [subject.day_of(at) for at in (begin, end, *(update.at for update in entry.updates))]
    slack = SLACK[type(entry)]
    if not min(days) - slack <= named <= max(days) + slack:
        message = f"the file's name says {named}, and its times begin on {min(days)}"
        hint = "correct what is wrong; `id:` keeps the address where the name changes"
        yield subject.warn(1, "file-date", message, hint)


def check_copies(subjects: Mapping[str, Subject], blobs: Mapping[str, str]) -> Iterator[Problem]:
    """`blobs` has the id of each file's text by its path: equal ids are equal texts."""
    copies = {path for path in subjects if _is_copy(path, subjects)}
    first: dict[tuple[str, str], str] = {}
    for path in sorted(subjects, key=lambda path: (path in copies, path)):
        original = first.setdefault((path.split("/")[0], blobs[path]), path)
        if original != path:
            message = f"this is the same text as {original}: customers see it twice"
            yield subjects[path].warn(1, "copied-file", message, "delete one of both")
        elif path in copies:
            message = "by its name this file is a copy that was made by hand"
            hint = "delete it, or give it a name of its own; start it with `_` to keep it out"
            yield subjects[path].warn(1, "copied-file", message, hint)


def _is_copy(path: str, beside: Container[str]) -> bool:
    stem = stem_of(path)
    maybe = MAYBE_COPY.fullmatch(stem)
    return bool(COPY.fullmatch(stem) or (maybe and f"{path.removesuffix(f'{stem}.md')}{maybe[1]}.md" in beside))
