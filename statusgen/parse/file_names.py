"""Which names of files say that a file is a translation: as they should, and as people write them."""

from __future__ import annotations

import re
from functools import lru_cache

from statusgen.model.languages import find_by_name, find_tag

# `id`, `pt-BR`: what looks like a language tag.
TAG = re.compile(r"[a-z]{2,3}(?:-[A-Z][a-z]{3})?(?:-(?:[A-Z]{2}|[0-9]{3}))?")
# The same as other software has it, such as `DE` and `zh_hans_CN`; no other words such as `it-desk`.
LOCALE = re.compile(r"[a-z]{2,3}(?:[-_](?:hans|hant|latn|cyrl|arab))?(?:[-_](?:[a-z]{2}|[0-9]{3}))?", re.IGNORECASE)
SITE_WORDS = re.compile(r"site\.([^/]+)\.ya?ml")
NEARLY_SITE_WORDS = re.compile(r"site[-_]([^/.]+)\.ya?ml|([^/.]+)[-_.]site\.ya?ml")


# Asked of every file, again and again.
@lru_cache(1 << 16)
def split_name(path: str) -> tuple[str, str] | None:
    """Of a name like `x.id.md`, and `x.german.md` and `de.x.md`: the path of what it would be a translation of, and the
    language as it is written there."""
    if path.count(".") < 2 or not path.endswith(".md"):
        return None
    folder, slash, name = path.removesuffix(".md").rpartition("/")
    start, _, last = name.rpartition(".")
    first, _, rest = name.partition(".")
    if start and (meant_tag(last) or (TAG.fullmatch(last) and not meant_tag(first))):
        return f"{folder}{slash}{start}.md", last
    return (f"{folder}{slash}{rest}.md", first) if rest and meant_tag(first) else None


def right_name(path: str, tag: str) -> str:
    """What a file that `split_name` knows should be called, without its folder."""
    original, _ = split_name(path) or (path, "")
    return f"{original.rpartition('/')[2].removesuffix('.md')}.{tag}.md"


def meant_tag(word: str) -> str:
    """The tag of the language that a word of a file's name stands for, or ""."""
    return find_tag(word) if LOCALE.fullmatch(word) else find_by_name(word)


def near_site_words(path: str) -> str:
    """The right name of a file that is nearly called like the words of the site, or ""."""
    found = NEARLY_SITE_WORDS.fullmatch(path)
    tag = meant_tag(found[1] or found[2]) if found else ""
    return tag and f"site.{tag}.yaml"
