"""All files to one Content: which file is what, and whether all references meet."""

from __future__ import annotations

from bisect import insort
from collections import defaultdict
from collections.abc import Callable, Container, Iterable
from functools import cache
from operator import attrgetter
from typing import Any

from statusgen.model.ends import find_difference
from statusgen.model.entries import Change, Entry, Incident, Notice, Page, ProblemReport
from statusgen.model.languages import find_language, find_tag, get_language
from statusgen.model.site import Content, Site
from statusgen.model.states import Impact
from statusgen.model.translations import Translation
from statusgen.parse.alias_check import check_aliases
from statusgen.parse.change import parse_change
from statusgen.parse.documents import parse_notice, parse_page, parse_report
from statusgen.parse.file_names import SITE_WORDS, meant_tag, near_site_words, right_name, split_name
from statusgen.parse.incident import parse_incident
from statusgen.parse.languages import suggest_tag
from statusgen.parse.occurrence import check_occurrences
from statusgen.parse.parsed import Parsed, Reading
from statusgen.parse.parsed_translation import ParsedTranslation
from statusgen.parse.slug import slug_of
from statusgen.parse.times import Clock
from statusgen.parse.translation import parse_translation
from statusgen.problems import Problem, Severity, suggest

Parser = Callable[[str, bytes, Reading], tuple[Parsed | None, list[Problem]]]

PARSERS: dict[str, Parser] = {
    "incidents": parse_incident,
    "changes": parse_change,
    "notices": parse_notice,
    "problems": parse_report,
    "pages": parse_page,
}
NO_TEXTS = (".png", ".jpg", ".jpeg", ".gif", ".webp", ".avif", ".svg", ".ico", ".pdf")
OTHER_FOLDERS = ("messages",)


def kind_of(path: str) -> str:
    """The folder that decides what a file is: the first one of its path, "" at the top."""
    return path.split("/", 1)[0] if "/" in path else ""


def check_place(path: str, beside: Container[str] = ()) -> Problem | None:
    """What is wrong with where a file lies or how its name ends; None where it is content or messages.

    `beside` are the paths of all files."""
    kind = kind_of(path)
    if kind in OTHER_FOLDERS:
        return None
    if path == "site.yml":
        return Problem(path, 0, "wrong-extension", "this file is not read", "rename it to site.yaml")
    if words := SITE_WORDS.fullmatch(path):
        name = f"site.{find_tag(words[1]) or words[1]}.yaml"
        if path.endswith(".yml"):
            return Problem(path, 0, "wrong-extension", "this file is not read", f"rename it to {name}")
        return _check_tag(path, words[1], name)
    if name := near_site_words(path):
        return Problem(path, 0, "not-content", "this file is not read", f"did you mean `{name}`?", "warning")
    if path.casefold().endswith(NO_TEXTS):
        hint = "put it where it has an address and link to that, or start its name with `_`"
        return Problem(path, 0, "not-markdown", "only markdown is published, so this file is not", hint, "warning")
    if kind not in PARSERS:
        hint = suggest(kind, PARSERS) if kind else "content lies in the folders " + ", ".join(PARSERS)
        severity: Severity = "error" if path.endswith(".md") and not path.upper().startswith("README") else "warning"
        return Problem(path, 0, "not-content", "this file is not published", hint, severity)
    if not path.endswith(".md"):
        return Problem(path, 0, "wrong-extension", "this file would not be published: its name does not end in `.md`",
                       "rename it, or start its name with `_` to keep it out")  # fmt: skip
    if original_of(path) in beside:
        return _check_tag(path, language_of(path), right_name(path, meant_tag(language_of(path))))
    return None


def _check_tag(path: str, written: str, right: str) -> Problem | None:
    """`right` is the name for the language that was meant, if that is known."""
    name = path.rpartition("/")[2]
    if name == right and find_language(written):
        return None
    if meant := find_tag(written):
        message = f"this looks like a translation to {get_language(meant).english}, and is not named as one"
        hint = f"did you mean `{right}`?"
    else:
        message = f"this is named as a translation, and `{written}` is not a language that pages can be in"
        hint = suggest_tag(written)
    return Problem(path, 0, "unknown-language", message, f"{hint}; `_` before a name keeps a file out")


def original_of(path: str) -> str | None:
    """The file that one named like `x.id.md`, or nearly so, is a translation of, if it is there."""
    found = split_name(path)
    return found[0] if found else None


def language_of(path: str) -> str:
    """The language in the name of a translation, as it is written there."""
    found = split_name(path)
    return found[1] if found else ""


def parse_file(path: str, data: bytes, reading: Reading) -> tuple[Parsed | None, list[Problem]]:
    """One file below a folder of PARSERS. Depends on nothing but its arguments, so that results can be kept."""
    return PARSERS[kind_of(path)](path, data, reading)


def parse_words(path: str, data: bytes, clock: Clock) -> tuple[ParsedTranslation | None, list[Problem]]:
    """The same of a file that is a translation, as `original_of` and what lies beside it say."""
    return parse_translation(path, original_of(path) or "", language_of(path), data, clock)


def check_references(site: Site, files: Iterable[Parsed], unread: Iterable[str] = ()) -> list[Problem]:
    """Names that nothing has, and ids that two files have. Nothing is said of what `unread`, paths with errors, has."""
    files = list(files)
    check_mentions = mentions_check(site)
    problems = [problem for parsed in files for problem in check_mentions(parsed)]
    unread = list(unread)
    problems += check_incident_names(files, unread) + check_occurrences(files, unread, site.zone)
    return problems + check_ids(files) + check_aliases(site, files)


