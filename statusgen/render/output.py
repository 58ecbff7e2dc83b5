"""Fast autoescaping: the same text as Jinja's own, which makes a Markup of every small piece only to join them all."""

from __future__ import annotations

import re
from functools import lru_cache

from jinja2 import nodes
from jinja2.compiler import CodeGenerator, Frame
from markupsafe import Markup, escape

SPECIAL = re.compile("[&<>'\"]")


# Names, titles, classes and ways to the root come again and again, on one page and on the next.
@lru_cache(maxsize=1024)
def _escape_text(text: str) -> str:
    return escape(text) if SPECIAL.search(text) else text


def escape_output(value: object) -> str:
    """What stands on the page for a value in a template."""
    if type(value) is str:
        return _escape_text(value)
    if type(value) is Markup:
        return value
    return str(value) if type(value) is int else escape(value)


class FastEscapes(CodeGenerator):
    """Templates that write with the environment's `escape_output`.

    Where a later Jinja does not ask this method any more, its own escaping is what remains."""

    def _output_child_pre(self, node: nodes.Expr, frame: Frame, finalize: CodeGenerator._FinalizeInfo) -> None:
        if frame.eval_ctx.autoescape and not frame.eval_ctx.volatile and finalize.src is None:
            self.write("environment.escape_output(")
        else:
            super()._output_child_pre(node, frame, finalize)
