"""For Caddy: a block of the Caddyfile."""

from __future__ import annotations

import json
from collections.abc import Sequence
from urllib.parse import unquote, urlsplit

from statusgen.render.addresses import base_path
from statusgen.render.headers.rules import (
    CACHE,
    CORS,
    EVERYTHING,
    FOLDER,
    HSTS,
    RULES,
    TYPE,
    TYPE_RULES,
    TYPES,
    Rule,
    comment,
    headline_of,
)


def render_caddy(url: str, rules: Sequence[Rule] = RULES) -> str:
    base = unquote(base_path(url))
    host = urlsplit(url)
    lines = headline_of("caddy", url, "Keep it in /etc/caddy/Caddyfile. `caddy validate` tests it.")
    lines += [f"{'http://' if host.scheme == 'http' else ''}{host.netloc} {{"]
    lines += [*comment("The folder that the site is published into.", "\t"), f"\troot * {FOLDER}"]
    lines += ["\t# In the order as it is written: what comes later counts.", "\troute {"]
    for number, rule in enumerate((*rules, *TYPE_RULES)):
        for_all = rule.paths == (EVERYTHING,)
        lines += comment(rule.why, "\t\t")
        lines += [] if for_all else [f"\t\t@rule{number} path {_paths(base, rule)}"]
        matcher = "" if for_all else f"@rule{number} "
        lines += [f"\t\theader {matcher}{name} {json.dumps(value)}" for name, value in rule.headers.items()]
    lines += comment(HSTS, "\t\t")
    lines += _files(base)
    lines += ["\t}", "\thandle_errors {"]
    lines += [f"\t\theader {CACHE} no-cache", f"\t\theader {TYPE} {json.dumps(TYPES['.html'])}", f"\t\theader -{CORS}"]
    lines += ["\t\trewrite * /404.html", "\t\tfile_server", "\t}", "}"]
    return "\n".join([*lines, ""])


def _paths(base: str, rule: Rule) -> str:
    """An end of a name is met below any folder, and nothing else is served."""
    return " ".join(path if path.startswith(EVERYTHING) else json.dumps(base + path) for path in rule.paths)


def _files(base: str) -> list[str]:
    if base == "/":
        return ["\t\tfile_server"]
    below = [f"\t\thandle_path {json.dumps(base + '*')} {{", "\t\t\tfile_server", "\t\t}"]
    return [f"\t\tredir {base.rstrip('/')} {base}", *below, "\t\terror 404"]
