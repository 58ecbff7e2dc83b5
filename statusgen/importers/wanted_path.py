"""Names of files for what had a name of its own: as near to that as can be."""

from pathlib import PurePosixPath

from statusgen.importers.entries import Kind
from statusgen.importers.text import slugify
from statusgen.parse.content import original_of
from statusgen.parse.parsed import TAKEN
from statusgen.parse.slug import slug_of


def wanted_path(kind: Kind, source: str) -> str:
    """The path that is wanted for what was in the file `source`; another entry may want the same."""
    place = PurePosixPath(source)
    if place.name == "index.md":
        place = place.parent
    slug = slug_of(f"{place.name.removesuffix('.md')}.md")
    # A name that ends like a language would be that of a translation.
    if original_of(f"{slug}.md") or slug.casefold() == TAKEN:
        slug = slugify(slug)
    return f"{kind}s/{slug or 'untitled'}.md"
