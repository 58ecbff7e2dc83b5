"""`theme:` in site.yaml: a few values with strict forms, because each becomes part of a stylesheet."""

from __future__ import annotations

import re
from pathlib import PurePosixPath

import yaml

from statusgen.model.colours import DARK, LIGHT, READABLE, contrast, make_readable
from statusgen.model.looks import PICTURE_TYPES, Looks
from statusgen.parse.fields import Fields
from statusgen.parse.yaml_nodes import line_of
from statusgen.problems import suggest

NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,63}")
COLOUR = re.compile(r"#(?:[0-9a-fA-F]{3}|[0-9a-fA-F]{6})")
RADIUS = re.compile(r"0|([0-9]{1,2})px|([0-2](?:\.[0-9]{1,3})?)rem")
MOST_PIXELS = 32
FONTS = ("humanist", "monospace", "rounded", "serif", "system-ui")
PICTURES = ("logo", "logo_dark", "favicon")
# As content has it: no way out, nothing hidden, nothing that an address would have to escape.
PATH = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]*(?:/[A-Za-z0-9][A-Za-z0-9._-]*)*")


def read_looks(fields: Fields) -> Looks:
    node = fields.node("theme")
    if node is None:
        return Looks()
    if isinstance(node, yaml.ScalarNode):
        name = fields.plain("theme", node)
        hint = f"below `theme:`, write `name: {name}`" if NAME.fullmatch(name) else ""
        fields.complain(line_of(node), "wrong-type", "`theme` must be `name: value` lines below it", hint)
        return Looks()
    if not isinstance(node, yaml.MappingNode):
        fields.complain(line_of(node), "wrong-type", "`theme` must be `name: value` lines below it")
        return Looks()
    part = fields.section(node)
    accent, accent_dark = _read_colour(part, "accent"), _read_colour(part, "accent_dark")
    _check_contrast(part, "accent", accent, LIGHT, "light")
    _check_contrast(part, "accent_dark", accent_dark, DARK, "dark")
    files = [(key, path, part.line_of_key(key)) for key in PICTURES if (path := _read_path(part, key))]
    show_name = part.flag("show_name")
    looks = Looks(
        theme=_read_name(part),
        accent=accent,
        accent_dark=accent_dark,
        radius=_read_radius(part),
        font=_read_font(part),
        show_name=show_name is not False,
        files=tuple((key, path) for key, path, _ in files),
        lines=tuple(line for _, _, line in files),
    )
    if show_name is False and not any(key == "logo" for key, _ in looks.files):
        part.complain(part.line_of_key("show_name"), "bad-token", "without a logo, the name has to be shown",
                      "add `logo: logo.svg`, or take `show_name` out")  # fmt: skip
    part.finish()
    return looks


def _read_name(part: Fields) -> str:
    name = part.text("name")
    if name and not NAME.fullmatch(name):
        part.complain(part.line_of_key("name"), "bad-token", f"`{name}` is not a theme's name",
                      "the name of a folder in `themes/`, or of a theme that is shipped: `name: compact`")  # fmt: skip
        return ""
    return name


def _read_colour(part: Fields, key: str) -> str:
    text = part.text(key)
    if not text and not part.has(key):
        return ""
    if not COLOUR.fullmatch(text):
        message = f"`{text}` is not a colour" if text else f"`{key}` has no value"
        part.complain(part.line_of_key(key), "bad-token", message,
                      f'write it as `{key}: "#0a7f55"`, in quotes, because `#` begins a comment')  # fmt: skip
        return ""
    text = text.lower()
    return text if len(text) == 7 else "#" + "".join(digit * 2 for digit in text[1:])


def _check_contrast(part: Fields, key: str, colour: str, background: str, mode: str) -> None:
    ratio = contrast(colour, background) if colour else READABLE
    if ratio < READABLE:
        part.warn(part.line_of_key(key), "low-contrast",
                  f"text in `{colour}` cannot be read well on the {mode} page: {ratio:.1f}:1, and 4.5:1 is needed",
                  f"links are shown in `{make_readable(colour, background)}`, surfaces in your colour")  # fmt: skip


def _read_radius(part: Fields) -> str:
    text = part.text("radius")
    found = RADIUS.fullmatch(text)
    if text and (not found or int(found[1] or 0) > MOST_PIXELS or float(found[2] or 0) > 2):
        part.complain(part.line_of_key("radius"), "bad-token", f"`{text}` is not a radius of corners",
                      f"`0`, pixels up to `{MOST_PIXELS}px`, or up to `2rem`, as in `radius: 8px`")  # fmt: skip
        return ""
    return text


def _read_font(part: Fields) -> str:
    text = part.text("font")
    if text and text not in FONTS:
        part.complain(part.line_of_key("font"), "bad-token", f"`{text}` is not a font that is on all machines",
                      suggest(text, FONTS) + "; a theme's custom.css can name others")  # fmt: skip
        return ""
    return text


def _read_path(part: Fields, key: str) -> str:
    text = part.text(key)
    if not text:
        return ""
    ending = PurePosixPath(text).suffix[1:]
    if not PATH.fullmatch(text) or ending not in PICTURE_TYPES or (ending == "ico" and key != "favicon"):
        part.complain(part.line_of_key(key), "bad-picture", f"`{text}` cannot be a picture of the site",
                      f"a file in the content folder that ends in .svg, .png or .webp: `{key}: {key}.svg`")  # fmt: skip
        return ""
    return text
