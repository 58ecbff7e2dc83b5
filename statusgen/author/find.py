"""Which file is meant: by a slug, by the begin or a part of one, or by being the only one that goes on."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from statusgen.errors import Error
from statusgen.parse.fields import value_of
from statusgen.parse.slug import slug_of, stem_of
from statusgen.problems import suggest

ID = re.compile(rb"^[\"']?id[\"']?[ \t]*:[ \t]*[\"']?([^\s\"'#]+)", re.MULTILINE)
ALIAS = re.compile(rb"/?(incidents|changes|notices|problems|pages)/([^\s\"'#/,\]]+)")
UPDATE = re.compile(rb"^ {0,3}##(?!#)([^\r\n]*)", re.MULTILINE)
PLAIN = re.compile(
    rb"\s*([A-Za-z_ -]+?)\s*@\s*([0-9]{4}-[0-9]{2}-[0-9]{2})[ T]([0-9]{2}:[0-9]{2})( UTC)?\s*(\{[^{}]*\})?\s*"
)
DATED = re.compile(r"^[0-9]{4}-[0-9]{2}-[0-9]{2}-")
FINAL = ("resolved", "completed", "cancelled")
# Where what looks like an update may be none.
CODE = re.compile(rb"<!--|```|~~~")
MOST = 12


def match_names(asked: str, paths: Iterable[str]) -> list[str]:
    """The paths that a name can mean, of the best kind only: a path, the whole slug, all of it but its date, its begin
    or a part of it."""
    word = asked.strip().casefold().removesuffix(".md")
    if not word:
        return []
    ranks = {path: _rank(word, path) for path in paths}
    best = min((rank for rank in ranks.values() if rank is not None), default=None)
    return [path for path, rank in ranks.items() if rank == best] if best is not None else []


def _rank(word: str, path: str) -> int | None:
    """0 is the best, None no match. A path, as shells complete it, begins above the content folder."""
    place = path.casefold().removesuffix(".md")
    names = slug_of(path).casefold(), stem_of(path).casefold()
    kinds = (
        f"/{word}".endswith(f"/{place}"),
        f"/{place}".endswith(f"/{word}"),
        word in names,
        word in {DATED.sub("", name) for name in names},
        any(name.startswith(word) for name in names),
        any(word in name for name in names),
    )
    return kinds.index(True) if any(kinds) else None


def find_id(data: bytes) -> str | None:
    """The `id:` of a file's front matter, without reading the rest of it."""
    if b"\nid" not in data and b'id":' not in data and b"id':" not in data:
        return None
    found = ID.search(data.split(b"\n---", 1)[0])
    return found[1].decode("utf-8", "replace") if found else None


def find_aliases(data: bytes, kind: str) -> set[str]:
    """The last parts of old addresses that a file has taken below a kind's folder; too many rather than too few."""
    header = data.split(b"\n---", 1)[0]
    if b"aliases" not in header:
        return set()
    return {name.decode("utf-8", "replace") for folder, name in ALIAS.findall(header) if folder.decode() == kind}


def may_go_on(data: bytes) -> bool:
    """Whether an incident or a change may not be over. A quick look: only where the latest of its updates, which all
    have plain times of one zone, is an end, is the answer no."""
    headings = UPDATE.findall(data)
    if not headings or CODE.search(data):
        return True
    found = [PLAIN.fullmatch(heading) for heading in headings]
    told = [(match[2], match[3], match[1]) for match in found if match]
    if len(told) < len(found) or len({match[4] for match in found if match}) > 1:
        return True
    newest = max(when[:2] for when in told)
    return any(value_of(word.decode()) not in FINAL for *when, word in told if tuple(when) == newest)


def say_unknown(asked: str, what: str, paths: Sequence[str]) -> str:
    """One line for a name that nothing has."""
    hint = suggest(asked, [slug_of(path) for path in paths])
    return f"there is no {what} `{asked}`" + (f"; {hint}" if hint else "")


class ManyError(Error):
    """A name that several have, or none where several go on. `paths` are theirs, the newest first."""

    def __init__(self, asked: str, what: str, paths: Iterable[str]) -> None:
        self.paths = sorted(paths, reverse=True)
        super().__init__(_say_many(asked, what, [slug_of(path) for path in self.paths]))


def _say_many(asked: str, what: str, slugs: Sequence[str]) -> str:
    names = [f"`{slug}`" for slug in slugs]
    more = f" and {len(names) - MOST} more" if len(names) > MOST else ""
    which = f"`{asked}` can mean {len(names)} {what}s" if asked else f"{len(names)} {what}s go on"
    return f"{which}: {', '.join(names[:MOST])}{more}; say which"
