"""What git tells of each entry: the commits that wrote it, and what was corrected after it was over."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from statusgen.build.cache import Cache
from statusgen.build.read import TIMED, Read
from statusgen.build.reader import Reader
from statusgen.build.versions import VersionReader
from statusgen.build.workers import Progress
from statusgen.history.event_marks import first_event_mark
from statusgen.history.story import Story, commits_of, read_story
from statusgen.history.versions import Version, find_shown, lies_ahead
from statusgen.model.audit import Audit
from statusgen.model.ends import find_difference
from statusgen.model.entries import Change, Incident
from statusgen.model.revisions import Line, Record
from statusgen.parse.content import kind_of, original_of
from statusgen.parse.parsed import Parsed
from statusgen.source.files import Source
from statusgen.source.past import MissingError, Past

# Before the paths of files that are not there any more: no path begins so.
GONE = "/"


class Trails:
    """Follows source after source: of what did not change nothing is looked at again."""

    def __init__(self, cache: Cache, reader: Reader, progress: Progress = lambda *_: None) -> None:
        self._cache = cache
        self._reader = reader
        self._progress = progress
        self._worn: tuple[tuple[Parsed, ...], tuple[Parsed, ...]] = (), ()
        self._fresh: set[str] = set()
        self._audit: Audit | None = None
        self._is_known = False
        self._records: dict[str, Record] = {}
        self._forget("")

    def read(self, source: Source, read: Read, now: datetime) -> None:
        """What there is to tell of a source that was just read. Raises Error where git fails."""
        _, mark = self._reader.clock
        if mark != self._mark:
            self._forget(mark)
        # The times of a demonstration site are not those that its commits speak of.
        is_told = read.site is not None and not read.site.is_demo
        try:
            past = source.past() if is_told else None
            if past:
                self._follow(past, source.moved if self._is_known else None, read, now)
        except MissingError as error:
            self._give_up(Audit(why_none=str(error)))
            return
        if past is None:
            self._give_up(None)
            return
        self._is_known = True
        stories = (*self._stories.values(), *self._gone.values())
        corrections = [c for story in stories for c in story.corrections]
        corrections.sort(key=lambda c: (c.commit.authored_at, c.path, c.commit.id))
        removed = sorted((r for story in stories for r in story.removals), key=lambda r: (r.at, r.entry.path))
        self._audit = Audit(tuple(corrections), tuple(removed), cut_at=past.cut_at)

    def dress(self, parsed: tuple[Parsed, ...]) -> tuple[Parsed, ...]:
        """The same entries, with what git tells of them; the very same values where nothing is new."""
        old, worn = self._worn
        start, old_stop, stop = find_difference(old, parsed)
        between = {one.entry.path for one in parsed[start:stop]}
        if not self._fresh <= between:
            start, old_stop, stop = 0, len(old), len(parsed)
        made = tuple(self._dress(one) for one in parsed[start:stop])
        self._worn = parsed, worn[:start] + made + worn[old_stop:]
        self._fresh = set()
        self._show()
        return self._worn[1]

    @property
    def audit(self) -> Audit | None:
        """That of what was dressed last."""
        return self._audit

    def _dress(self, parsed: Parsed) -> Parsed:
        path, entry = parsed.entry.path, parsed.entry
        record = self._records.get(path)
        if record is None or not isinstance(entry, Incident | Change):
            return parsed
        known = self._dressed.get(path)
        if not known or known[0] is not parsed or known[1] is not record:
            known = self._dressed[path] = parsed, record, replace(parsed, entry=replace(entry, record=record))
        return known[2]

    def _show(self) -> None:
        """Adds what is published of the entries that were corrected."""
        audit = self._audit
        names = {correction.path for correction in audit.corrections if correction.is_last} if audit else set()
        if audit and names:
            worn = [one for one in self._worn[1] if one.entry.path in names and not one.draft]
            shown = {one.entry.path: one.entry for one in worn if isinstance(one.entry, Incident | Change)}
            self._audit = replace(audit, shown=shown)

    def _follow(self, past: Past, moved: frozenset[str] | None, read: Read, now: datetime) -> None:
        files = past.files
        known = self._lines.keys() | self._records.keys()
        worded = {path for path in files if original_of(path) in files}
        for path in (known if moved is None else moved & known) - files.keys() | known & worded:
            self._drop(path)
        lines: dict[str, Line] = {}
        for path in files if moved is None else (moved | self._ahead) & files.keys():
            if path in worded:
                continue
            line = past.line(path)
            if len(line) == 1 and path in read.files and read.files[path].blob == line[0].blob:
                self._take_single(path, line, read.files[path].parsed)
            elif not any(kind_of(step.path) in TIMED for step in line):
                self._drop(path)
            elif line != self._lines.get(path) or path in self._ahead:
                lines[path] = line
        gone = set(past.deleted())
        gone -= {path for path in gone if (original := original_of(path)) in files or original in gone}
        for path in self._gone_lines.keys() - gone:
            del self._gone_lines[path]
            self._gone.pop(path, None)
        for path in gone if moved is None else gone & moved | gone - self._gone_lines.keys():
            line = past.deleted_line(path)
            if line != self._gone_lines.get(path):
                self._gone_lines[path] = line
                if any(kind_of(step.path) in TIMED for step in line):
                    lines[GONE + path] = line
        clock, mark = self._reader.clock
        reader = VersionReader(self._cache, self._progress, clock, mark)
        for name, versions in reader.read(lines, past, read.files) if lines else ():
            story = read_story(versions, clock.zone, now)
            if name.startswith(GONE):
                self._gone[name.removeprefix(GONE)] = story
            else:
                self._take(name, lines[name], versions, story)

    def _take_single(self, path: str, line: Line, parsed: Parsed | None) -> None:
        self._drop(path, but_record=True)
        record, commits = None, commits_of(line)
        if commits and parsed and isinstance(parsed.entry, Incident | Change) and not parsed.draft and line[0].is_first:
            shown_at, event = find_shown(parsed.entry, commits[0]), first_event_mark(parsed.entry, commits[0])
            record = Record(commits, commits[0], shown_at, event=event)
        self._put(path, record)

    def _take(self, path: str, line: Line, versions: list[Version], story: Story) -> None:
        self._drop(path, but_record=True)
        self._lines[path] = line
        if story.corrections or story.removals:
            self._stories[path] = story
        if lies_ahead(versions):
            self._ahead.add(path)
        self._put(path, story.record)

    def _put(self, path: str, record: Record | None) -> None:
        before = self._records.get(path)
        if record == before:
            return
        self._fresh.add(path)
        if record:
            self._records[path] = record
        else:
            del self._records[path]

    def _drop(self, path: str, but_record: bool = False) -> None:
        self._lines.pop(path, None)
        self._stories.pop(path, None)
        self._ahead.discard(path)
        if not but_record:
            self._put(path, None)
            self._dressed.pop(path, None)

    def _forget(self, mark: str) -> None:
        self._fresh.update(self._records)
        self._mark = mark
        self._lines: dict[str, Line] = {}
        self._stories: dict[str, Story] = {}
        self._records = {}
        self._gone_lines: dict[str, Line] = {}
        self._gone: dict[str, Story] = {}
        self._ahead: set[str] = set()
        # By path: what was dressed, in what, and what it is then.
        self._dressed: dict[str, tuple[Parsed, Record, Parsed]] = {}
        self._is_known = False
        self._audit = None

    def _give_up(self, audit: Audit | None) -> None:
        self._forget(self._mark)
        self._audit = audit
