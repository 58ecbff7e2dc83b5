"""What is shown of files with errors where nobody is looking: a typo closes no incident and takes no page down."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Container, Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from itertools import chain, count

from statusgen.build.read import Read
from statusgen.build.reader import Reader
from statusgen.model.entries import Change, Entry, Incident, Notice, ProblemReport, States
from statusgen.model.site import Site
from statusgen.model.translations import SiteWords
from statusgen.parse.alias_check import drop_clashes
from statusgen.parse.content import PARSERS, check_place, kind_of, language_of, original_of
from statusgen.parse.file_names import meant_tag
from statusgen.parse.outline import find_untimed
from statusgen.parse.parsed import Parsed
from statusgen.parse.parsed_translation import ParsedTranslation
from statusgen.parse.site import PATH as SITE_PATH
from statusgen.parse.site import parse_site
from statusgen.parse.site_words import parse_site_words
from statusgen.parse.slug import slug_of
from statusgen.parse.trace import trace_headings
from statusgen.problems import has_errors
from statusgen.source.commits import Commits, Version

# Codes of what stands where a file should be.
NO_FILES = ("symlink", "submodule")
# Codes of what hardly stands in a translation.
ODD_WORDS = ("translation-fact", "translation-update")
UNKNOWN = datetime.min.replace(tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class StandIn:
    """What is shown for a file with errors: an earlier version, or nothing where none was ever good.

    `until`: when time alone makes it needless. `is_words`: it is a translation, and `words` are those of that version
    of an entry; those of the site are in it.
    """

    path: str
    version: Version | None
    parsed: Parsed | None
    until: datetime | None = None
    is_words: bool = False
    words: ParsedTranslation | None = None

    @property
    def commit(self) -> str | None:
        return self.version.commit if self.version else None


class LastGood:
    """Finds stand-ins in the history of a branch. They depend on the commit only, not on what was built before."""

    def __init__(self, commits: Commits, reader: Reader) -> None:
        self._commits = commits
        self._reader = reader
        self._commit = ""
        self._shallow: frozenset[str] = frozenset()
        self._clock: tuple[str, int] | None = None
        self._site: Site | None = None
        self._found: dict[tuple[str, str], StandIn] = {}

    def find_site(self, commit: str, now: datetime) -> Site | None:
        """The newest site.yaml without errors; None where there never was one."""
        for version in self._commits.versions(commit, SITE_PATH, deleted_too=True):
            data = self._commits.read_blob(version.blob)
            site = parse_site(data, now)[0] if data is not None else None
            if site:
                # The same value as before lets what was made of it be the same.
                self._site = self._site if self._site == site else site
                return self._site
        return None

    def find_words(self, commit: str, path: str, language: str, site: Site) -> tuple[StandIn, SiteWords | None]:
        """Those of the newest site.LANG.yaml without errors, by what site.yaml has now."""
        for version in self._commits.versions(commit, path):
            data = self._commits.read_blob(version.blob) if version.path == path else None
            words = parse_site_words(path, language, data, site)[0] if data is not None else None
            if words:
                return StandIn(path, version, None, is_words=True), words
        return StandIn(path, None, None, is_words=True), None

    def added_at(self, commit: str, path: str) -> datetime | None:
        """When a file came; None where that is not known."""
        versions = self._commits.versions(commit, path)
        return versions[-1].authored_at if versions else None

    def find_stand_ins(self, commit: str, read: Read) -> list[StandIn]:
        """For each file that has an error by itself, and not only in how it refers to others."""
        broken = {
            path: file.blob for path, file in read.files.items() if file.parsed is None and has_errors(file.problems)
        }
        # A link or a submodule is no text of the file.
        linked = {problem.path for problem in read.problems if problem.code in NO_FILES}
        broken |= dict.fromkeys((path for path in linked if kind_of(path) in PARSERS), "")
        # Words of another entry by their name, and by what they say perhaps not.
        odd = {problem.path for problem in read.problems if problem.code in ODD_WORDS} & read.worded.keys()
        broken |= {path: read.files[path].blob for path in odd if not self._came_later(commit, path)}
        paths = [path for path, _ in self._found]
        clock = (read.site.zone.key, read.site.shift_days) if read.site else None
        shallow = self._commits.shallow() if broken else self._shallow
        stays = (
            self._clock == clock
            and self._shallow == shallow
            and paths
            and (self._commit == commit or not self._commits.touched(self._commit, commit, paths))
        )
        if not stays:
            self._found = {}
        self._commit, self._clock, self._shallow = commit, clock, shallow
        # What was found holds for the text that was broken then.
        self._found = {key: found for key, found in self._found.items() if broken.get(key[0]) == key[1]}
        for key in broken.items():
            if key not in self._found:
                self._found[key] = self._find(commit, *key, read.files)
        return [self._found[key] for key in sorted(broken.items())]

    def _find(self, commit: str, path: str, blob: str, files: Container[str]) -> StandIn:
        is_named_so = original_of(path) in files
        if is_named_so and self._came_later(commit, path):
            return self._find_translation(commit, path, blob)
        for version, parsed in self.read_versions(commit, path):
            is_broken = version.blob == blob and version.path == path and not is_named_so
            if parsed and not is_broken:
                return StandIn(path, version, parsed)
        return StandIn(path, None, None)

    def _find_translation(self, commit: str, path: str, blob: str) -> StandIn:
        language = language_of(path)
        for version in self._commits.versions(commit, path) if _is_translation(path) else ():
            is_one = _is_translation(version.path) and language_of(version.path) == language
            data = self._commits.read_blob(version.blob) if is_one and version.blob != blob else None
            words = self._reader.parse_words(path, data) if data is not None else None
            if words:
                return StandIn(path, version, None, is_words=True, words=words)
        return StandIn(path, None, None, is_words=True)

    def read_versions(self, commit: str, path: str) -> Iterator[tuple[Version, Parsed | None]]:
        """What a file was up to a commit, newest first; None where it could not be published then."""
        for version in self._commits.versions(commit, path):
            is_placed = kind_of(version.path) in PARSERS and not check_place(version.path)
            parsed = self._parse(commit, version) if is_placed else None
            # Another file may have its old name by now.
            yield version, replace(parsed, entry=replace(parsed.entry, path=path)) if parsed else None

    def _came_later(self, commit: str, path: str) -> bool:
        """Whether a file was there when a translation of it came: one that was there before is none, but an entry.

        Where the history does not tell, the language in the name does."""
        ours, other = self.added_at(commit, path), self.added_at(commit, original_of(path) or "")
        if ours is None and other is None:
            return bool(meant_tag(language_of(path)))
        return ours is not None and (other is None or ours >= other)

    def _parse(self, commit: str, version: Version) -> Parsed | None:
        data = self._commits.read_blob(version.blob)
        if data is None:
            return None
        outline = find_untimed(data)
        times = trace_headings(version.path, outline, self._commits.trace(commit, version)) if outline else None
        return self._reader.parse(version.path, data, times)


def _is_translation(path: str) -> bool:
    """By its name alone, where there is what it would be a translation of."""
    original = original_of(path)
    return original is not None and check_place(path, (original,)) is None


def settle_references(site: Site, files: Iterable[Parsed], added_at: Callable[[str], datetime | None]) -> list[Parsed]:
    """Files whose names all have something that they name: what nothing has is left out of them.

    Of two files with one id, the one that was there first keeps it, as `added_at` says by path; the other one goes by
    its file name."""
    files = list(files)
    components = {component.id for component in site.components}
    incidents = {parsed.entry.id for parsed in files if isinstance(parsed.entry, Incident) and not parsed.draft}
    settled = [_without_unknown(parsed, components, incidents) for parsed in files]
    counts = Counter(claim for parsed in settled for claim in parsed.claims)
    if len(counts) == counts.total():
        return drop_clashes(site, settled, added_at)
    kept: list[Parsed] = []
    others = []
    taken: set[object] = set()

    def order(parsed: Parsed) -> tuple[bool, datetime, str]:
        path, contested = parsed.entry.path, any(counts[claim] > 1 for claim in parsed.claims)
        return parsed.draft, (contested and added_at(path)) or UNKNOWN, path

    for parsed in sorted(settled, key=order):
        if taken.isdisjoint(parsed.claims):
            taken.update(parsed.claims)
            kept.append(parsed)
        else:
            others.append(parsed)
    for parsed in others:
        slug = slug_of(parsed.entry.path)
        names = chain([slug], (f"{slug}-{number}" for number in count(2)))
        renamed = (replace(parsed, entry=replace(parsed.entry, id=name)) for name in names)
        free = next(other for other in renamed if taken.isdisjoint(other.claims))
        taken.update(free.claims)
        kept.append(free)
    return drop_clashes(site, kept, added_at)


def _without_unknown(parsed: Parsed, components: set[str], incidents: set[str]) -> Parsed:
    if all(name in components for name, _ in parsed.mentions) and all(
        name in incidents for name, _ in parsed.incidents
    ):
        return parsed
    return replace(parsed, entry=_strip(parsed.entry, components, incidents))


def _strip(entry: Entry, components: set[str], incidents: set[str]) -> Entry:
    def known(states: States) -> States:
        return tuple((name, state) for name, state in states if name in components)

    if isinstance(entry, Incident | Change):
        updates = tuple(replace(update, states=known(update.states)) for update in entry.updates)
        # How bad it is does not change because a name is wrong.
        if isinstance(entry, Incident):
            impact = entry.impact
            return replace(entry, states=known(entry.states), updates=updates, impact_override=impact)
        deviations = tuple(
            replace(one, states=None if one.states is None else known(one.states)) for one in entry.deviations
        )
        return replace(entry, states=known(entry.states), updates=updates, deviations=deviations)
    if isinstance(entry, Notice):
        return replace(entry, components=tuple(name for name in entry.components if name in components))
    if isinstance(entry, ProblemReport):
        return replace(entry, incidents=tuple(name for name in entry.incidents if name in incidents))
    return entry
