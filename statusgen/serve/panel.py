"""What is put into a page on its way to the browser: what is wrong, and what reloads it. All of it is in files of its
own, because pages keep a policy that allows nothing inline."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Sequence
from html import escape

from statusgen.problems import Problem

PREFIX = "/.statusgen/"
SCRIPT, STYLE, EVENTS = f"{PREFIX}reload.js", f"{PREFIX}preview.css", f"{PREFIX}events"
MOST = 50
HEAD_END = re.compile(rb"</head>", re.IGNORECASE)
BODY = re.compile(rb"<body\b[^>]*>", re.IGNORECASE)
HIDDEN = "A file with errors is shown as it was when it was last good, or not at all; unknown names are left out."
PLAIN = """\
<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>{title}</title>
</head>
<body class="statusgen-plain">
<main>
<h1>{title}</h1>
<p>{text}</p>
</main>
</body>
</html>
"""


def dress_page(page: bytes, problems: Sequence[Problem], trace: str = "") -> tuple[bytes, str]:
    """The page with what is wrong on top, and a mark that tells it from any page that looks different."""
    panel = _render_panel(problems, trace).encode() if problems else b""
    # Without the trace, which need not be the same at the next look at the same page.
    seen = "\n".join(map(repr, problems)).encode()
    mark = hashlib.sha256(seen + b"\0" + page).hexdigest()[:20]
    style = f'<link rel="stylesheet" href="{STYLE}">\n' if problems else ""
    head = f'{style}<script src="{SCRIPT}" data-mark="{mark}"></script>\n'.encode()
    body, head_end = BODY.search(page), HEAD_END.search(page)
    if not body or not head_end or head_end.end() > body.start():
        # A theme may leave both out; in front of everything else, they would change how the page is read.
        return page + panel + head, mark
    parts = page[: head_end.start()], head, page[head_end.start() : body.end()], panel, page[body.end() :]
    return b"".join(parts), mark


def render_plain(title: str, text: str) -> bytes:
    """A page where there is no other; what is wrong comes on top of it."""
    return PLAIN.format(title=escape(title), text=escape(text)).encode()


def _render_panel(problems: Sequence[Problem], trace: str) -> str:
    errors = sum(problem.severity == "error" for problem in problems)
    counts = [(errors, "error"), (len(problems) - errors, "warning")]
    title = ", ".join(f"{count} {word}{'' if count == 1 else 's'}" for count, word in counts if count)
    lines = [
        '\n<aside class="statusgen-problems" role="status" aria-label="Problems">',
        f"<details{' open' if errors else ''}>",
        f"<summary>{title}</summary>",
        f"<p>{HIDDEN}</p>" if errors else "",
        "<ul>",
        *(_render_problem(problem) for problem in sorted(problems, key=lambda p: p.severity != "error")[:MOST]),
        "</ul>",
    ]
    if len(problems) > MOST:
        lines.append(f"<p>And {len(problems) - MOST} more: <code>statusgen check</code> shows all.</p>")
    if trace:
        lines.append(f"<pre>{escape(trace)}</pre>")
    return "\n".join(filter(None, [*lines, "</details>", "</aside>\n"]))


def _render_problem(problem: Problem) -> str:
    where = f"{problem.path}:{problem.line}" if problem.line else problem.path
    hint = f'<span class="hint">{escape(problem.hint)}</span>' if problem.hint else ""
    kind = f'<span class="{problem.severity}">{problem.severity}[{escape(problem.code)}]</span>'
    return f"<li><code>{escape(where)}</code>: {kind}: {escape(problem.message)}{hint}</li>"
