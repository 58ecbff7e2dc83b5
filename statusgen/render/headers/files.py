"""For Netlify and Cloudflare Pages: a file `_headers` in the folder that is published."""

from __future__ import annotations

from collections.abc import Sequence

from statusgen.render.addresses import base_path
from statusgen.render.headers.rules import HSTS, RULES, TYPE_RULES, Rule, comment, headline_of, may_meet

# Of Cloudflare Pages (https://developers.cloudflare.com/pages/configuration/headers/).
MOST_RULES, LONGEST_LINE = 100, 2000
WHERE = (
    "Keep it as `_headers` in the folder that is published, where a build leaves it alone; 404.html is found by itself."
)


def render_netlify(url: str, rules: Sequence[Rule] = RULES) -> str:
    """Of several rules for a path, what the last one says of a header counts."""
    return _render("netlify", url, rules, detached=False)


def render_cloudflare(url: str, rules: Sequence[Rule] = RULES) -> str:
    """What several rules say of a header would be joined with commas, so `! NAME` takes back what was said before."""
    return _render("cloudflare", url, rules, detached=True)


def _render(host: str, url: str, rules: Sequence[Rule], detached: bool) -> str:
    base = base_path(url)
    lines = headline_of(host, url, WHERE)
    if base != "/":
        where = f"The site is its folder {base.strip('/')}/; put a copy of the site's 404.html beside `_headers`."
        lines += comment(where)
    lines += comment(HSTS)
    for path, (whys, headers) in _by_path(rules).items():
        lines += ["", *(line for why in whys for line in comment(why)), base + path]
        for name, (value, again) in headers.items():
            lines += [f"  ! {name}"] if again and detached else []
            lines.append(f"  {name}: {value}")
    return "\n".join([*lines, ""])


def _by_path(rules: Sequence[Rule]) -> dict[str, tuple[list[str], dict[str, tuple[str, bool]]]]:
    """(why, {name: (value, whether a rule above may have said it)}) by path, each of which may have one rule only."""
    blocks: dict[str, tuple[list[str], dict[str, str]]] = {}
    for rule in (*rules, *TYPE_RULES):
        for path in rule.paths:
            whys, headers = blocks.pop(path, ([], {}))
            blocks[path] = ([*whys, rule.why], {**headers, **rule.headers})
    found: dict[str, tuple[list[str], dict[str, tuple[str, bool]]]] = {}
    for path, (whys, headers) in blocks.items():
        above = {name for other, (_, told) in found.items() if may_meet(path, other) for name in told}
        found[path] = (whys, {name: (value, name in above) for name, value in headers.items()})
    return found
