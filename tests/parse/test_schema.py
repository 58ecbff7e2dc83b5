"""The schemas know the keys that the parser knows, no more and no fewer, and take what it takes."""

from __future__ import annotations

import ast
import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest
import yaml
from bad_content import NOW
from command import ROOT, SAMPLE, run_statusgen
from jsonschema import Draft202012Validator

from statusgen.cli.init import write_starter
from statusgen.cli.schema import KINDS as OFFERED
from statusgen.explain.read import Explanation, read_explanations
from statusgen.model.site import Component
from statusgen.parse.content import PARSERS, original_of, parse_file, parse_words
from statusgen.parse.file_names import SITE_WORDS
from statusgen.parse.front_matter import find_fences
from statusgen.parse.parsed import Reading
from statusgen.parse.schema.make import KINDS, make_schema
from statusgen.parse.site import parse_site
from statusgen.parse.text import drop_hidden
from statusgen.parse.times import Clock
from statusgen.problems import Problem

KIND_OF = {"incidents": "incident", "changes": "change", "notices": "notice", "problems": "problem", "pages": "page"}
SITE = "name: A\nurl: https://a.example/\ncomponents: {api: API}\n"
# Every word in the parser's code that may be a key.
WORDS = {
    node.value
    for room in ("parse", "model")
    for path in (ROOT / "statusgen" / room).glob("*.py")
    for node in ast.walk(ast.parse(path.read_text("utf-8")))
    if isinstance(node, ast.Constant) and isinstance(node.value, str) and re.fullmatch("[a-z_]+", node.value)
}


class Editor(yaml.SafeLoader):
    """YAML 1.2, as editors read it: `on` and `22:00` are texts, and so are dates."""


Editor.yaml_implicit_resolvers = {}
for tag, pattern, first in (
    ("bool", "true|True|TRUE|false|False|FALSE", "tTfF"),
    ("null", "~|null|Null|NULL|", ["~", "n", "N", ""]),
    ("int", "[-+]?[0-9]+", "-+0123456789"),
    ("float", r"[-+]?(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?", "-+.0123456789"),
):
    Editor.add_implicit_resolver(f"tag:yaml.org,2002:{tag}", re.compile(f"(?:{pattern})$"), list(first))


def load(text: str) -> Any:
    return yaml.load(text, Editor)  # noqa: S506 - a safe loader


def header_of(text: str) -> Any:
    lines = text.split("\n")
    _, start, end = find_fences(lines)
    assert start is not None
    return load("\n".join(lines[start + 1 : end]))


def problems_of(folder: str, text: str) -> list[Problem]:
    if folder == "site.yaml":
        return parse_site(text.encode(), NOW)[1]
    return parse_file(f"{folder}/x.md", text.encode(), Reading(Clock(ZoneInfo("UTC"))))[1]


def entry(keys: str) -> str:
    return f"---\n{keys}\n---\n\n## resolved @ 2026-11-03 10:40\n"


def in_site(above: str) -> Callable[[str], str]:
    """Keys in one line, in the innermost braces."""
    return lambda keys: SITE + above.replace("KEYS", keys)


FLOW = {
    ("site.yaml", ("groups", 1)): "groups: {g: {KEYS}}",
    ("site.yaml", ("promises", 0)): "promises: {p: {KEYS}}",
    ("site.yaml", ("promises", 0, "changes")): "promises: {p: {target: 9, changes: {KEYS}}}",
    ("site.yaml", ("promises", 0, "response", "major")): "promises: {p: {response: {major: {KEYS}}}}",
    ("site.yaml", ("problems",)): "problems: {KEYS}",
    ("site.yaml", ("feeds",)): "feeds: {KEYS}",
}
REPEAT = "starts: 2026-12-06 22:00\nduration: 1h\nrepeat: FREQ=WEEKLY\n"


