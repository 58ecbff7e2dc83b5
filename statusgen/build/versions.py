"""What files were before, parsed: only those of their texts on which something can depend."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import islice

from statusgen.build.cache import Cache, Outcome
from statusgen.build.read import TIMED, FileRead
from statusgen.build.sharing import share_work
from statusgen.build.workers import Progress
from statusgen.history.versions import Version
from statusgen.history.visible import visible_from
from statusgen.model.audit import What
from statusgen.model.entries import Change, Entry, Incident
from statusgen.model.revisions import Line, Step
from statusgen.parse.content import check_place, kind_of, parse_file
from statusgen.parse.outline import find_untimed
from statusgen.parse.parsed import Parsed, Reading
from statusgen.parse.sections import may_be_reworded
from statusgen.parse.times import Clock
from statusgen.parse.trace import trace_headings
from statusgen.parse.updates import HeadingTimes
from statusgen.source.files import is_hidden
from statusgen.source.past import Past

# So many files at a time, whose texts are then in memory.
AT_ONCE = 1000
# An incident whose text does not have the first is not over, and one without the second is no draft.
OVER, DRAFT = b"resolved", b"draft"
Text = tuple[str, str]


@dataclass(frozen=True, slots=True)
class VersionReader:
    """`mark` changes with what times mean, as `clock` reads them."""

    cache: Cache
    progress: Progress
    clock: Clock
    mark: str

    def read(
        self, lines: Mapping[str, Line], past: Past, files: Mapping[str, FileRead]
    ) -> Iterator[tuple[str, list[Version]]]:
        """The versions of each line, by the names that lines are given. `files` are those that were read already."""
        names = iter(lines)
        while some := list(islice(names, AT_ONCE)):
            yield from self._read_some({name: lines[name] for name in some}, past, files)

    def _read_some(
        self, lines: Mapping[str, Line], past: Past, files: Mapping[str, FileRead]
    ) -> Iterator[tuple[str, list[Version]]]:
        texts = {text for line in lines.values() for step in line if is_placed(step) and (text := text_of(step))}
        known = {text: files[text[0]].parsed for text in texts if _is_read(text, files)}
        data = past.read(blob for _, blob in texts)
        chosen = {name: _choose(line, data) for name, line in lines.items()}
        parsed: dict[Text, Parsed | None] = dict(known)
        unsure = dict(lines)
        while unsure:
            wanted = {text_of(line[place]) for name, line in unsure.items() for place in chosen[name]} - parsed.keys()
            parsed |= self._parse(sorted(wanted), data, past) if wanted else {}
            for name, line in tuple(unsure.items()):
                more = _unsure_begin(line, chosen[name], parsed) | _after_errors(line, chosen[name], parsed)
                if more <= chosen[name]:
                    del unsure[name]
                chosen[name] |= more
        for name, line in lines.items():
            yield name, [_version(step, parsed, place in chosen[name]) for place, step in enumerate(line)]

    def _parse(self, texts: Sequence[Text], data: Mapping[str, bytes], past: Past) -> dict[Text, Parsed | None]:
        keys = {text: self.cache.key_of(self.mark, *text, "False") for text in texts}
        found = self.cache.find(keys.values())
        outcomes = {text: found[key] for text, key in keys.items() if key in found}
        rest = [text for text in texts if text not in outcomes]
        times = self._trace(rest, data, past)

        def read(text: Text) -> Outcome:
            path, blob = text
            return parse_file(path, data[blob], Reading(self.clock, {path: times[text]} if text in times else {}))

        def work(some: Sequence[Text]) -> dict[Text, Outcome]:
            return {text: read(text) for text in some}

        parts = share_work(rest, work, partial(self.progress, "reading the history"))
        fresh = {text: outcome for part in parts for text, outcome in part.items()}
        self.cache.keep({keys[text]: outcome for text, outcome in fresh.items() if text not in times})
        return {text: found if isinstance(found, Parsed) else None for text, (found, _) in (outcomes | fresh).items()}

    def _trace(self, texts: Sequence[Text], data: Mapping[str, bytes], past: Past) -> dict[Text, HeadingTimes]:
        """Times from git, as of each version, for those that have headings without one."""
        outlines = {text: outline for text in texts if (outline := find_untimed(data[text[1]]))}
        names = {text: str(number) for number, text in enumerate(outlines)}
        history = past.trace({name: text for text, name in names.items()}) if names else None
        if history is None:
            return {}
        return {text: trace_headings(names[text], outline, history) for text, outline in outlines.items()}


def text_of(step: Step) -> Text:
    return step.path, step.blob or ""


def is_placed(step: Step) -> bool:
    """Whether a step of a line can be an incident or a change."""
    path = step.path
    return bool(step.blob) and kind_of(path) in TIMED and not _is_kept_out(path) and check_place(path) is None


def _is_kept_out(path: str) -> bool:
    return any(is_hidden(part) for part in path.split("/"))


def _is_read(text: Text, files: Mapping[str, FileRead]) -> bool:
    path, blob = text
    return path in files and files[path].blob == blob


def _choose(line: Line, data: Mapping[str, bytes]) -> set[int]:
    """The places of those versions in which it may begin, be over, go, or say something in other words, and of those
    that come after or before."""
    texts = [data[step.blob].lower() if step.blob and is_placed(step) else None for step in line]
    chosen = {len(line) - 1}
    for place, (step, text) in enumerate(zip(line, texts, strict=True)):
        before = [(line[other], texts[other]) for other in step.follows]
        is_moved = any(other.path != step.path for other, _ in before)
        if is_moved or _may_be_gone(text):
            chosen.update((place, *step.follows))
        may_differ = any(_may_be_over(*other) or _may_be_gone(other[1]) for other in before)
        if may_differ or not before or _may_be_over(step, text):
            chosen.add(place)
        if text and any(was and may_be_reworded(was, text) for _, was in before):
            chosen.update((place, *step.follows))
    return {place for place in chosen if texts[place] is not None}


def _may_be_gone(text: bytes | None) -> bool:
    return text is None or DRAFT in text


def _may_be_over(step: Step, text: bytes | None) -> bool:
    return text is not None and (OVER in text or kind_of(step.path) != TIMED[0])


def _unsure_begin(line: Line, chosen: set[int], parsed: Mapping[Text, Parsed | None]) -> set[int]:
    """The next one to look at, where nobody could see the first ones."""
    for place, step in enumerate(line):
        if not is_placed(step):
            continue
        if place not in chosen:
            return {place}
        found = parsed.get(text_of(step))
        if found and not found.draft and not _is_ahead(found.entry, step):
            break
    return set()


def _is_ahead(entry: Entry, step: Step) -> bool:
    """Whether it was not shown yet when it was committed."""
    shown_at = visible_from(entry) if isinstance(entry, Incident | Change) else None
    return bool(shown_at and step.authored_at and shown_at > step.authored_at)


def _after_errors(line: Line, chosen: set[int], parsed: Mapping[Text, Parsed | None]) -> set[int]:
    """What follows those that nobody could see: what was before them may be over, and stays what customers see."""
    broken = {place for place in chosen if parsed.get(text_of(line[place])) is None}
    return {place for place, step in enumerate(line) if is_placed(step) and not broken.isdisjoint(step.follows)}


def _version(step: Step, texts: Mapping[Text, Parsed | None], is_chosen: bool) -> Version:
    """What was not chosen to be read was open, if it could be an entry."""
    if is_placed(step) and not is_chosen:
        return Version(step, is_open=True)
    parsed = texts[text_of(step)] if is_chosen else None
    if step.blob is None:
        return Version(step, gone=What.DELETED)
    if parsed and parsed.draft:
        return Version(step, gone=What.DRAFTED)
    if parsed and isinstance(parsed.entry, Incident | Change):
        return Version(step, parsed.entry)
    problem = check_place(step.path)
    is_wrong = is_placed(step) or (problem is not None and problem.severity == "error")
    # With an error customers go on to see what was before; anything else is not for them.
    is_gone = _is_kept_out(step.path) or not is_wrong
    return Version(step, gone=What.HIDDEN if is_gone else None)
