"""The languages of a site, and what its tags for them should be."""

from __future__ import annotations

from statusgen.model.languages import LANGUAGES, find_language, find_tag
from statusgen.parse.fields import Fields
from statusgen.problems import suggest

DEFAULT = "en"


def read_languages(fields: Fields) -> tuple[str, tuple[str, ...]]:
    """`language` and `languages` of site.yaml: that of its own texts, and the other ones, each once."""
    # Of one that is not known, nothing more is told.
    own = DEFAULT
    if written := fields.text("language"):
        own = _known(fields, written, fields.line_of_key("language"))
    others: list[str] = []
    for written, line in fields.texts("languages"):
        tag = _known(fields, written, line)
        if tag and tag == own:
            fields.complain(line, "duplicate-language", f"`{tag}` is the language of the site's own texts",
                            "list only the other ones here; `language:` says which that is")  # fmt: skip
        elif tag in others:
            fields.complain(line, "duplicate-language", f"`{tag}` is here twice", "keep one")
        elif tag:
            others.append(tag)
    return own or DEFAULT, tuple(others)


def suggest_tag(written: str) -> str:
    """A hint for a tag that is not known."""
    meant = find_tag(written)
    tags = [tongue.tag for tongue in LANGUAGES]
    return f"did you mean `{meant}`?" if meant else suggest(written, tags) or f"known: {', '.join(tags)}"


def _known(fields: Fields, written: str, line: int) -> str:
    if find_language(written):
        return written
    fields.complain(line, "unknown-language", f"`{written}` is not a language that pages can be in",
                    suggest_tag(written))  # fmt: skip
    return ""
