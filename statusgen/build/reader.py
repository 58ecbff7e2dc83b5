"""The files of a source, read: what is the same as the last time is not read again."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from functools import partial
from zoneinfo import ZoneInfo

from statusgen.build.cache import Cache, Outcome, zone_mark
from statusgen.build.mentions import Mentions
from statusgen.build.overdue import Overdue
from statusgen.build.pictures import Pictures, without_pictures
from statusgen.build.read import OF_NOW, TIMED, FileRead, Read
from statusgen.build.sharing import share_work
from statusgen.build.site_words import FindWords, Words
from statusgen.build.translations import Matcher, check_languages, tell_orphans
from statusgen.build.workers import Progress
from statusgen.model.site import Site
from statusgen.model.translations import Translation
from statusgen.model.zone import day_of
from statusgen.parse.alias_check import check_aliases
from statusgen.parse.content import (
    PARSERS,
    check_ids,
    check_incident_names,
    check_place,
    kind_of,
    original_of,
    parse_file,
    parse_words,
)
from statusgen.parse.future import may_lie_ahead
from statusgen.parse.message import check_message
from statusgen.parse.occurrence import check_occurrences
from statusgen.parse.outline import Outline, find_untimed
from statusgen.parse.parsed import Parsed, Reading
from statusgen.parse.parsed_translation import ParsedTranslation
from statusgen.parse.site import PATH as SITE_PATH
from statusgen.parse.site import parse_site
from statusgen.parse.times import Clock
from statusgen.parse.trace import trace_headings
from statusgen.parse.updates import HeadingTimes
from statusgen.problems import Problem, has_errors
from statusgen.source.files import Source


class Reader:
    """Reads source after source. `preview` gives updates that are not committed yet the time of now.

    `meanwhile` is done while other processes read, where they do."""

    def __init__(
        self,
        cache: Cache,
        progress: Progress = lambda *_: None,
        preview: bool = False,
        meanwhile: Callable[[], object] = lambda: None,
    ) -> None:
        self._cache = cache
        self._progress = progress
        self._preview = preview
        self._meanwhile = meanwhile
        self._clock = Clock(ZoneInfo("UTC"))
        self._clock_mark = ""
        self._present: datetime | None = None
        self._site: tuple[str, datetime, Site | None, list[Problem]] | None = None
        self._files: dict[str, FileRead] = {}
        # Those of the files that are looked at each time: what has problems, no time of its own, or speaks of now.
        self._troubled: set[str] = set()
        self._untimed: set[str] = set()
        self._of_now: set[str] = set()
        # What was parsed, and of it what names incidents or series, and how many files claim an address or an id.
        self._parsed: dict[str, Parsed] = {}
        self._worded: dict[str, ParsedTranslation] = {}
        # Those that are named as a translation of what lies beside them, or would be if that were there.
        self._tongues: set[str] = set()
        self._naming: set[str] = set()
        self._occurrences: set[str] = set()
        self._aliased: set[str] = set()
        self._claims: Counter[object] = Counter()
        # Those of which something is new since names were last looked at.
        self._fresh: set[str] = set()
        self._mentions = Mentions()
        self._matcher = Matcher()
        self._overdue = Overdue()
        self._pictures = Pictures()
        self._words = Words()

    def read(
        self,
        source: Source,
        now: datetime,
        present: bool,
        other_site: Callable[[], Site | None] = lambda: None,
        other_words: FindWords = lambda *_: None,
    ) -> Read:
        """As of `now`, the clock's time with `present`: then there are warnings about what is dated later.

        `other_site` is asked where the source's own has an error, which is told all the same, and so are `other_words`
        for those of the site in another language."""
        own, problems = self._read_site(source, now)
        site = own or other_site()
        # A broken site.yaml must not hide what is wrong elsewhere, so files are read in UTC then.
        self._set_clock(Clock(site.zone, site.shift_days) if site else Clock(ZoneInfo("UTC")))
        self._read_files(source, now, now if present and site else None)
        files, parsed = dict(self._files), tuple(self._parsed.values())
        problems = [*source.problems, *problems, *(p for path in self._troubled for p in files[path].problems)]
        translations: tuple[Translation, ...] = ()
        if site:
            site, wrong = self._pictures.add(source, site)
            problems = [*without_pictures(problems, site), *wrong]
            site, wrong = self._words.add(source, site, other_words)
            problems += wrong
            problems += self._mentions.check(site, self._parsed, self._fresh)
            translations, wrong = self._matcher.match(self._worded, self._parsed, self._clock)
            problems += [*wrong, *check_languages(site, self._worded)]
            problems = tell_orphans(site, files, problems)
            problems += self._find_overdue(site, now, present)
            self._fresh = set()
            unread = files.keys() - {file.entry.path for file in parsed} if len(parsed) < len(files) else set()
            problems += check_incident_names(parsed, unread) if self._naming else []
            problems += check_occurrences(parsed, unread, site.zone) if self._occurrences else []
            problems += check_ids(parsed) if len(self._claims) < self._claims.total() else []
            problems += check_aliases(site, parsed) if self._aliased else []
        return Read(site, files, parsed, tuple(problems), dict(self._worded), translations)

    def _find_overdue(self, site: Site, now: datetime, present: bool) -> list[Problem]:
        """While a report cannot be read, nobody knows on what it is."""
        if not site.report_rule:
            return []
        reports = [self._parsed[path] for path in self._naming]
        reported = {name for report in reports if not report.draft for name, _ in report.incidents}
        found = self._overdue.check(site, self._parsed, self._fresh, reported, now)
        unread = any(kind_of(path) == "problems" and has_errors(self._files[path].problems) for path in self._troubled)
        return found if present and not unread else []

    def parse(self, path: str, data: bytes, times: HeadingTimes | None) -> Parsed | None:
        """One text of an entry, in the way of the last source; None where it has an error."""
        return parse_file(path, data, Reading(self._clock, {path: times} if times else {}))[0]

    def parse_words(self, path: str, data: bytes) -> ParsedTranslation | None:
        """The same of a translation."""
        return parse_words(path, data, self._clock)[0]

    @property
    def clock(self) -> tuple[Clock, str]:
        """That of the last source, and what changes with it and with the rules of its zone."""
        return self._clock, self._clock_mark

    def _read_site(self, source: Source, now: datetime) -> tuple[Site | None, list[Problem]]:
        blob = source.files.get(SITE_PATH, "")
        if self._site and self._site[0] == blob:
            _, then, site, problems = self._site
            # On another day the dates of a demonstration site are others.
            if site and day_of(now, site.zone) == day_of(then, site.zone):
                return site, problems
        if blob:
            site, problems = parse_site(source.read([SITE_PATH])[SITE_PATH], now)
        else:
            hint = "rename site.yml to it" if "site.yml" in source.files else "`statusgen init DIR` makes one"
            site, problems = None, [Problem(SITE_PATH, 0, "missing-file", "this file is missing", hint)]
        if self._site and site and site == self._site[2]:
            # The same value as before lets what was made of it be the same.
            site = self._site[2]
        self._site = (blob, now, site, problems)
        return site, problems

    def _set_clock(self, clock: Clock) -> None:
        mark = f"{clock.zone.key} {zone_mark(clock.zone.key)} {clock.shift_days}"
        if mark != self._clock_mark:
            self._clock, self._clock_mark, self._files = clock, mark, {}
            self._troubled, self._untimed, self._of_now = set(), set(), set()
            self._naming, self._occurrences, self._aliased = set(), set(), set()
            self._parsed, self._worded, self._claims = {}, {}, Counter()

    def _read_files(self, source: Source, now: datetime, present: datetime | None) -> None:
        old, texts = self._files, source.files
        gone = old.keys() - texts.keys()
        changed = {path for path, blob in texts.items() if path not in old or old[path].blob != blob} - {SITE_PATH}
        if gone or changed - old.keys():
            # Whether a file is a translation depends on what lies beside it.
            tongues = {path for path in texts if original_of(path) in texts}
            changed |= texts.keys() & (tongues ^ self._tongues)
            self._tongues = tongues
        for path in gone:
            self._put(path, None)
        placed = set()
        for path in changed:
            problem = check_place(path, texts)
            if problem or kind_of(path) not in PARSERS:
                wrong = [problem] if problem else check_message(path, source.read([path])[path])
                self._put(path, FileRead(texts[path], None, tuple(wrong)))
            else:
                placed.add(path)
        again = self._find_of_now(present) & texts.keys() if present else set()
        keys = {path: self._key_of(path, texts[path], present) for path in placed - again}
        for path, (found, problems) in self._find_known(keys, present).items():
            self._put(path, FileRead(texts[path], found, tuple(problems)))
            placed.discard(path)
        traced = self._untimed if source.moved is None else self._untimed & source.moved
        data = source.read(sorted(placed | again | traced))
        times = self._trace(source, data, now if self._preview else None)
        wanted = [path for path in data if path in placed or path in again or times.get(path) != old[path].times]
        reading = Reading(self._clock, times, present)
        outcomes = self._parse(wanted, data, reading)
        for path in wanted:
            found, problems = outcomes[path]
            self._put(path, FileRead(texts[path], found, tuple(problems), times.get(path)))
        keys |= {path: self._key_of(path, texts[path], present) for path in wanted if path not in keys}
        self._keep({path: outcomes[path] for path in wanted if path not in times}, keys)

    def _find_known(self, keys: Mapping[str, bytes], present: datetime | None) -> dict[str, Outcome]:
        known = self._cache.find(keys.values())
        found = {path: known[key] for path, key in keys.items() if key in known}
        if not present:
            return found
        # Kept when nothing of it was ahead, by a clock that was set back since.
        return {path: out for path, out in found.items() if not _may_lie_ahead(out, present)}

    def _find_of_now(self, present: datetime) -> set[str]:
        """The files of which other things may be said now, though they are the same."""
        was_set_back = self._present is not None and present < self._present
        self._present = present
        if not was_set_back:
            return self._of_now
        return self._of_now | {path for path, parsed in self._parsed.items() if may_lie_ahead(parsed.entry, present)}

    def _keep(self, outcomes: Mapping[str, Outcome], keys: Mapping[str, bytes]) -> None:
        """Only what follows from a text alone: not where its times come from git, nor where it speaks of now."""
        lasting = (path for path, (_, problems) in outcomes.items() if not any(p.code in OF_NOW for p in problems))
        self._cache.keep({keys[path]: outcomes[path] for path in lasting})

    def _key_of(self, path: str, blob: str, present: datetime | None) -> bytes:
        mark = "words" if path in self._tongues else str(present is not None)
        return self._cache.key_of(self._clock_mark, path, blob, mark)

    def _put(self, path: str, file: FileRead | None) -> None:
        self._fresh.add(path)
        if path in self._files:
            self._forget(path)
        if file is None:
            del self._files[path]
            return
        self._files[path], parsed = file, file.parsed
        if isinstance(file.found, ParsedTranslation):
            self._worded[path] = file.found
        if parsed:
            self._parsed[path] = parsed
            for claim in parsed.claims:
                self._claims[claim] = self._claims.get(claim, 0) + 1
        for paths, marked in (
            (self._troubled, file.problems),
            (self._untimed, file.times),
            (self._of_now, parsed and file.speaks_of_now),
            (self._naming, parsed and parsed.incidents),
            (self._occurrences, parsed and parsed.occurrence),
            (self._aliased, parsed and parsed.aliases),
        ):
            if marked:
                paths.add(path)

    def _forget(self, path: str) -> None:
        """What was noted of a file, but for its place among them."""
        self._worded.pop(path, None)
        before = self._parsed.pop(path, None)
        for claim in before.claims if before else ():
            self._claims[claim] -= 1
            if not self._claims[claim]:
                del self._claims[claim]
        for paths in (self._troubled, self._untimed, self._of_now, self._naming, self._occurrences, self._aliased):
            paths.discard(path)

    def _trace(
        self, source: Source, data: Mapping[str, bytes], now_for_uncommitted: datetime | None
    ) -> dict[str, HeadingTimes]:
        """Times from git for the files that have headings without one; git is asked only where there are any."""
        untimed: dict[str, Outline] = {}
        for path, text in data.items():
            if kind_of(path) in TIMED and path not in self._tongues and (outline := find_untimed(text)):
                untimed[path] = outline
        history = source.trace(untimed)
        return {path: trace_headings(path, outline, history, now_for_uncommitted) for path, outline in untimed.items()}

    def _parse(self, paths: Sequence[str], data: Mapping[str, bytes], reading: Reading) -> dict[str, Outcome]:
        def work(some: Sequence[str]) -> dict[str, Outcome]:
            return {path: parse_one(path) for path in some}

        def parse_one(path: str) -> Outcome:
            if path in self._tongues:
                return parse_words(path, data[path], reading.clock)
            return parse_file(path, data[path], reading)

        parts = share_work(paths, work, partial(self._progress, "reading"), self._meanwhile)
        return {path: outcome for part in parts for path, outcome in part.items()}


def _may_lie_ahead(outcome: Outcome, present: datetime) -> bool:
    return isinstance(outcome[0], Parsed) and may_lie_ahead(outcome[0].entry, present)
