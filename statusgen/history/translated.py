"""Content as it reads in another language. What nobody translated stays as it is, and says in which language it is."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any, TypeVar

from statusgen.history.places import link_occurrences
from statusgen.model.entries import Action, Change, Entry, Incident, Notice, Page, ProblemReport, Update
from statusgen.model.site import Component, Content, Group, Site
from statusgen.model.translations import SiteWords, Translation

E = TypeVar("E", bound=Entry)
P = TypeVar("P", Component, Group)
KINDS = ("incidents", "changes", "notices", "reports", "pages")


class Translator:
    """Content after content in one language: what did not change is the very same value as the last time."""

    def __init__(self, language: str) -> None:
        self.language = language
        self._original = ""
        self._content: tuple[Content, Content] | None = None
        self._site: tuple[Site, Site] | None = None
        # By path: an entry, its translation, and what it is then.
        self._entries: dict[str, tuple[Entry, Translation | None, Entry]] = {}

    def translate(self, content: Content) -> Content:
        """The same content in the language, below the folder of the site that is called like it. What git tells, in
        `audit`, stays as it was written."""
        if content.site.language == self.language:
            return content
        if self._content is None or self._content[0] is not content:
            self._content = content, self._translate(content)
        return self._content[1]

    def _translate(self, content: Content) -> Content:
        site = content.site
        known = self._entries if self._original == site.language else {}
        self._entries, self._original = {}, site.language
        words = {one.of: one for one in content.translations if one.language == self.language}

        def find(entry: Entry) -> Entry:
            translation = words.get(entry.path)
            found = known.get(entry.path)
            if found is None or found[0] is not entry or found[1] != translation:
                found = entry, translation, translate_entry(entry, translation, site.language)
            self._entries[entry.path] = found
            return found[2]

        entries: dict[str, Any] = {kind: tuple(map(find, getattr(content, kind))) for kind in KINDS}
        # Series know the changes that stand for an occurrence, and these the title of their series.
        return link_occurrences(replace(content, site=self._find_site(site), **entries))

    def _find_site(self, site: Site) -> Site:
        if self._site is None or self._site[0] is not site:
            self._site = site, translate_site(site, self.language)
        return self._site[1]


def translate_entry(entry: E, words: Translation | None, original: str) -> E:
    """What is translated only in part, its updates left aside, stays in the `original` language as a whole."""
    texts: dict[str, Any] = {"lang": original}
    if words and not missing_texts(entry, words):
        texts = texts_of(entry, words)
    if isinstance(entry, Incident | Change):
        told = dict(words.updates) if words else {}
        texts["updates"] = tuple(_translate_update(update, told.get(update.id), original) for update in entry.updates)
    return replace(entry, **texts)


def texts_of(entry: Entry, words: Translation) -> dict[str, Any]:
    """Fields of the entry with their texts, without those of its updates."""
    if isinstance(entry, Incident | Change):
        return {"title": words.title, "summary": words.summary}
    if isinstance(entry, Notice | Page):
        return {"title": words.title, "body": words.body}
    actions = zip(words.actions, entry.actions, strict=False)
    return {
        "title": words.title,
        "body": words.body,
        "root_cause": words.root_cause,
        "workaround": words.workaround,
        "actions": tuple(Action(text, action.done) for text, action in actions),
    }


def missing_texts(entry: Entry, words: Translation) -> tuple[str, ...]:
    """Fields of the entry that have a text, or more of them, which the translation lacks."""
    found = texts_of(entry, words)
    if isinstance(entry, ProblemReport) and len(words.actions) == len(entry.actions):
        found.pop("actions")
    return tuple(name for name, text in found.items() if getattr(entry, name) and (name == "actions" or not text))


def _translate_update(update: Update, text: str | None, original: str) -> Update:
    if text is not None:
        return replace(update, body=text)
    return replace(update, lang=original) if update.body else update


def translate_site(site: Site, language: str) -> Site:
    words = next((one for one in site.words if one.language == language), SiteWords(language, ""))
    names, descriptions, links = dict(words.names), dict(words.descriptions), dict(words.links)
    return replace(
        site,
        name=words.name or site.name,
        url=f"{site.url}{language}/",
        description=words.description or site.description,
        components=tuple(_translate_part(one, names, descriptions, site.language) for one in site.components),
        groups=tuple(_translate_part(one, names, descriptions, site.language) for one in site.groups),
        links=tuple((links.get(label, label), target) for label, target in site.links),
        language=language,
    )


def _translate_part(part: P, names: Mapping[str, str], descriptions: Mapping[str, str], original: str) -> P:
    """Each by itself: a name may stay as it is where its description is translated, and the other way round."""
    name, description = names.get(part.id, ""), descriptions.get(part.id, "")
    return replace(
        part,
        name=name or part.name,
        description=description or part.description,
        lang="" if name else original,
        described_in=original if part.description and not description else "",
    )
