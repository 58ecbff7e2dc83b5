"""One schema by its name."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from statusgen.model.site import Component
from statusgen.parse.schema import entries
from statusgen.parse.schema.parts import Schema
from statusgen.parse.schema.site import site

DIALECT = "https://json-schema.org/draft/2020-12/schema"
ENTRIES: dict[str, Callable[[Sequence[Component]], Schema]] = {
    "incident": entries.incident,
    "change": entries.change,
    "notice": entries.notice,
    "problem": entries.problem,
    "page": entries.page,
}
KINDS = ("site", *ENTRIES, "translation")


def make_schema(kind: str, components: Sequence[Component] = ()) -> Schema:
    """Of site.yaml, or of the front matter of a kind, which then knows the ids of some `components`."""
    title = "site.yaml" if kind == "site" else f"Front matter of {'an' if kind[0] in 'aeiou' else 'a'} {kind}"
    make = entries.translation if kind == "translation" else ENTRIES.get(kind)
    schema = make(components) if make else site()
    return {"$schema": DIALECT, "title": f"{title} of statusgen"} | schema
