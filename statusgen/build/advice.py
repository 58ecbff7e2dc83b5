"""What `check` says beyond what keeps a page from being built."""

from __future__ import annotations

from datetime import datetime

from statusgen.build.reader import Read
from statusgen.model.site import Site
from statusgen.parse.checks.advice import check_entries
from statusgen.parse.checks.codes import ADVICE
from statusgen.parse.checks.subject import make_subject
from statusgen.parse.times import Clock
from statusgen.problems import Problem
from statusgen.source.files import Source


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
    return [problem for problem in found if thorough or problem.code in strict]
