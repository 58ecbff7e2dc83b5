"""What customers read in another language than the page's, because nobody has translated it yet."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Container, Iterable, Iterator, Mapping
from datetime import datetime

from statusgen.history.changes import ENDED, change_status
from statusgen.history.translated import missing_texts, translate_site
from statusgen.history.visible import is_current, visible_change, visible_incident
from statusgen.model.entries import Change, Entry, Incident, Notice, ProblemReport, Update
from statusgen.model.languages import list_names, list_words
from statusgen.model.site import Component, Group, Site
from statusgen.model.states import ProblemStatus
from statusgen.model.translations import SiteWords, Translation
from statusgen.parse.checks.subject import Subject
from statusgen.parse.site import PATH as SITE_PATH
from statusgen.problems import Problem

# What a text that is missing is called.
TEXTS = {"summary": "the text above the first update", "body": "the text"}


def check_untranslated(
    subjects: Mapping[str, Subject],
    site: Site,
    translations: tuple[Translation, ...],
    unread: Container[str],
    now: datetime,
) -> Iterator[Problem]:
    """Of each thing that is shown as current, once for all languages that it lacks, and how much else. Nothing is said
    of what is in `unread`, which are paths of translations with errors."""
    yield from _check_site(site, unread)
    words = {(one.of, one.language): one for one in translations}
    over: dict[str, list[bool]] = {tag: [] for tag in site.languages}
    for path, subject in subjects.items():
        tags = [tag for tag in site.languages if _name_of(path, tag) not in unread]
        current = is_going_on(subject.parsed.entry, site, now)
        if current:
            yield from _check_entry(subject, {tag: words.get((path, tag)) for tag in tags}, now)
        for tag in tags if current is False else ():
            over[tag].append((path, tag) in words)
    yield from _count_over(over)


def _name_of(path: str, tag: str) -> str:
    return f"{path.removesuffix('.md')}.{tag}.md"


def _count_over(over: Mapping[str, list[bool]]) -> Iterator[Problem]:
    tags: defaultdict[tuple[int, int], list[str]] = defaultdict(list)
    for tag, told in over.items():
        if not all(told):
            tags[told.count(False), len(told)].append(tag)
    if tags:
        (count, total), first = next(iter(tags.items()))
        message = f"{count} of {total} entries that are over are not translated to {list_names(first)}"
        others = [f", {n} of {m} not to {list_names(some)}" for (n, m), some in list(tags.items())[1:]]
        hint = "they stay as they are; `untranslated: off` below `checks:` silences this"
        yield Problem(SITE_PATH, 0, "untranslated", message + "".join(others), hint, "warning")


def is_going_on(entry: Entry, site: Site, now: datetime) -> bool | None:
    """Whether customers see it as current; False where it is over, and None where it is not shown yet."""
    if isinstance(entry, Incident):
        incident = visible_incident(entry, now)
        return not incident.resolved_at if incident else None
    if isinstance(entry, Change):
        change = visible_change(entry, now)
        return change_status(change, site.zone, now) not in ENDED if change else None
    if isinstance(entry, Notice):
        return is_current(entry, now) if entry.publish_at <= now else None
    return not isinstance(entry, ProblemReport) or entry.status is not ProblemStatus.RESOLVED


def _check_entry(subject: Subject, words: Mapping[str, Translation | None], now: datetime) -> Iterator[Problem]:
    """`words` by the tags of languages."""
    entry = subject.parsed.entry
    if without := [tag for tag, found in words.items() if found is None]:
        message = f"this is not translated to {list_names(without)}"
        yield subject.warn(1, "untranslated", message, f"write {_files(entry, without)}, with its title and texts only")
    found = {tag: one for tag, one in words.items() if one}
    missing = {tag: missing_texts(entry, one) for tag, one in found.items()}
    for key in dict.fromkeys(key for keys in missing.values() for key in keys):
        tags = [tag for tag, keys in missing.items() if key in keys]
        message = f"{TEXTS.get(key, f'`{key}`')} is not translated to {list_names(tags)}, so the title is not either"
        yield subject.warn(1, "untranslated", message, f"add it to {_files(entry, tags)}")
    known = {tag: dict(one.updates) for tag, one in found.items()}
    for update in entry.updates if isinstance(entry, Incident | Change) else ():
        tags = [tag for tag, texts in known.items() if update.id not in texts]
        if update.body and tags and update.at <= now:
            when = subject.clock.write_time(update.at)
            message = f"this update is not translated to {list_names(tags)}"
            hint = f"add it to {_files(entry, tags)}, below `## {update.status.value} @ {when}`"
            yield subject.warn(_line_of(subject, update), "untranslated", message, hint)


def _files(entry: Entry, tags: Iterable[str]) -> str:
    return _list_files([_name_of(entry.path, tag) for tag in tags])


def _list_files(names: list[str]) -> str:
    return list_words(names) if len(names) <= 3 else ", ".join([*names[:3], "…"])


def _line_of(subject: Subject, update: Update) -> int:
    same = [told for told in subject.updates if told.at == update.at]
    exact = [told for told in same if told.body.strip("\n") == update.body]
    return next((told.line for told in [*exact, *same]), 1)


def _check_site(site: Site, unread: Container[str]) -> Iterator[Problem]:
    """Each file with words by itself, and the languages that have none together."""
    told = {one.language for one in site.words}
    without = [tag for tag in site.languages if tag not in told and f"site.{tag}.yaml" not in unread]
    if without and (missing := _missing_words(site, without[0])):
        names = _list_files([f"site.{tag}.yaml" for tag in without])
        message = f"not translated to {list_names(without)}: {', '.join(missing)}"
        hint = f"write {names} beside it, with the same keys and words only"
        yield Problem(SITE_PATH, 0, "untranslated", message, hint, "warning")
    for tag in site.languages:
        name = f"site.{tag}.yaml"
        if tag in told and name not in unread and (missing := _missing_words(site, tag)):
            message = f"not translated to {list_names([tag])}: {', '.join(missing)}"
            yield Problem(name, 0, "untranslated", message, f"add them to {name}", "warning")


def _missing_words(site: Site, tag: str) -> list[str]:
    found = translate_site(site, tag)
    words = next((one for one in site.words if one.language == tag), SiteWords(tag, ""))
    missing = []
    parts: tuple[Component | Group, ...] = (*found.groups, *found.components)
    for part in parts:
        missing += [f"`{part.id}`"] if part.lang else []
        missing += [f"description of `{part.id}`"] if part.described_in else []
    missing += ["`description`"] if site.description and not words.description else []
    labels = dict(words.links)
    return [*missing, *(f"link `{label}`" for label, _ in site.links if label not in labels)]
