"""Names of files and addresses for what had a name of its own: as near to that as can be, and each once."""

from dataclasses import replace
from pathlib import PurePosixPath

from statusgen.importers.entries import Entry
from statusgen.importers.text import slugify
from statusgen.parse.content import TRANSLATION
from statusgen.parse.parsed import TAKEN
from statusgen.parse.slug import slug_of


class Slugs:
    """Gives each entry a path by the name of its source, which its key ends with; and an id, where it has none."""

    def __init__(self) -> None:
        self._paths: set[str] = set()
        self._ids: set[str] = set()

    def place(self, entry: Entry) -> Entry:
        folder, name = f"{entry.kind}s/", _name_of(entry.key)
        path = _first_free(folder + name, self._paths)
        slug_id = _first_free(folder + (entry.slug_id or path.removeprefix(folder)), self._ids).removeprefix(folder)
        return replace(entry, slug_id=slug_id, path=f"{path}.md")


def _first_free(name: str, taken: set[str]) -> str:
    """The name, or with a number behind it; it is taken from then on. Letters of another case are the same."""
    free, number = name, 2
    while free.casefold() in taken:
        free, number = f"{name}-{number}", number + 1
    taken.add(free.casefold())
    return free


def _name_of(key: str) -> str:
    place = PurePosixPath(key.partition(":")[2])
    if place.name == "index.md":
        place = place.parent
    stem = place.name.removesuffix(".md")
    slug = slug_of(f"{stem}.md")
    # A name that ends like a language would be that of a translation.
    if TRANSLATION.fullmatch(f"{slug}.md") or slug.casefold() == TAKEN:
        slug = slugify(slug)
    return slug or "untitled"
