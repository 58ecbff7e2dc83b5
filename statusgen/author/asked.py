"""Words of the command line to those of the content: statuses, components with their states, titles and texts."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence
from enum import Enum
from itertools import count
from typing import TypeVar

from statusgen.errors import Error
from statusgen.model.entries import States
from statusgen.model.site import Site
from statusgen.model.states import State
from statusgen.parse.fields import SYNONYMS, value_of
from statusgen.parse.text import LINE_END, drop_invisible
from statusgen.problems import suggest

E = TypeVar("E", bound=Enum)
LONGEST_SLUG = 60


def read_word(kind: type[E], text: str, what: str) -> E:
    """A member of a vocabulary by its value or by the begin of it, or by another word for it. Raises Error."""
    value = value_of(text)
    words = [str(member.value) for member in kind]
    near = [word for word in words if word == value] or [word for word in words if value and word.startswith(value)]
    meant = SYNONYMS.get(kind, {}).get(value)
    if len(near) != 1 and not meant:
        hint = suggest(value, near or words)
        raise Error(f"`{text}` is no {what}; {hint}")
    return kind(near[0] if len(near) == 1 else meant)


def read_components(texts: Iterable[str], site: Site, default: State | None = None) -> States:
    """`api=major_outage`, several of them also with commas between. Raises Error for what the site does not have."""
    known = {component.id.casefold(): component.id for component in site.components}
    states: dict[str, State] = {}
    for part in (part.strip() for text in texts for part in text.split(",")):
        name, equals, word = (piece.strip() for piece in part.partition("="))
        if not part:
            continue
        if name.casefold() not in known:
            raise Error(f"there is no component `{name}`; {suggest(name, known.values()) or 'see site.yaml'}")
        if not word and (equals or default is None):
            raise Error(f"the state of `{name}` is missing: write `{name}=STATE`; {suggest('', _words())}")
        states[known[name.casefold()]] = read_word(State, word, "state") if word else default or State.OPERATIONAL
    return tuple(states.items())


def _words() -> list[str]:
    return [state.value for state in State]


def clean_title(text: str) -> str:
    """One line. Raises Error where nothing is left."""
    title = " ".join(drop_invisible(text).split())
    if not title:
        raise Error("the title is empty")
    return title


def clean_text(text: str) -> str:
    """With `\\n` line ends and no blank ones around."""
    return LINE_END.sub("\n", text).strip()


def make_slug(day: str, title: str, taken: Iterable[str]) -> tuple[str, str]:
    """`2026-11-03-errors-on-the-api`, with a number behind it where that is taken; and what has it then, or ""."""
    ascii_title = unicodedata.normalize("NFKD", title).encode("ascii", "ignore").decode().casefold()
    words = re.findall(r"[a-z0-9]+", ascii_title.replace("'", ""))
    while len(words) > 1 and len("-".join(words)) > LONGEST_SLUG:
        words.pop()
    slug = "-".join([day, *words])[: LONGEST_SLUG + len(day) + 1]
    used = {name.casefold() for name in taken}
    if slug not in used:
        return slug, ""
    return next(name for number in count(2) if (name := f"{slug}-{number}") not in used), slug


def place_of(kind: str, slug: str, paths: Sequence[str]) -> str:
    """A new file's path: in the folder of its year where the others are kept so."""
    by_year = any(re.match(rf"{kind}/[0-9]{{4}}/", path) for path in paths)
    return f"{kind}/{slug[:4]}/{slug}.md" if by_year else f"{kind}/{slug}.md"
