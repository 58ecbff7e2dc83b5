"""For nginx: a file of its own, below /etc/nginx/conf.d/."""

from __future__ import annotations

import re
from collections.abc import Sequence
from urllib.parse import unquote, urlsplit

from statusgen.render.addresses import base_path
from statusgen.render.headers.rules import (
    CACHE,
    CORS,
    CSP,
    EVERYTHING,
    FOLDER,
    HSTS,
    RULES,
    TYPES,
    Rule,
    comment,
    headline_of,
)

# What differs from file to file is looked up by the path, as a location would lose the headers of what is around it.
MAPPED = {CSP: "$statusgen_policy", CACHE: "$statusgen_cache", CORS: "$statusgen_origin"}
FEED = "feed.json"
WHERE = (
    "Keep it as /etc/nginx/conf.d/status.conf; `nginx -t` tests it. Where nginx serves this host already, put what is\n"
    "inside of `server` there."
)


def render_nginx(url: str, rules: Sequence[Rule] = RULES) -> str:
    base = unquote(base_path(url))
    lines = headline_of("nginx", url, WHERE)
    for header, variable in MAPPED.items():
        lines += ["", *_map(header, variable, base, rules)]
    return "\n".join([*lines, "", *_server(url, base, rules), ""])


def _map(header: str, variable: str, base: str, rules: Sequence[Rule]) -> list[str]:
    """The first pattern that fits counts, and a header without a value is not sent."""
    told = [rule for rule in rules if header in rule.headers]
    lines = [f"map $uri {variable} {{"]
    for rule in reversed(told):
        lines += comment(rule.why, "    ")
        for path in rule.paths:
            pattern = "default" if path == EVERYTHING else f'"~{_regex(base, path)}"'
            lines.append(f'    {pattern} "{rule.headers[header]}";')
    return [*lines, "}"]


def _regex(base: str, path: str) -> str:
    start, star, end = path.partition("*")
    if not star:
        return f"^{re.escape(base + start)}$"
    return f"^{re.escape(base + start)}" + (f".*{re.escape(end)}$" if end else "")


def _server(url: str, base: str, rules: Sequence[Rule]) -> list[str]:
    fixed = {name: value for rule in rules for name, value in rule.headers.items() if name not in MAPPED}
    types = {end: kind.partition(";")[0] for end, kind in TYPES.items() if end != FEED}
    texts = [kind.partition(";")[0] for kind in TYPES.values() if ";" in kind and not kind.startswith("text/html")]
    return [
        "server {",
        "    listen 80;",
        "    # With a certificate: listen 443 ssl; ssl_certificate …; ssl_certificate_key …;",
        f"    server_name {urlsplit(url).hostname};",
        "    absolute_redirect off;",
        "    charset utf-8;",
        f"    charset_types {' '.join(texts)};",
        "    types {",
        *(f"        {kind} {end.removeprefix('.')};" for end, kind in types.items()),
        "    }",
        *(f"    add_header {name} {variable} always;" for name, variable in MAPPED.items()),
        *(f"    add_header {name} {value} always;" for name, value in fixed.items()),
        *comment(HSTS, "    "),
        f'    error_page 404 "{base}404.html";',
        *([f'    location = "{base.rstrip("/")}" {{ return 301 "{base}"; }}'] if base != "/" else []),
        f'    location "{base}" {{',
        *comment("The folder that the site is published into.", "        "),
        f"        alias {FOLDER}/;",
        "        index index.html;",
        f'        location "~{_regex(base, "*" + FEED)}" {{',
        "            types { }",
        f"            default_type {TYPES[FEED]};",
        "        }",
        "    }",
        "}",
    ]
