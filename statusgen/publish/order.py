"""The order in which files appear and go, so that no published link is ever broken."""

from __future__ import annotations

from collections.abc import Collection, Iterable

from statusgen.model.languages import LANGUAGES

HOME = ("index.html", "404.html")
# What every page leads to, and the home page first of all.
LISTS = ("history/", "problems/index.html", "subscribe/", "uptime/")
# Data of each entry, a file for each.
DETAILS = ("api/v2/incidents",)
# Folders that hold a whole tree of pages.
TREES = frozenset(tongue.tag for tongue in LANGUAGES)


def find_unit(path: str) -> str:
    """The folder which, while the output has none, can come into it as a whole: all that is put there is in turn at the
    same time. "" where there is none."""
    tree, below = split_tree(path)
    folder, _, file = below.rpartition("/")
    if file == "index.html" and folder.count("/") == 1:
        return tree + folder.partition("/")[0]
    return folder if folder in DETAILS else ""


def split_tree(path: str) -> tuple[str, str]:
    """The folder of a language with its slash, "" where there is none, and the rest."""
    first, slash, rest = path.partition("/")
    return (f"{first}/", rest) if slash and first in TREES else ("", path)


def plan_order(paths: Iterable[str], existing: Collection[str], loose: Collection[str] = ()) -> list[str]:
    """Assets, then the files that nothing links to yet, then those `existing`, which may link to them.

    Of these, the `loose` ones first: a run that came to no end left them, perhaps without what they link to, so nothing
    may lead to them before they are as they should be."""

    def key(path: str) -> tuple[object, ...]:
        return not path.startswith("assets/"), path in existing, path in existing and path not in loose, rank(path)

    return sorted(paths, key=key)


def rank(path: str) -> tuple[int, str]:
    """Assets, leaf pages, lists, the home page, API, feeds. Files go in the opposite order."""
    if path.startswith("assets/"):
        return 0, path
    _, below = split_tree(path)
    if below in HOME:
        return 3, path
    if below.startswith(LISTS):
        return 2, path
    if path.endswith(".html"):
        return 1, path
    return (4 if path.startswith("api/") else 5), path
