"""The front matter of other tools' files, in YAML, TOML or JSON: whatever can be read of it."""

import json
import re
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

import yaml

from statusgen.parse.text import CONTROL, LINE_END
from statusgen.parse.yaml_nodes import key_of, parse_yaml

# As plain texts, so that nothing turns into something else.
Value = str | list["Value"] | dict[str, "Value"]
_FENCE = re.compile(r"(?P<mark>---|\+\+\+)\s*(?P<form>toml|json|yaml)?\s*", re.IGNORECASE)
_PAIR = re.compile(r"(?P<key>[A-Za-z][\w-]*)\s*[:=]\s*(?P<value>.*)")
_ITEM = re.compile(r"\s*-\s+(?P<value>.*)")


@dataclass(frozen=True, slots=True)
class FrontMatter:
    """`fields` by their names in lower case. `notes` say what was guessed. `found`: whether there is any."""

    fields: Mapping[str, Value]
    body: str
    notes: tuple[str, ...] = ()
    found: bool = True


def decode(data: bytes) -> tuple[str, str]:
    """(text with `\\n` line ends and without control characters, what was guessed)."""
    note = ""
    try:
        text = data.decode("utf-16" if data.startswith((b"\xff\xfe", b"\xfe\xff")) else "utf-8-sig")
    except UnicodeDecodeError:
        text, note = data.decode("cp1252", "replace"), "it is not UTF-8: read as Windows-1252"
    return CONTROL.sub("", LINE_END.sub("\n", text)), note


def read_front_matter(text: str) -> FrontMatter:
    lines = text.lstrip("\n").split("\n")
    fence = _FENCE.fullmatch(lines[0])
    if fence is None and lines[0].lstrip().startswith("{"):
        return _read_json_object("\n".join(lines))
    end = _find_end(lines, fence["mark"] if fence else "---", 1 if fence else 0)
    notes = []
    if fence is None:
        # The line above it was lost.
        if end is None or not _PAIR.fullmatch(lines[0]):
            return FrontMatter({}, text, found=False)
        notes.append("its front matter does not begin with a line of `---`")
    elif end is None:
        end = next((number for number, line in enumerate(lines) if number and not line.strip()), len(lines))
        notes.append("its front matter has no end: taken to end at the first blank line")
    form = (fence["form"] or "").lower() if fence else ""
    form = form or ("toml" if fence and fence["mark"] == "+++" else "yaml")
    fields, wrong = read_fields("\n".join(lines[1 if fence else 0 : end]), form)
    if wrong:
        notes.append(f"its front matter is not {form.upper()} ({wrong}): read line by line")
    body = "\n".join(lines[end + 1 :])
    return FrontMatter({key.lower(): value for key, value in fields.items()}, body, tuple(notes))


def read_fields(text: str, form: str) -> tuple[dict[str, Value], str]:
    """(fields, what is wrong with the text): with something wrong, the fields are those of the lines that look well."""
    try:
        if form == "yaml":
            node, problems = parse_yaml("", text)
            if node is None:
                return _salvage(text), problems[0].message
            found = _plain(node)
        else:
            found = _texts(tomllib.loads(text) if form == "toml" else json.loads(text))
    except (ValueError, RecursionError) as error:
        return _salvage(text), " ".join(str(error).split())[:120] or "too deep"
    return (found, "") if isinstance(found, dict) else ({}, "no keys are in it")


def text_of(value: Value | None) -> str:
    """One line; "" for what is no text."""
    return " ".join(value.split()) if isinstance(value, str) else ""


def texts_of(value: Value | None) -> list[str]:
    """A list of texts, or one text."""
    items = value if isinstance(value, list) else [value]
    return list(dict.fromkeys(text for item in items if (text := text_of(item))))


def flag_of(value: Value | None) -> bool:
    return text_of(value).casefold() in ("true", "yes", "on", "y", "1")


def _find_end(lines: list[str], mark: str, start: int) -> int | None:
    return next((number for number in range(start, len(lines)) if lines[number].rstrip() == mark), None)


def _read_json_object(text: str) -> FrontMatter:
    """Hugo's: an object, and the text below it."""
    try:
        found, end = json.JSONDecoder().raw_decode(text.lstrip())
    except (ValueError, RecursionError) as error:
        return FrontMatter(_salvage(text), "", (f"its front matter is not JSON ({error}): read line by line",))
    fields = _texts(found)
    fields = {key.lower(): value for key, value in fields.items()} if isinstance(fields, dict) else {}
    return FrontMatter(fields, text.lstrip()[end:])


def _salvage(text: str) -> dict[str, Value]:
    """What is plain in a text that is broken: keys with one text, or with a list of them below."""
    found: dict[str, Value] = {}
    key = ""
    for line in text.split("\n"):
        item = _ITEM.fullmatch(line)
        pair = _PAIR.fullmatch(line.strip().removesuffix(",").lstrip('"').replace('":', ":", 1))
        if item and key:
            items = found[key] if isinstance(found[key], list) else []
            assert isinstance(items, list)  # noqa: S101
            found[key] = [*items, _unquote(item["value"])]
        elif pair and not line.startswith((" ", "\t")) | line.startswith("#"):
            key = pair["key"]
            value = pair["value"].strip()
            listed = value.startswith("[") and value.endswith("]")
            found[key] = [_unquote(part) for part in value[1:-1].split(",")] if listed else _unquote(value)
    return found


def _unquote(text: str) -> str:
    text = text.strip()
    return text[1:-1] if len(text) > 1 and text[0] == text[-1] and text[0] in "\"'" else text


def _plain(node: yaml.Node) -> Value:
    if isinstance(node, yaml.MappingNode):
        return {key_of(key): _plain(value) for key, value in node.value}
    if isinstance(node, yaml.SequenceNode):
        return [_plain(item) for item in node.value]
    plain = isinstance(node, yaml.ScalarNode) and not node.style
    return "" if plain and node.value in ("null", "~") else str(node.value)


def _texts(value: Any) -> Value:
    if isinstance(value, dict):
        return {str(key): _texts(part) for key, part in value.items()}
    if isinstance(value, Iterable) and not isinstance(value, str):
        return [_texts(part) for part in value]
    if value is None or isinstance(value, bool):
        return "" if value is None else str(value).lower()
    return value.isoformat() if hasattr(value, "isoformat") else str(value)
