"""One line of styled text -> markdown, escaped exactly where Python-Markdown would take a character for markup."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from statusgen.importers.text import SPACE, clean_text

_UNSAFE_NEIGHBOUR = frozenset("*_`\\")
_ALWAYS = re.compile(r"[\\`*\[\]]")
_UNDERSCORES = re.compile(r"(?<![^\W_])_+|_+(?![^\W_])")
_AMPERSAND = re.compile(r"&(?=#|\w*(?:;|\Z))")
_LESS_THAN = re.compile(r"<(?![ \d=])")
_URL_UNSAFE = re.compile(r"[\s()<>\"'\[\]\\`|*{}^\x00-\x20]")


@dataclass(frozen=True, slots=True)
class Run:
    """Text of one style: `style` is "", "**", "*" or "`"; `href` is "" outside a link."""

    text: str
    style: str = ""
    href: str = ""


def render_line(runs: Sequence[Run], marker: str = "") -> str:
    """The markdown of one line; `marker` is the block's (a heading needs its `#` escaped everywhere)."""
    tidy = _merge(_flatten(_outer_spaces(_merge(_collapse(runs)))))
    pieces: list[str] = []
    for index, run in enumerate(tidy):
        if run.style == "`":
            pieces.append(f"`{run.text}`")
            continue
        text = _escape(run.text)
        if marker.startswith("#"):
            text = text.replace("#", "\\#")
        elif index == 0 and not run.style and not run.href:
            text = _escape_start(text)
        if run.href:
            # With its colon, what stands before it would be taken for the name of an address.
            text = f"[{text.replace(']:', ']&#58;')}]({_escape_url(run.href)})"
        elif run.text.endswith("!") and index + 1 < len(tidy) and tidy[index + 1].href:
            text = text[:-1] + "\\!"
        pieces.append(run.style + text + run.style)
    return "".join(pieces)


def _collapse(runs: Sequence[Run]) -> list[Run]:
    """One blank between words even where they stand in different runs; none at the ends."""
    out: list[Run] = []
    after_space = True
    for run in runs:
        text = SPACE.sub(" ", run.text)
        if after_space:
            text = text.lstrip()
        if text:
            out.append(replace(run, text=text))
            after_space = text[-1].isspace()
    if out and (last := out.pop()).text.rstrip():
        out.append(replace(last, text=last.text.rstrip()))
    return out


def _outer_spaces(runs: Sequence[Run]) -> list[Run]:
    """Blanks at the edge of a styled run stand outside it: `** a**` would not be bold."""
    out: list[Run] = []
    for run in runs:
        core = run.text.strip()
        if not core or not (run.style or run.href):
            out.append(Run(run.text) if not core else run)
            continue
        before, _, after = run.text.partition(core)
        out += [Run(before), replace(run, text=core), Run(after)]
    return [run for run in out if run.text]


def _flatten(runs: Sequence[Run]) -> list[Run]:
    """Keep a style only where its marks cannot touch other marks."""
    out: list[Run] = []
    for index, run in enumerate(runs):
        before = runs[index - 1] if index else Run("")
        after = runs[index + 1] if index + 1 < len(runs) else Run("")
        alone = not (before.style or before.href or after.style or after.href)
        alone = alone and before.text[-1:] not in _UNSAFE_NEIGHBOUR and after.text[:1] not in _UNSAFE_NEIGHBOUR
        alone = alone or not (before.text or after.text)
        if run.style and (run.href or not alone or (run.style == "`" and _is_unsafe_code(run.text))):
            run = replace(run, style="")
        out.append(run)
    return out


def _is_unsafe_code(text: str) -> bool:
    return any(char in text for char in "`\\<&")


def _merge(runs: Sequence[Run]) -> list[Run]:
    out: list[Run] = []
    for run in runs:
        if out and (out[-1].style, out[-1].href) == (run.style, run.href):
            out[-1] = replace(run, text=out[-1].text + run.text)
        else:
            out.append(run)
    return out


def _escape(text: str) -> str:
    text = _ALWAYS.sub(r"\\\g<0>", text)
    text = _UNDERSCORES.sub(lambda match: "\\_" * len(match[0]), text)
    return _LESS_THAN.sub("&lt;", _AMPERSAND.sub("&amp;", text))


def _escape_start(text: str) -> str:
    """The start of a line is where headings, lists, quotes, rules, tables and fences begin."""
    if match := re.match(r"(\d+)\.(?=\s|$)", text):
        return match[1] + "\\" + text[match.end(1) :]
    if re.match(r"[#>]|[-+](?!\w)", text) or re.fullmatch(r"\|[|:\- ]*", text):
        return "\\" + text
    if re.fullmatch(r"[=:][=:|\- ]*", text) or text.startswith("~~~"):
        return f"&#{ord(text[0])};{text[1:]}"
    return text


def _escape_url(url: str) -> str:
    url = _URL_UNSAFE.sub(lambda match: "".join(f"%{byte:02X}" for byte in match[0].encode()), clean_text(url))
    return re.sub(r"&(?=#?\w+;)", "&amp;", url)
