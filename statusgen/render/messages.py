"""Messages in templates: `_("Began {at}", at=…)` and `_n(count, "{n} incident", "{n} incidents")`.

A translation is put into a template when that is compiled, so pages in any language cost the same.
What stands between `{a}` and `{/a}` is a link to the address that is given as `a`; `{strong}` and `{code}` are the
elements of these names."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from jinja2 import Environment, TemplateAssertionError, nodes
from jinja2.visitor import NodeTransformer
from markupsafe import Markup, escape

from statusgen.model.language import PLACEHOLDER, Language

ELEMENTS = frozenset({"strong", "code"})


def find_messages(tree: nodes.Template) -> frozenset[str]:
    """What a template asks for."""
    place = {"_": 0, "_n": 1}
    found = []
    for call in tree.find_all(nodes.Call):
        if isinstance(call.node, nodes.Name) and call.node.name in place:
            found += call.args[place[call.node.name] :][:1]
    return frozenset(str(one.value) for one in found if isinstance(one, nodes.Const))


class Translator(NodeTransformer):
    """Puts a language's words in the place of the calls of `_` whose message is written there."""

    def __init__(self, language: Language, environment: Environment) -> None:
        self._language = language
        self._known = nodes.EvalContext(environment)

    def visit_Output(self, node: nodes.Output) -> nodes.Output:  # noqa: N802
        """Parts of a sentence are written one after the other, without making one text of them first."""
        children: list[nodes.Expr] = []
        for child in node.nodes:
            parts = self._split(child) if isinstance(child, nodes.Call) else None
            children += [child] if parts is None else parts
        node.nodes = children
        self.generic_visit(node)
        return node

    def visit_Call(self, node: nodes.Call) -> nodes.Expr:  # noqa: N802
        self.generic_visit(node)
        parts = self._split(node)
        if parts is None:
            return node
        if len(parts) == 1:
            return parts[0]
        constant = _join_constants(parts, self._known)
        # Jinja would forget what is markup already where it joins constants.
        return constant or nodes.Concat(parts, lineno=node.lineno)

    def _split(self, call: nodes.Call) -> list[nodes.Expr] | None:
        if not isinstance(call.node, nodes.Name) or call.node.name != "_":
            return None
        if len(call.args) != 1 or not isinstance(call.args[0], nodes.Const) or call.dyn_args or call.dyn_kwargs:
            raise TemplateAssertionError("`_` takes a text in quotes, and what stands for its {names}", call.lineno)
        given = {keyword.key: keyword.value for keyword in call.kwargs}
        message = self._language.find(str(call.args[0].value))
        texts = PLACEHOLDER.split(message)
        if not texts[1:]:
            return [nodes.Const(message, lineno=call.lineno)]
        parts: list[nodes.Expr] = []
        for number, text in enumerate(texts):
            made = _expand(text, given, f"{{/{text}}}" in message, call.lineno) if number % 2 else [nodes.Const(text)]
            parts += made if text else []
        return [part.set_lineno(call.lineno) if part.lineno is None else part for part in parts]


def _join_constants(parts: list[nodes.Expr], known: nodes.EvalContext) -> nodes.Expr | None:
    """None where something is not known yet."""
    try:
        values = [part.as_const(known) for part in parts]
    except nodes.Impossible:
        return None
    if not any(hasattr(value, "__html__") for value in values):
        return nodes.Const("".join(map(str, values)))
    return nodes.TemplateData("".join(map(escape, values)))


def _expand(name: str, given: Mapping[str, nodes.Expr], is_link: bool, line: int) -> list[nodes.Expr]:
    bare = name.removeprefix("/")
    if bare in ELEMENTS:
        return [_markup(f"<{name}>")]
    if bare not in given:
        raise TemplateAssertionError(f"nothing is given for `{{{name}}}`", line)
    if name != bare:
        return [_markup("</a>")]
    return [_markup('<a href="'), given[bare], _markup('">')] if is_link else [given[bare]]


def _markup(text: str) -> nodes.Expr:
    return nodes.TemplateData(text)


def make_counter(language: Language) -> Callable[..., Markup]:
    """`_n` of templates."""

    def count(number: int, one: str, many: str, **given: object) -> Markup:
        message = language.find_plural(number, one, many)
        values = {"n": number, **given}

        def expand(name: str) -> str:
            bare = name.removeprefix("/")
            if bare in ELEMENTS:
                return f"<{name}>"
            if name != bare:
                return "</a>"
            value = escape(values[bare])
            return f'<a href="{value}">' if f"{{/{name}}}" in message else value

        texts = PLACEHOLDER.split(message)
        return Markup("".join(expand(text) if place % 2 else escape(text) for place, text in enumerate(texts)))  # noqa: S704

    return count
