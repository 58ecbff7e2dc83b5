"""YAML as plain strings with line numbers: no types are guessed, no aliases expanded, no key is lost."""

from __future__ import annotations

import re

import yaml

from statusgen.parse.text import CONTROL, drop_hidden
from statusgen.problems import Problem

UNPAIRED = re.compile("[\ud800-\udfff]")
COMMENT_LIKE = re.compile(r"\s#\S")
NO_SPACE = re.compile(r"(\s*[a-z_][\w-]*):(?=[^\s/:])(?!.*:\s)")
HALF_QUOTED = re.compile(r"""\s*[\w-]+:\s+(?:"[^"]*"|'[^']*')\s*[^\s,#]""")
MAX_DEPTH = 20
TOO_DEEP = ("this is nested too deeply", "two or three levels are enough")
TAGS = {
    yaml.ScalarNode: "tag:yaml.org,2002:str",
    yaml.SequenceNode: "tag:yaml.org,2002:seq",
    yaml.MappingNode: "tag:yaml.org,2002:map",
}
# What begins a mapping or a list, also where it is a part of a text.
OPENING = ":?-[{"
# Of anchors, aliases and tags.
SIGNS = re.compile("[&*!]")


class _Loader(yaml.CBaseLoader):
    """Nodes without tags of their own, which would be looked for by pattern and place for each of them."""

    def descend_resolver(self, *_: object) -> None:
        pass

    def ascend_resolver(self) -> None:
        pass

    def resolve(self, kind: type[yaml.Node], *_: object) -> str:
        return TAGS[kind]


def parse_yaml(path: str, text: str) -> tuple[yaml.MappingNode | None, list[Problem]]:
    """The top mapping, or None with the reason. Node lines (`start_mark.line`) count from 0."""
    node = _compose_simple(text)
    try:
        problem = None if node else _check_events(path, text)
        if not node and not problem:
            node = yaml.compose(text, Loader=yaml.CBaseLoader)
    except yaml.MarkedYAMLError as error:
        mark = _mark(error)
        line = min(mark.line + 1, text.count("\n") + 1) if mark else 1
        # From PyYAML 6.0.4 on it has a limit of its own, which is met first where one bracket follows another.
        if "nesting depth" in (error.problem or ""):
            return None, [Problem(path, line, "yaml", *TOO_DEEP)]
        message = f"this is not YAML: {error.problem or error.context}"
        return None, [Problem(path, line, "yaml", message, _hint(error, text))]
    except yaml.YAMLError as error:
        return None, [Problem(path, 1, "yaml", f"this is not YAML: {str(error).splitlines()[0]}")]
    if problem:
        return None, [problem]
    if node is None:
        return yaml.MappingNode("tag:yaml.org,2002:map", []), []
    problems = _check_nodes(path, node)
    if problems:
        return None, problems
    if not isinstance(node, yaml.MappingNode):
        return None, [Problem(path, line_of(node), "yaml", "`key: value` lines are wanted here")]
    return node, []


def line_of(node: yaml.Node | yaml.Event) -> int:
    """From 1. An empty file's mapping has no mark."""
    return int(node.start_mark.line) + 1 if node.start_mark else 1


def key_of(node: yaml.Node) -> str:
    return drop_hidden(str(node.value)).strip()


def _compose_simple(text: str) -> yaml.Node | None:
    """The top node of a text that cannot have what `_check_events` looks for, so that it need not be read twice.

    Anchors, aliases and tags have their SIGNS, and each level of nesting takes a character of OPENING. None also where
    the text is empty or is not YAML: of two errors the events know the first one."""
    if SIGNS.search(text) or sum(map(text.count, OPENING)) > MAX_DEPTH:
        return None
    try:
        return yaml.compose(text, Loader=_Loader)
    except yaml.YAMLError:
        return None


