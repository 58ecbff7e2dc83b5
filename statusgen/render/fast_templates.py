"""Faster templates that do what Jinja's own do: they gather what they write, escape only what needs it, call macros
without a detour, and read attributes in place where the sandbox has nothing to forbid."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable
from functools import partial
from keyword import kwlist
from types import (
    AsyncGeneratorType,
    CodeType,
    CoroutineType,
    FrameType,
    FunctionType,
    GeneratorType,
    MethodType,
    TracebackType,
)
from typing import Any

from jinja2 import nodes, pass_eval_context
from jinja2.compiler import CodeGenerator, Frame, MacroRef
from jinja2.nodes import EvalContext
from jinja2.runtime import Context, Macro
from jinja2.sandbox import ImmutableSandboxedEnvironment
from jinja2.utils import missing

from statusgen.render import output
from statusgen.render.output import mark_safe

# The sandbox looks closer at attributes of these types, and at what formats a text.
_GUARDED = (list, dict, set, deque, type, FunctionType, MethodType, CodeType, FrameType, TracebackType, GeneratorType,
            CoroutineType, AsyncGeneratorType)  # fmt: skip
GUARDED = frozenset(name for kind in _GUARDED for name in dir(kind)) | {"format", "format_map"}

# Names of arguments that Python has for itself, which Jinja gives another way.
RESERVED = frozenset(kwlist)


class QuickMacro(Macro):
    """A macro that looks at its arguments only where that can matter: most calls name none and leave out the last.

    Who calls it without saying how texts are escaped has them escaped."""

    @pass_eval_context
    def __call__(self, *args: Any, **kwargs: Any) -> str:
        if args and type(args[0]) is EvalContext:
            return super().__call__(*args, **kwargs)
        left_out = self._argument_count - len(args)
        if kwargs or left_out < 0 or self.caller or self.catch_kwargs or self.catch_varargs:
            return mark_safe(super().__call__(*args, **kwargs))
        return mark_safe(self._func(*args, *(missing,) * left_out))


def quicken(macro: Macro) -> Macro:
    macro.__class__ = QuickMacro
    return macro


class FastTemplates(CodeGenerator):
    """Templates that gather what they write, escape only what needs it, and look attributes up where they stand.

    Where a later Jinja does not ask these methods any more, its own way is what remains."""

    def visit_Template(self, node: nodes.Template, frame: Frame | None = None) -> None:  # noqa: N802
        self.writeline(f"from {output.__name__} import escape_output, escape_text")
        self.writeline(f"from {__name__} import QuickMacro, quicken")
        super().visit_Template(node, frame)

    def blockvisit(self, nodes: Iterable[nodes.Node], frame: Frame) -> None:
        """A template and a block give one piece: each one passes through all the templates that this one extends."""
        if frame.buffer is not None or frame.require_output_check:
            super().blockvisit(nodes, frame)
            return
        self.buffer(frame)
        super().blockvisit(nodes, frame)
        self.writeline(f"yield concat({frame.buffer})")

    def visit_Block(self, node: nodes.Block, frame: Frame) -> None:  # noqa: N802
        if frame.buffer is None or node.scoped or node.required:
            super().visit_Block(node, frame)
            return
        context = self.get_context_ref()
        self.writeline(f"{frame.buffer}.extend(context.blocks[{node.name!r}][0]({context}))", node)

    def macro_def(self, macro_ref: MacroRef, frame: Frame) -> None:
        self.write("quicken(")
        super().macro_def(macro_ref, frame)
        self.write(")")

    def visit_Call(self, node: nodes.Call, frame: Frame, forward_caller: bool = False) -> None:  # noqa: N802
        """Macros are as safe as what calls them, and need nothing of what the sandbox gives along."""
        spread = node.dyn_args or node.dyn_kwargs or any(keyword.key in RESERVED for keyword in node.kwargs)
        if forward_caller or spread or frame.eval_ctx.volatile or not frame.eval_ctx.autoescape:
            super().visit_Call(node, frame, forward_caller=forward_caller)
            return
        self.write("(_f if type(_f := ")
        self.visit(node.node, frame)
        self.write(") is QuickMacro else environment.to_call(context, _f")
        known = ((frame.loop_frame, "_loop_vars"), (frame.block_frame, "_block_vars"))
        self.write("".join(f", {name}={name}" for is_there, name in known if is_there))
        self.write("))(")
        for given in (*node.args, *node.kwargs):
            self.visit(given, frame)
            self.write(", ")
        self.write(")")

    def visit_Getattr(self, node: nodes.Getattr, frame: Frame) -> None:  # noqa: N802
        if node.attr.startswith("_") or node.attr in GUARDED:
            super().visit_Getattr(node, frame)
            return
        self.write("(_v if (_v := getattr((_o := ")
        self.visit(node.node, frame)
        self.write(f"), {node.attr!r}, missing)) is not missing else environment.getattr(_o, {node.attr!r}))")

    def _output_child_pre(self, node: nodes.Expr, frame: Frame, finalize: CodeGenerator._FinalizeInfo) -> None:
        if frame.eval_ctx.autoescape and not frame.eval_ctx.volatile and finalize.src is None:
            self.write("(_t if type(_t := (")
        else:
            super()._output_child_pre(node, frame, finalize)

    def _output_child_post(self, node: nodes.Expr, frame: Frame, finalize: CodeGenerator._FinalizeInfo) -> None:
        if frame.eval_ctx.autoescape and not frame.eval_ctx.volatile and finalize.src is None:
            self.write(")) is Markup else escape_text(_t) if type(_t) is str else escape_output(_t))")
        else:
            super()._output_child_post(node, frame, finalize)


class FastEnvironment(ImmutableSandboxedEnvironment):
    """A theme may come with a push: whoever can write it cannot run code where the site is built.

    `trusted` are the ids of what this program itself has given to templates to call."""

    code_generator_class = FastTemplates

    def __init__(self, **options: Any) -> None:
        super().__init__(**options)
        self.trusted = frozenset[int]()

    def to_call(self, context: Context, what: Any, **given: Any) -> Callable[..., Any]:
        """How a template calls what is no macro. The sandbox asks whether it is safe, of what is not known to be."""
        return what if id(what) in self.trusted else partial(self.call, context, what, **given)