def mentions_check(site: Site) -> Callable[[Parsed], list[Problem]]:
    """What is wrong with the components that a file names, as a function of the file: it depends on nothing else."""
    components = {component.id for component in site.components}
    # Looking for a near name is slow among many, and what is missing is often missed by many files.
    near_component = cache(lambda name: suggest(name, components))

    def check(parsed: Parsed) -> list[Problem]:
        path, problems = parsed.entry.path, []
        for name, line in dict.fromkeys(parsed.mentions):
            if name not in components:
                problems.append(Problem(path, line, "unknown-component", f"there is no component `{name}`",
                                        near_component(name) or "add it to site.yaml", _severity(parsed)))  # fmt: skip
        if not parsed.mentions and site.components and _goes_on(parsed.entry):
            names = " or ".join(f"`{component.id}: …`" for component in site.components[:3])
            problems.append(Problem(path, 1, "no-components",
                                    "no component is named: uptime does not count this incident",
                                    f"write `components:` and below it, indented, what is affected, such as {names}; "
                                    "or `impact: none`", "warning"))  # fmt: skip
        return problems

    return check


def check_incident_names(files: Iterable[Parsed], unread: Iterable[str]) -> list[Problem]:
    """Reports about incidents that are not there."""
    files = list(files)
    reports = [parsed for parsed in files if parsed.incidents]
    if not reports:
        return []
    drafts = {parsed.entry.id for parsed in files if isinstance(parsed.entry, Incident) and parsed.draft}
    incidents = {parsed.entry.id for parsed in files if isinstance(parsed.entry, Incident) and not parsed.draft}
    broken = {slug_of(path) for path in unread if kind_of(path) == "incidents"}
    near_incident = cache(lambda name: suggest(name, incidents))
    problems = []
    for parsed in reports:
        path = parsed.entry.path
        for name, line in parsed.incidents:
            if name in drafts - incidents:
                hint = "make this a draft too, or publish the incident"
                problems.append(Problem(path, line, "draft-incident", f"the incident `{name}` is a draft", hint,
                                        _severity(parsed)))  # fmt: skip
            elif name not in incidents | broken:
                problems.append(Problem(path, line, "unknown-incident", f"there is no incident `{name}`",
                                        near_incident(name), _severity(parsed)))  # fmt: skip
    return problems


def check_ids(files: Iterable[Parsed]) -> list[Problem]:
    """Ids that two files of a kind have, and those by which other software would take one for the other; letters of
    another case are the same id."""
    files = list(files)
    claims = [claim for parsed in files for claim in parsed.claims]
    if len(set(claims)) == len(claims):
        return []
    problems = []
    owners: dict[object, str] = {}
    # A draft never takes an id from what is published.
    for parsed in sorted(files, key=lambda parsed: (parsed.draft, parsed.entry.path)):
        path = parsed.entry.path
        others = [owner for claim in parsed.claims if (owner := owners.setdefault(claim, path)) != path]
        if others:
            hint = f"by {others[0]}; ids are file names, or `id:`"
            if kind_of(others[0]) != kind_of(path):
                hint = f"by {others[0]}; with 12 letters and digits, it is the same in the API for both"
            elif any(meant_tag(folder) for one in (path, others[0]) for folder in one.split("/")[1:-1]):
                hint = f"{hint}; translations lie beside their original, as NAME.de.md"
            problems.append(Problem(path, parsed.id_line, "duplicate-id", f"the id `{parsed.entry.id}` is taken", hint,
                                    _severity(parsed)))  # fmt: skip
    return problems


def _severity(parsed: Parsed) -> Severity:
    return "warning" if parsed.draft else "error"


def _goes_on(entry: Entry) -> bool:
    """Whether this is an incident that is not over, and does not say that nothing is affected."""
    return isinstance(entry, Incident) and not entry.resolved_at and entry.impact_override is not Impact.NONE


KINDS: tuple[tuple[str, type, Callable[[Any], Any]], ...] = (
    ("incidents", Incident, attrgetter("started_at", "id")),
    ("changes", Change, attrgetter("starts_at", "id")),
    ("notices", Notice, attrgetter("publish_at", "id")),
    ("reports", ProblemReport, attrgetter("id")),
    ("pages", Page, attrgetter("title", "id")),
)


def make_content(
    site: Site, files: Iterable[Parsed], drafts: bool = False, translations: tuple[Translation, ...] = ()
) -> Content:
    """Drafts left out unless asked for; every kind in a fixed order, timed ones oldest first. What stands for an
    occurrence of a series is not linked with it yet. `translations` are those of what is not left out."""
    entries: defaultdict[type, list[Any]] = defaultdict(list)
    for parsed in files:
        if drafts or not parsed.draft:
            entries[type(parsed.entry)].append(parsed.entry)
    found: dict[str, Any] = {name: tuple(sorted(entries[kind], key=key)) for name, kind, key in KINDS}
    return Content(site, **found, translations=translations)


def remake_content(
    site: Site,
    files: tuple[Parsed, ...],
    before: Content,
    files_before: tuple[Parsed, ...],
    translations: tuple[Translation, ...] = (),
) -> Content:
    """The same as `make_content`, where most files are the very same ones as before."""
    start, old_stop, stop = find_difference(files_before, files)
    gone = [parsed.entry for parsed in files_before[start:old_stop] if not parsed.draft]
    fresh = [parsed.entry for parsed in files[start:stop] if not parsed.draft]
    entries: dict[str, Any] = {}
    for name, kind, key in KINDS:
        left_out = {id(entry) for entry in gone if isinstance(entry, kind)}
        known = getattr(before, name)
        kept = [entry for entry in known if id(entry) not in left_out] if left_out else list(known)
        for entry in fresh:
            if isinstance(entry, kind):
                insort(kept, entry, key=key)
        entries[name] = tuple(kept)
    return Content(site, **entries, translations=translations)
