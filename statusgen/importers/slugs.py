"""Names of files and addresses for what had a name of its own: as near to that as can be, and each once."""

from dataclasses import replace
from pathlib import PurePosixPath

from statusgen.importers.entries import Entry
from statusgen.importers.text import slugify
from statusgen.parse.content import TRANSLATION
from statusgen.parse.parsed import TAKEN
from statusgen.parse.slug import slug_of


class Slugs:
    """Gives each entry an id and a path by the name of its source, which its key ends with."""

    def __init__(self) -> None:
        self._taken: set[tuple[str, str]] = set()

    def place(self, entry: Entry) -> Entry:
        name = entry.slug_id or _name_of(entry.key)
        slug, number = name, 2
        while (entry.kind, slug.casefold()) in self._taken:
            slug, number = f"{name}-{number}", number + 1
        self._taken.add((entry.kind, slug.casefold()))
        return replace(entry, slug_id=slug, path=f"{entry.kind}s/{slug}.md")


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
