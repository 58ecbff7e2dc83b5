"""YAML as plain strings with line numbers: no types are guessed, no aliases expanded, no key is lost."""

from __future__ import annotations

import re

import yaml

from statusgen.parse.text import CONTROL
from statusgen.problems import Problem

UNPAIRED = re.compile("[\ud800-\udfff]")
COMMENT_LIKE = re.compile(r"\s#\S")


def parse_yaml(path: str, text: str) -> tuple[yaml.MappingNode | None, list[Problem]]:
    """The top mapping, or None with the reason. Node lines (`start_mark.line`) count from 0."""
    try:
        node = yaml.compose(text, Loader=yaml.CBaseLoader)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        line = min(mark.line + 1, text.count("\n") + 1) if mark else 1
        return None, [Problem(path, line, "yaml", f"this is not YAML: {error.problem or error.context}", _hint(error))]
    except (yaml.YAMLError, RecursionError) as error:
        return None, [Problem(path, 1, "yaml", f"this is not YAML: {str(error).splitlines()[0]}")]
    if node is None:
        return yaml.MappingNode("tag:yaml.org,2002:map", []), []
    problems = _check_nodes(path, node)
    if problems:
        return None, problems
    if not isinstance(node, yaml.MappingNode):
        return None, [Problem(path, line_of(node), "yaml", "`key: value` lines are wanted here")]
    return node, []


def line_of(node: yaml.Node) -> int:
    return int(node.start_mark.line) + 1


def _hint(error: yaml.MarkedYAMLError) -> str:
    what = str(error.problem)
    if "mapping values" in what:
        return 'put quotes around a value that contains a colon: title: "API: errors"'
    if "\\t" in what or "tab" in what:
        return "indent with spaces, not with tabs"
    if "found character" in what or "alias" in what or "anchor" in what:
        return "put quotes around a value that starts with a special character"
    return ""


def _check_nodes(path: str, top: yaml.Node) -> list[Problem]:
    problems: list[Problem] = []
    seen: set[int] = set()
    waiting: list[yaml.Node] = [top]
    while waiting:
        node = waiting.pop()
        if id(node) in seen:
            problems.append(Problem(path, line_of(node), "yaml-alias", "anchors and aliases are not read here",
                                    "write the value out"))  # fmt: skip
            continue
        seen.add(id(node))
        if isinstance(node, yaml.MappingNode):
            problems += _check_keys(path, node)
            waiting += [part for pair in node.value for part in pair]
        elif isinstance(node, yaml.SequenceNode):
            waiting += node.value
        elif CONTROL.search(node.value) or UNPAIRED.search(node.value):
            problems.append(Problem(path, line_of(node), "control-character", "a control character is in this value"))
    return problems


def _check_keys(path: str, node: yaml.MappingNode) -> list[Problem]:
    problems = []
    lines: dict[str, int] = {}
    for key, _ in node.value:
        if not isinstance(key, yaml.ScalarNode):
            problems.append(Problem(path, line_of(key), "yaml", "a key must be one word"))
        elif key.value in lines:
            problems.append(Problem(path, line_of(key), "duplicate-key", f"`{key.value}` is here twice",
                                    f"first in line {lines[key.value]}"))  # fmt: skip
        else:
            lines[key.value] = line_of(key)
    return problems


def check_hidden_comment(path: str, key: str, node: yaml.Node, lines: list[str]) -> list[Problem]:
    """Warns where ` #2` in a plain text value started a YAML comment and would cut the text."""
    if not isinstance(node, yaml.ScalarNode) or node.style in ('"', "'", "|", ">"):
        return []
    end = node.end_mark
    rest = lines[end.line][end.column :] if end.line < len(lines) else ""
    if not COMMENT_LIKE.match(" " + rest.lstrip()) or not rest.strip():
        return []
    return [Problem(path, end.line + 1, "yaml-comment", f"the value of `{key}` ends before `{rest.strip()}`",
                    "` #` starts a comment in YAML: put quotes around the value", "warning")]  # fmt: skip
