"""What customers read in another language than the page's, because nobody has translated it yet."""

from __future__ import annotations

from collections.abc import Container, Iterator, Mapping
from datetime import datetime

from statusgen.history.changes import ENDED, change_status
from statusgen.history.translated import missing_texts, translate_site
from statusgen.history.visible import is_current, visible_change, visible_incident
from statusgen.model.entries import Change, Entry, Incident, Notice, ProblemReport, Update
from statusgen.model.languages import get_language
from statusgen.model.site import Site
from statusgen.model.states import ProblemStatus
from statusgen.model.translations import Translation
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
    """By language: each thing that is shown as current, and how much else. Nothing is said of what is in `unread`,
    which are paths of translations with errors."""
    for tag in site.languages:
        language = get_language(tag).english
        words = {one.of: one for one in translations if one.language == tag}
        yield from _check_site(site, tag, language, unread)
        over: list[bool] = []
        for path, subject in subjects.items():
            name = f"{path.removesuffix('.md')}.{tag}.md"
            if name in unread:
                continue
            current = is_going_on(subject.parsed.entry, site, now)
            if current:
                yield from _check_entry(subject, words.get(path), name, language, now)
            elif current is False:
                over.append(path in words)
        if not all(over):
            message = f"{over.count(False)} of {len(over)} entries that are over are not translated to {language}"
            hint = "they stay as they are; `untranslated: off` below `checks:` silences this"
            yield Problem(SITE_PATH, 0, "untranslated", message, hint, "warning")


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


def _check_entry(
    subject: Subject, words: Translation | None, name: str, language: str, now: datetime
) -> Iterator[Problem]:
    entry = subject.parsed.entry
    if words is None:
        message = f"this is not translated to {language}"
        yield subject.warn(1, "untranslated", message, f"write {name}, with its title and texts only")
        return
    for key in missing_texts(entry, words):
        message = f"{TEXTS.get(key, f'`{key}`')} is not translated to {language}, so the title is not either"
        yield subject.warn(1, "untranslated", message, f"add it to {name}")
    if isinstance(entry, Incident | Change):
        known = dict(words.updates)
        for update in entry.updates:
            if update.body and update.id not in known and update.at <= now:
                when = subject.clock.write_time(update.at)
                message = f"this update is not translated to {language}"
                hint = f"add it to {name}, below `## {update.status.value} @ {when}`"
                yield subject.warn(_line_of(subject, update), "untranslated", message, hint)


def _line_of(subject: Subject, update: Update) -> int:
    same = [told for told in subject.updates if told.at == update.at]
    exact = [told for told in same if told.body.strip("\n") == update.body]
    return next((told.line for told in [*exact, *same]), 1)


def _check_site(site: Site, tag: str, language: str, unread: Container[str]) -> Iterator[Problem]:
    found, name = translate_site(site, tag), f"site.{tag}.yaml"
    words = next((one for one in site.words if one.language == tag), None)
    missing = [f"`{group.id}`" for group in found.groups if group.lang]
    missing += [f"`{component.id}`" for component in found.components if component.lang]
    missing += ["`description`"] if site.description and not (words and words.description) else []
    if missing and name not in unread:
        message = f"not translated to {language}: {', '.join(missing)}"
        hint = f"add them to {name}" if words else f"write {name} beside it, with the same keys and words only"
        yield Problem(name if words else SITE_PATH, 0, "untranslated", message, hint, "warning")
