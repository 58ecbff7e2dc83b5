"""What is answered to an address, from a state alone: nothing on the disk has an address."""

from __future__ import annotations

import traceback
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote, unquote

from statusgen.build.preview import State
from statusgen.errors import Error
from statusgen.problems import Problem
from statusgen.render.addresses import base_path
from statusgen.render.dress import NOT_FOUND
from statusgen.render.site import SitePlan
from statusgen.serve.panel import SCRIPT, STYLE, dress_page, render_plain
from statusgen.serve.renderings import Renderings

HERE = Path(__file__).parent
OWN = {path: (HERE / path.rpartition("/")[2]).read_bytes() for path in (SCRIPT, STYLE)}
INDEX = "index.html"
TYPES = {
    "html": "text/html; charset=utf-8",
    "css": "text/css; charset=utf-8",
    "js": "text/javascript; charset=utf-8",
    "txt": "text/plain; charset=utf-8",
    "csv": "text/csv; charset=utf-8",
    "ics": "text/calendar; charset=utf-8",
    "rss": "application/rss+xml",
    "atom": "application/atom+xml",
    "xml": "application/xml",
    "json": "application/json",
    "webmanifest": "application/manifest+json",
    "svg": "image/svg+xml",
    "png": "image/png",
    "jpg": "image/jpeg",
    "jpeg": "image/jpeg",
    "gif": "image/gif",
    "webp": "image/webp",
    "avif": "image/avif",
    "ico": "image/x-icon",
    "woff": "font/woff",
    "woff2": "font/woff2",
}


@dataclass(frozen=True, slots=True)
class Answer:
    """`mark` tells a page from what it was and will be; `location` is where else to look. `trace` tells of a bug."""

    code: int
    type: str
    body: bytes = b""
    mark: str = ""
    location: str = ""
    trace: str = ""


def base_of(state: State) -> str:
    """The path below which the site is served, as it is where customers read it."""
    if state.plan is None:
        return "/"
    # An escape may hide one more slash, and two name another host where it is led to.
    return "/" + unquote(base_path(state.plan.dress.site.url)).lstrip("/")


def find_answer(state: State, renderings: Renderings, path: str) -> Answer:
    """`path` is an address' path without its escapes."""
    if path in OWN:
        return Answer(200, _type_of(path), OWN[path])
    if state.plan is None:
        text = "What is wrong is said above; the page appears as soon as it is mended."
        return _page(503, render_plain("There is nothing to show yet", text), state.problems, state.trace)
    base = base_of(state)
    if base != "/" and path in ("/", base.removesuffix("/")):
        return Answer(302, TYPES["html"], location=quote(base))
    name = path.removeprefix(base) if path.startswith(base) else None
    if name is None:
        return _file(state, state.plan, renderings, NOT_FOUND)
    if name and not name.endswith("/") and f"{name}/{INDEX}" in state.plan.files:
        return Answer(302, TYPES["html"], location=quote(f"{base}{name}/"))
    name = f"{name}{INDEX}" if not name or name.endswith("/") else name
    return _file(state, state.plan, renderings, name if name in state.plan.files else NOT_FOUND)


def _file(state: State, plan: SitePlan, renderings: Renderings, name: str) -> Answer:
    try:
        data = renderings.render(plan, name)
    except Error as error:
        return _failed(state, Problem(name, 0, "theme", str(error)), "")
    except Exception as error:
        message = f"a bug in statusgen, please report it: {type(error).__name__}: {error}"
        return _failed(state, Problem(name, 0, "bug", message), traceback.format_exc())
    if not name.endswith(".html"):
        return Answer(200, _type_of(name), data)
    return _page(404 if name == NOT_FOUND else 200, data, state.problems, state.trace)


def _failed(state: State, problem: Problem, trace: str) -> Answer:
    plain = render_plain("This page cannot be shown", "What is wrong is said above.")
    return _page(500, plain, (problem, *state.problems), trace or state.trace)


def _page(code: int, data: bytes, problems: tuple[Problem, ...], trace: str) -> Answer:
    body, mark = dress_page(data, problems, trace)
    return Answer(code, TYPES["html"], body, mark, trace=trace if code == 500 else "")


def _type_of(name: str) -> str:
    return TYPES.get(name.rpartition(".")[2].lower(), "application/octet-stream")
