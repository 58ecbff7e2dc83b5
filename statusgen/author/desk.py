"""What lies on the author's desk: the site, and the files of a folder that are looked at, each read when it is asked
for."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import TypeVar

from statusgen.author.find import ManyError, find_aliases, find_id, match_names, may_go_on, say_unknown
from statusgen.author.plan import Existing, Plan, is_expected
from statusgen.author.refused import RefusedError
from statusgen.errors import Error
from statusgen.history.changes import ENDED, change_status
from statusgen.model.entries import Change, Entry, Incident
from statusgen.model.revisions import FileHistory
from statusgen.model.site import Site
from statusgen.parse.checks.advice import check_entry
from statusgen.parse.checks.levels import apply_levels
from statusgen.parse.checks.subject import make_subject
from statusgen.parse.content import check_place, mentions_check, original_of, parse_file
from statusgen.parse.front_matter import Document, parse_document
from statusgen.parse.outline import find_untimed
from statusgen.parse.parsed import Parsed, Reading
from statusgen.parse.site import parse_site
from statusgen.parse.slug import slug_of
from statusgen.parse.times import Clock
from statusgen.parse.trace import trace_headings
from statusgen.parse.updates import HeadingTimes
from statusgen.problems import Problem, has_errors
from statusgen.render.addresses import entry_path
from statusgen.source.folder import check_folder, read_file, read_names, read_site
from statusgen.source.heading_history import read_history

E = TypeVar("E", bound=Entry)
KINDS: dict[type, str] = {Incident: "incidents", Change: "changes"}
WORDS = {"incidents": "incident", "changes": "change", "messages": "message"}


class Desk:
    """A folder at a moment. Nothing of it is read before it is needed: at night, seconds count."""

    def __init__(self, folder: Path, site: Site, now: datetime) -> None:
        self.folder = folder
        self.site = site
        self.now = now
        self.clock = Clock(site.zone, site.shift_days)
        self._paths: dict[str, list[str]] = {}
        self._histories: dict[str, FileHistory] = {}

    def paths(self, kind: str) -> list[str]:
        """Of the files of a kind that are content, such as `incidents/2026/x.md`, sorted."""
        if kind not in self._paths:
            found = read_names(self.folder, kind)
            names = set(found)
            self._paths[kind] = [path for path in found if not check_place(path) and original_of(path) not in names]
        return self._paths[kind]

    def read(self, path: str) -> bytes:
        return read_file(self.folder, path)

    def ids(self, kind: str) -> set[str]:
        """What a new file of a kind cannot be called: names of others, what `id:` says instead, and old addresses."""
        names: set[str] = set()
        for path in self.paths(kind):
            data = self.read(path)
            names |= {slug_of(path), find_id(data) or slug_of(path)} | find_aliases(data, kind)
        return names

    def parse(self, path: str, data: bytes) -> tuple[Parsed | None, list[Problem], HeadingTimes]:
        """A text as `check` would read it in this place, with the times that git has for it."""
        times = HeadingTimes({})
        outline = find_untimed(data) if path.startswith(("incidents/", "changes/")) else None
        if outline:
            if path not in self._histories:
                self._histories[path] = read_history(self.folder, [path])
            times = trace_headings(path, outline, self._histories[path], self.now)
        parsed, problems = parse_file(path, data, Reading(self.clock, {path: times} if outline else {}, self.now))
        return parsed, problems + (mentions_check(self.site)(parsed) if parsed else []), times

    def open(self, path: str, kind: type[E]) -> Existing[E]:
        """Raises RefusedError where the file has an error: what is written into it would not be published."""
        data = self.read(path)
        parsed, problems, times = self.parse(path, data)
        if parsed is None or has_errors(problems):
            raise RefusedError(problems, self.folder)
        assert isinstance(parsed.entry, kind), path  # noqa: S101
        return Existing(path, data, parsed.entry, times, parsed.draft)

    def document(self, existing: Existing[E]) -> Document:
        document, problems = parse_document(existing.path, existing.data)
        if document is None:
            raise RefusedError(problems, self.folder)
        return document

    def find(self, asked: str | None, kind: type[E]) -> Existing[E]:
        """The file of a name, of a part of it that only one has, or the only one that goes on. Raises Error, which
        lists what else it can be."""
        folder = KINDS[kind]
        paths = self.paths(folder)
        found = match_names(asked, paths) or self._with_id(asked, paths) if asked else paths
        if asked and not found:
            raise Error(say_unknown(asked, WORDS[folder], paths))
        if not asked or len(found) > 1:
            going_on = [existing for existing in self.going_on(kind, found) if existing]
            if len(going_on) == 1:
                return going_on[0]
            if not asked and not going_on:
                raise Error(f"no {WORDS[folder]} goes on; say which one is meant")
            raise ManyError(asked or "", WORDS[folder], [existing.path for existing in going_on] or found)
        return self.open(found[0], kind)

    def going_on(self, kind: type[E], paths: list[str] | None = None) -> Iterator[Existing[E] | None]:
        """Those that are not over, in the order of their names; None for each that has an error."""
        for path in self.paths(KINDS[kind]) if paths is None else paths:
            if may_go_on(self.read(path)):
                existing = self.open_if_good(path, kind)
                if existing is None or (self._goes_on(existing.entry) and not existing.draft):
                    yield existing

    def open_if_good(self, path: str, kind: type[E]) -> Existing[E] | None:
        try:
            return self.open(path, kind)
        except RefusedError:
            return None

    def check(self, plan: Plan) -> list[Problem]:
        """What is wrong with what a plan writes and was not before, all of it warnings. Raises RefusedError where
        `check` would refuse it, and Error where it would be read as something else than was meant."""
        parsed, problems = self._judge(plan.path, plan.data)
        if parsed is None or has_errors(problems):
            raise RefusedError(problems, self.folder)
        if not is_expected(parsed.entry, plan.expected):
            raise Error("this would be read as something else than it says: the text, or the file, opens a comment or "
                        "code that it does not close; nothing is written")  # fmt: skip
        known = {(old.code, old.message) for old in self._judge(plan.path, plan.before)[1]} if plan.before else set()
        return [problem for problem in problems if (problem.code, problem.message) not in known]

    def _judge(self, path: str, data: bytes) -> tuple[Parsed | None, list[Problem]]:
        """As `check` would, of this file alone, with what site.yaml makes of it."""
        parsed, problems, times = self.parse(path, data)
        if parsed and not parsed.draft and not has_errors(problems):
            problems = [*problems, *check_entry(make_subject(parsed, data, times, self.clock), self.now)]
        return parsed, list(apply_levels(problems, dict(self.site.checks), {path} if parsed and parsed.draft else ()))

    def address(self, entry: Entry) -> str:
        return self.site.url + entry_path(entry)

    def _goes_on(self, entry: Entry) -> bool:
        if isinstance(entry, Change):
            return change_status(entry, self.site.zone, self.now) not in ENDED
        return isinstance(entry, Incident) and entry.resolved_at is None

    def _with_id(self, asked: str, paths: list[str]) -> list[str]:
        return [path for path in paths if find_id(self.read(path)) == asked]


def open_desk(folder: Path, now: datetime) -> Desk:
    """Raises Error where there is no such folder, and RefusedError where its site.yaml has an error."""
    check_folder(folder)
    data = read_site(folder)
    if data is None:
        raise Error(f"{folder} has no site.yaml; `statusgen init DIR` makes one")
    site, problems = parse_site(data, now)
    if site is None or has_errors(problems):
        raise RefusedError(problems, folder)
    return Desk(folder, site, now)
