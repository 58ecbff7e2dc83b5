"""What `check` says beyond what keeps a page from being built."""

from __future__ import annotations

from datetime import datetime

from statusgen.build.read import Read
from statusgen.model.site import Site
from statusgen.parse.checks.advice import check_entries, check_entry
from statusgen.parse.checks.codes import ADVICE
from statusgen.parse.checks.subject import make_subject
from statusgen.parse.checks.untranslated import check_untranslated
from statusgen.parse.times import Clock
from statusgen.problems import Problem
from statusgen.source.files import Source


class FreshAdvice:
    """Of a folder that is read again and again: what to say of the files that were saved since the first time."""

    def __init__(self) -> None:
        self._known: dict[str, str] | None = None
        self._found: dict[str, list[Problem]] = {}

    def find(self, source: Source, read: Read, site: Site, now: datetime) -> list[Problem]:
        if self._known is None:
            self._known = {path: file.blob for path, file in read.files.items()}
        parsed = {one.entry.path: one for one in read.parsed if not one.draft}
        fresh = sorted(path for path in parsed if self._known.get(path) != read.files[path].blob)
        texts = source.read(fresh)
        clock = Clock(site.zone, site.shift_days)
        for path in fresh:
            subject = make_subject(parsed[path], texts[path], read.files[path].times, clock)
            self._known[path], self._found[path] = read.files[path].blob, list(check_entry(subject, now))
        return [problem for path, found in self._found.items() if path in parsed for problem in found]


def find_advice(source: Source, read: Read, site: Site, now: datetime, thorough: bool) -> list[Problem]:
    """All of it if `thorough`, else only what site.yaml makes an error. Drafts are not finished, and left alone."""
    strict = {code for code, level in site.checks if code in ADVICE and level == "error"}
    if not thorough and not strict:
        return []
    parsed = {one.entry.path: one for one in read.parsed if not one.draft}
    texts = source.read(sorted(parsed))
    clock = Clock(site.zone, site.shift_days)
    subjects = [make_subject(one, texts[path], read.files[path].times, clock) for path, one in parsed.items()]
    found = check_entries(subjects, {path: read.files[path].blob for path in parsed}, site, now)
    if site.languages:
        unread = {problem.path for problem in read.problems if problem.severity == "error"}
        found += check_untranslated({one.path: one for one in subjects}, site, read.translations, unread, now)
    return [problem for problem in found if thorough or problem.code in strict]
