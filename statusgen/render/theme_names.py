"""What the templates and styles of a theme name: each other, blocks, assets, data and properties."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from html.parser import HTMLParser

from jinja2 import Environment, TemplateSyntaxError, nodes
from jinja2.meta import find_undeclared_variables

# What every template is given; see `render_page`.
GIVEN = frozenset({"_", "site", "page", "title", "root", "home", "place", "single", "canonical", "feeds"})
DECLARED = re.compile(r"(?<![\w-])(--[\w-]+)\s*:")
USED = re.compile(r"var\(\s*(--[\w-]+)")
COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Names:
    """Of one template: `blocks` and `unknown` data with their lines; `made` is what it names itself at its top, which
    templates that extend it can use. `inner` has the blocks around each block."""

    parent: str
    others: frozenset[str]
    blocks: Mapping[str, int]
    assets: frozenset[str]
    made: frozenset[str]
    unknown: Mapping[str, int]
    inner: Mapping[str, frozenset[str]]


def read_names(text: str, environment: Environment) -> Names | None:
    """None where it cannot be compiled, of which rendering tells."""
    try:
        tree = environment.parse(text)
        missing = find_undeclared_variables(tree) - GIVEN - environment.globals.keys()
    except TemplateSyntaxError:
        return None
    extends = [node.template.value for node in tree.find_all(nodes.Extends) if isinstance(node.template, nodes.Const)]
    others = {name for node in tree.find_all(nodes.Node) for name in _referred(node)}
    calls = [node for node in tree.find_all(nodes.Call) if isinstance(node.node, nodes.Name) and node.args]
    assets = {name for node in calls if _called(node) == "asset" for name in _constants(node.args[0])}
    lines: dict[str, int] = {}
    for node in tree.find_all(nodes.Name):
        # Also where it is made on one way through the template only.
        missing -= {node.name} if node.ctx != "load" else set()
        lines[node.name] = min(node.lineno, lines.get(node.name, node.lineno))
    return Names(
        parent=extends[0] if extends else "",
        others=frozenset(others),
        blocks={node.name: node.lineno for node in tree.find_all(nodes.Block)},
        assets=frozenset(assets),
        made=frozenset(_made(tree)),
        unknown={name: lines.get(name, 0) for name in missing},
        inner=_around(tree),
    )


def _referred(node: nodes.Node) -> Iterator[str]:
    if isinstance(node, nodes.Extends | nodes.Include | nodes.Import | nodes.FromImport):
        yield from _constants(node.template)


def _around(tree: nodes.Template) -> dict[str, frozenset[str]]:
    blocks = list(tree.find_all(nodes.Block))
    inside = {outer.name: {block.name for block in outer.find_all(nodes.Block)} for outer in blocks}
    return {block.name: frozenset(outer for outer, names in inside.items() if block.name in names) for block in blocks}


def _called(call: nodes.Call) -> str:
    return call.node.name if isinstance(call.node, nodes.Name) else ""


def _constants(node: nodes.Node) -> Iterator[str]:
    """Of a list, as `include` may have it, all."""
    found = [node, *node.find_all(nodes.Const)]
    yield from (one.value for one in found if isinstance(one, nodes.Const) and isinstance(one.value, str))


def _made(tree: nodes.Template) -> Iterator[str]:
    for node in tree.body:
        if isinstance(node, nodes.Import):
            yield node.target
        elif isinstance(node, nodes.FromImport):
            yield from (name[1] if isinstance(name, tuple) else name for name in node.names)
        elif isinstance(node, nodes.Macro):
            yield node.name
        elif isinstance(node, nodes.Assign | nodes.AssignBlock):
            yield from (name.name for name in [node.target, *node.target.find_all(nodes.Name)]
                        if isinstance(name, nodes.Name))  # fmt: skip


def find_unused_properties(own: str, style: str) -> dict[str, int]:
    """The custom properties that a theme's style sets and nothing reads, with their lines; `style` is all of it."""
    plain = COMMENT.sub(lambda found: "\n" * found[0].count("\n"), own)
    used = set(USED.findall(COMMENT.sub("", style)))
    found: dict[str, int] = {}
    for match in DECLARED.finditer(plain):
        if match[1] not in used:
            found.setdefault(match[1], plain.count("\n", 0, match.start()) + 1)
    return found


def find_blocked(html: str) -> list[str]:
    """What of a page a strict policy blocks: script and style in it, and what would come from another host."""
    reader = _Reader()
    reader.feed(html)
    reader.close()
    return list(dict.fromkeys(reader.found))


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        known = dict(attributes)
        if tag == "style" or (tag == "script" and not known.get("src") and "json" not in (known.get("type") or "")):
            self.found.append(f"`<{tag}>` in the page: put it into a file in assets/")
        self.found += [
            f"the attribute `{name}`: put it into a file in assets/"
            for name in known
            if name == "style" or name.startswith("on")
        ]
        fetched = [known.get("src"), known.get("srcset")]
        if tag == "link" and set((known.get("rel") or "").split()) & {"stylesheet", "icon", "preload"}:
            fetched.append(known.get("href"))
        self.found += [
            f"`{address}` is fetched from another host"
            for address in fetched
            if address and re.match(r"\s*(?:[a-zA-Z][\w+.-]*:)?//", address)
        ]
