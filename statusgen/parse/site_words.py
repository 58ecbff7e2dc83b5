"""site.LANG.yaml: what the site, its groups, components and links are called in another language."""

from __future__ import annotations

from collections.abc import Collection

import yaml

from statusgen.model.site import Site
from statusgen.model.translations import SiteWords
from statusgen.parse.fields import Fields, open_fields
from statusgen.parse.schema.site import site as site_schema
from statusgen.parse.site import PATH as SITE_PATH
from statusgen.parse.translation import complain_of_facts
from statusgen.parse.yaml_nodes import line_of
from statusgen.problems import Problem, has_errors, suggest

WORDS = ("name", "description", "groups", "components", "links")


def parse_site_words(path: str, language: str, data: bytes, site: Site) -> tuple[SiteWords | None, list[Problem]]:
    """None where something is wrong. `site` is that of site.yaml, whose ids are named."""
    fields, problems = open_fields(path, data)
    if fields is None:
        return None, problems
    name, description = " ".join(fields.text("name").split()), " ".join(fields.text("description").split())
    names: dict[str, str] = {}
    descriptions: dict[str, str] = {}
    for key, ids in (("groups", [one.id for one in site.groups]), ("components", [one.id for one in site.components])):
        for part, line, value in fields.pairs(key):
            if part not in ids:
                one = key.removesuffix("s")
                hint = suggest(part, ids) or f"ids are those of {SITE_PATH}"
                fields.complain(line, f"unknown-{one}", f"there is no {one} `{part}`", hint)
            names[part], descriptions[part] = _read_part(fields, part, value)
    words = SiteWords(
        language, path, name, description, _filled(names), _filled(descriptions), _read_links(fields, dict(site.links))
    )
    complain_of_facts(fields, [key for key in site_schema()["properties"] if key not in WORDS], SITE_PATH)
    fields.finish()
    return (None if has_errors(problems) else words), problems


def _read_part(fields: Fields, name: str, value: yaml.Node) -> tuple[str, str]:
    """`id: name`, or `id:` with the name and the description below it."""
    if isinstance(value, yaml.MappingNode):
        part = fields.section(value)
        found = " ".join(part.text("name").split()), part.text("description")
        complain_of_facts(part, ["group", "since", "aliases"], SITE_PATH)
        part.finish()
        return found
    if not isinstance(value, yaml.ScalarNode):
        fields.complain(line_of(value), "wrong-type", f"`{name}` must be a name, or `name:` and more below it")
    return fields.plain(name, value), ""


def _read_links(fields: Fields, known: Collection[str]) -> tuple[tuple[str, str], ...]:
    found = {}
    for label, line, value in fields.pairs("links"):
        words = fields.plain(label, value)
        if label not in known:
            hint = suggest(label, known) or f"write the words that {SITE_PATH} has for the link"
            fields.complain(line, "unknown-key", f"there is no link `{label}`", hint)
        elif words.startswith(("https://", "http://", "mailto:")):
            hint = f"`{label}: words for it`; where it leads is in {SITE_PATH}"
            fields.complain(line, "translation-fact", "an address is a fact, and a translation has words only", hint)
        found[label] = words
    return _filled(found)


def _filled(texts: dict[str, str]) -> tuple[tuple[str, str], ...]:
    return tuple((key, text) for key, text in texts.items() if text)