def find_known(folder: str, make: Callable[[str], str], flow: bool) -> set[str]:
    """The words that the parser does not call unknown."""
    candidates = sorted(WORDS | {"zzz"})
    keys = ", ".join(f"{key}: x" for key in candidates) if flow else "\n".join(f"{key}: x" for key in candidates)
    told = [problem.message for problem in problems_of(folder, make(keys)) if problem.code == "unknown-key"]
    unknown = {found[1] for message in told if (found := re.match("`([a-z_]+)` is not a key", message))}
    assert "zzz" in unknown
    return set(candidates) - unknown


def properties_at(kind: str, *way: str | int) -> set[str]:
    """Of the mapping there: 0 is any key, and 1 any key whose value may also be one text."""
    schema = make_schema(kind)
    for step in way:
        if isinstance(step, str):
            schema = schema["properties"][step]
        else:
            schema = schema["additionalProperties"]
            schema = next(one for one in schema["anyOf"] if "properties" in one) if step else schema
    return set(schema["properties"])


@pytest.mark.parametrize("folder", sorted(PARSERS))
def test_keys_of_an_entry(folder: str) -> None:
    assert find_known(folder, entry, flow=False) == properties_at(KIND_OF[folder])


@pytest.mark.parametrize(
    ("folder", "others"), [("problems", set()), ("pages", {"root_cause", "workaround", "actions"})]
)
def test_keys_of_a_translation(folder: str, others: set[str]) -> None:
    candidates = sorted(WORDS)
    text = entry("\n".join(f"{key}: x" for key in candidates))
    told = [one.message for one in parse_words(f"{folder}/x.id.md", text.encode(), Clock(ZoneInfo("UTC")))[1]]
    refused = {
        key for key in candidates if any(f"`{key}` is not a key" in one or f"`{key}` is a fact" in one for one in told)
    }
    assert set(candidates) - refused == properties_at("translation") - others


def test_keys_of_the_site() -> None:
    assert find_known("site.yaml", lambda keys: keys, flow=False) == properties_at("site")
    head = SITE.partition("components")[0]
    made = find_known("site.yaml", lambda keys: f"{head}components: {{c: {{{keys}}}}}", flow=True)
    assert made == properties_at("site", "components", 1)


@pytest.mark.parametrize(("place", "above"), FLOW.items())
def test_keys_below_those_of_the_site(place: tuple[str, tuple[str | int, ...]], above: str) -> None:
    assert find_known(place[0], in_site(above), flow=True) == properties_at("site", *place[1])


def test_keys_below_those_of_entries() -> None:
    change = make_schema("change")["properties"]
    (item,) = (one for one in change["except"]["anyOf"] if "properties" in one)
    in_items = find_known("changes", lambda keys: entry(f"title: X\n{REPEAT}except: [{{{keys}}}]"), flow=True)
    assert in_items == set(item["properties"])
    of_occurrences = find_known("changes", lambda keys: entry(f"title: X\noccurrence: {{{keys}}}"), flow=True)
    assert of_occurrences == set(change["occurrence"]["properties"])
    actions = make_schema("problem")["properties"]["actions"]["items"]["anyOf"]
    in_actions = find_known("problems", lambda keys: entry(f"title: X\nactions: [{{{keys}}}]"), flow=True)
    assert [in_actions] == [set(one["properties"]) for one in actions if "properties" in one]


@pytest.mark.parametrize("kind", KINDS)
def test_schemas_are_schemas(kind: str) -> None:
    schema = make_schema(kind, (Component("api", "API"),))
    Draft202012Validator.check_schema(schema)
    assert schema["$schema"] == Draft202012Validator.META_SCHEMA["$schema"]
    assert schema["title"]
    assert [name for name, value in schema["properties"].items() if not value["description"]] == []


def test_the_languages_in_comments_are_good_ones(tmp_path: Path) -> None:
    write_starter(tmp_path, NOW)
    for folder in (SAMPLE, tmp_path):
        text = re.sub(r"(?m)^# (languages?:)", r"\1", (folder / "site.yaml").read_text("utf-8"))
        site, problems = parse_site(text.encode(), NOW)
        assert not problems and site and (site.language, site.languages) == ("en", ("de", "fr"))