def _check_events(path: str, text: str) -> Problem | None:
    """What must be known before nodes are made: the C composer recurses, and follows aliases."""
    depth = 0
    for event in yaml.parse(text, Loader=yaml.CBaseLoader):
        if isinstance(event, yaml.CollectionEndEvent):
            depth -= 1
        elif isinstance(event, yaml.NodeEvent):
            line = line_of(event)
            quotes = "put quotes around a value that starts with `&`, `*` or `!`"
            if event.anchor or isinstance(event, yaml.AliasEvent):
                return Problem(path, line, "yaml-alias", "anchors and aliases are not read here", quotes)
            if isinstance(event, (yaml.ScalarEvent, yaml.CollectionStartEvent)) and event.tag:
                return Problem(path, line, "yaml-tag", f"the tag `{event.tag}` is not read here", quotes)
            depth += isinstance(event, yaml.CollectionStartEvent)
            if depth > MAX_DEPTH:
                return Problem(path, line, "yaml", *TOO_DEEP)
    return None


def _mark(error: yaml.MarkedYAMLError) -> yaml.Mark | None:
    """Where the cause is: what was never closed is at fault where it begins, not where the file ends."""
    unclosed = str(error.context).startswith(("while scanning a quoted", "while parsing a flow"))
    return error.context_mark if unclosed else error.problem_mark or error.context_mark


def _hint(error: yaml.MarkedYAMLError, text: str) -> str:
    what = f"{error.context} {error.problem}"
    mark = error.problem_mark
    line = text.split("\n")[mark.line] if mark and mark.line <= text.count("\n") else ""
    before = text.split("\n")[mark.line - 1] if mark and 0 < mark.line <= text.count("\n") else ""
    for written in (line, before):
        if NO_SPACE.match(written):
            return f"a space is missing after the colon: `{written.replace(':', ': ', 1).strip()}`"
        if HALF_QUOTED.match(written):
            return "put quotes around the whole value, of the kind that it does not have within"
    if "mapping values" in what:
        return 'put quotes around a value that contains a colon: title: "API: errors"'
    if "\t" in line[: len(line) - len(line.lstrip())]:
        return "indent with spaces, not with tabs"
    if "found character" in what or "alias" in what or "anchor" in what:
        return "put quotes around a value that starts with a special character"
    if "quoted" in what:
        return "close the quote; inside double quotes a backslash is written twice"
    if "document start" in what:
        return "nothing is read behind a line of `...`, a closing bracket or a closing quote"
    if "block mapping" in what:
        return "keys of one level begin in the same column"
    if "flow" in what:
        return "close the bracket or brace, or put quotes around a value that starts with one"
    return ""


def _check_nodes(path: str, top: yaml.Node) -> list[Problem]:
    problems: list[Problem] = []
    waiting: list[yaml.Node] = [top]
    while waiting:
        node = waiting.pop()
        if isinstance(node, yaml.MappingNode):
            problems += _check_keys(path, node)
            waiting += [part for pair in node.value for part in pair]
        elif isinstance(node, yaml.SequenceNode):
            waiting += node.value
        # What is printable is neither a control character nor half of a pair.
        elif not node.value.isprintable() and (CONTROL.search(node.value) or UNPAIRED.search(node.value)):
            problems.append(Problem(path, line_of(node), "control-character", "a control character is in this value"))
    return problems


def _check_keys(path: str, node: yaml.MappingNode) -> list[Problem]:
    names = {key_of(key) for key, _ in node.value if isinstance(key, yaml.ScalarNode)}
    if len(names) == len(node.value):
        return []
    problems = []
    lines: dict[str, int] = {}
    for key, _ in node.value:
        if not isinstance(key, yaml.ScalarNode):
            problems.append(Problem(path, line_of(key), "yaml", "a key must be one word"))
            continue
        name, line = key_of(key), line_of(key)
        if name in lines:
            message, hint = f"`{name}` is here twice", f"first in line {lines[name]}"
            problems.append(Problem(path, line, "duplicate-key", message, hint))
        else:
            lines[name] = line
    return problems


def check_hidden_comment(path: str, key: str, node: yaml.Node, lines: list[str]) -> list[Problem]:
    """Warns where ` #2` in a plain text value started a YAML comment and would cut the text."""
    if not isinstance(node, yaml.ScalarNode) or node.style in ('"', "'", "|", ">"):
        return []
    end = node.end_mark
    rest = lines[end.line][end.column :] if end.line < len(lines) else ""
    if not rest.strip() or not COMMENT_LIKE.match(" " + rest.lstrip()):
        return []
    return [Problem(path, end.line + 1, "yaml-comment", f"the value of `{key}` ends before `{rest.strip()}`",
                    "` #` starts a comment in YAML: put quotes around the value", "warning")]  # fmt: skip
