"""What people write in other languages: the words of an entry, and those of the site. Facts are in the originals."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Translation:
    """The words of the entry whose path is `of`. `updates` are pairs of an update's id and its text; those that are
    missing are not translated. Texts are markdown, "" where the original has none or they are not translated."""

    path: str
    of: str
    language: str
    title: str
    summary: str = ""
    updates: tuple[tuple[str, str], ...] = ()
    body: str = ""
    root_cause: str = ""
    workaround: str = ""
    actions: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class SiteWords:
    """What the site is called in `language`: `names` and `descriptions` by the ids of groups and components, `links` by
    the words that they have in the original. What is missing is not translated."""

    language: str
    path: str
    name: str = ""
    description: str = ""
    names: tuple[tuple[str, str], ...] = ()
    descriptions: tuple[tuple[str, str], ...] = ()
    links: tuple[tuple[str, str], ...] = ()