def test_the_sample_and_the_starter_validate(tmp_path: Path) -> None:
    """Also with the components of their sites alone."""
    write_starter(tmp_path, NOW)
    for folder in (SAMPLE, tmp_path):
        site = parse_site((folder / "site.yaml").read_bytes(), NOW)[0]
        found = {"site": [load((folder / "site.yaml").read_text("utf-8"))]}
        for name, kind in KIND_OF.items():
            found[kind] = [header_of(path.read_text("utf-8")) for path in (folder / name).rglob("*.md")]
        for kind, documents in found.items():
            validator = Draft202012Validator(make_schema(kind, site.components if site else ()))
            assert [error.message for document in documents for error in validator.iter_errors(document)] == []
        assert found["incident"]
        assert found["change"]


# Other ways to write a word, which the parser knows and an editor would not offer, and what only YAML 1.1 reads.
LENIENT = re.compile("is not one of|is not valid under any of the given schemas|is not of type|does not match")


@pytest.mark.parametrize("expected", sorted((ROOT / "tests/bad_input").glob("*.expected")), ids=lambda path: path.stem)
def test_what_the_parser_takes(expected: Path) -> None:
    """The table of bad input: no key is underlined in what is published, and a key that is not known is."""
    path, *lines = expected.read_text("utf-8").split("\n")
    kind = KIND_OF.get(path.split("/")[0]) if path.endswith(".md") else "site" if path == "site.yaml" else None
    if kind is None:
        return
    (drop,) = (one for one in expected.parent.glob(f"{expected.stem}.*") if one.suffix in (".md", ".yaml"))
    try:
        text = drop.read_bytes().decode("utf-8-sig")
        document = load(drop_hidden(text)) if kind == "site" else header_of(drop_hidden(text))
    except (UnicodeDecodeError, yaml.YAMLError, AssertionError):
        return
    errors = [error.message for error in Draft202012Validator(make_schema(kind)).iter_errors(document)]
    if "[unknown-key]" in "".join(lines):
        assert any("Additional properties" in error or "given schemas" in error for error in errors)
    elif any(line in ("ok", "draft") for line in lines) and "warning[" not in "".join(lines):
        assert [error for error in errors if not LENIENT.search(error)] == []


# What is wrong with single values, which an editor can see.
SEEN = {
    *("bad-change-type", "bad-check", "bad-duration", "bad-id", "bad-impact", "bad-period", "bad-status", "bad-url"),
    *("missing-key", "missing-state", "two-ends", "unknown-impact", "unknown-key", "unknown-state", "wrong-type"),
}


@pytest.mark.parametrize("page", read_explanations().values(), ids=lambda page: page.code)
def test_examples(page: Explanation) -> None:
    """Good ones validate, and of the bad ones those whose fault is in a value do not."""
    for example in page.examples:
        folder = example.path.split("/")[0]
        is_bad = not example.is_good and page.code in SEEN
        is_words = original_of(example.path) is not None
        if SITE_WORDS.fullmatch(example.path) or (is_words and is_bad):
            continue
        if not (example.is_good or is_bad) or not example.path.endswith((".md", ".yaml")) or folder == "messages":
            continue
        if folder == "site.yaml":
            document = load(example.text)
            errors = list(Draft202012Validator(make_schema("site") | {"required": []}).iter_errors(document))
        else:
            schema = make_schema("translation" if is_words else KIND_OF[folder])
            errors = list(Draft202012Validator(schema).iter_errors(header_of(example.text)))
        assert bool(errors) == is_bad, [error.message for error in errors]


def test_the_command(tmp_path: Path) -> None:
    assert OFFERED == KINDS
    assert json.loads(run_statusgen("schema", "site", cwd=tmp_path).stdout) == make_schema("site")
    assert json.loads(run_statusgen("schema", "incident", cwd=tmp_path).stdout) == make_schema("incident")
    (tmp_path / "content").mkdir()
    (tmp_path / "content/site.yaml").write_text(SITE, "utf-8")
    known = json.loads(run_statusgen("schema", "incident", cwd=tmp_path).stdout)
    assert list(known["properties"]["components"]["properties"]) == ["api"]
    assert run_statusgen("schema", "incidents", cwd=tmp_path).returncode == 2
