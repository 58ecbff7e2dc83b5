"""What a host shall say with each file of a site. The rules stand here once; each host has its way to write them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

CSP, CORS, CACHE, TYPE = "Content-Security-Policy", "Access-Control-Allow-Origin", "Cache-Control", "Content-Type"
OWN = (
    "default-src 'none'; style-src 'self'; img-src 'self'; script-src 'self'; connect-src 'self'; "
    "base-uri 'none'; form-action 'none'"
)
ALONE = "frame-ancestors 'none'"
EVERYTHING = "*"
EMBEDS = ("embed/*",)


@dataclass(frozen=True, slots=True)
class Rule:
    """`paths` from the site's root, in which one `*` stands for any text. What a later rule says of a header counts.

    `why` is for people, in lines of a comment."""

    why: str
    paths: tuple[str, ...]
    headers: Mapping[str, str]


RULES = (
    Rule(
        "Pages load nothing from elsewhere and run no code of others, so the strictest policy holds.",
        (EVERYTHING,),
        {CSP: f"{OWN}; {ALONE}", "X-Content-Type-Options": "nosniff", "Referrer-Policy": "same-origin"},
    ),
    Rule(
        "A copy may be kept, but is asked about each time, which is a 304 if it is the same: nobody reads old news.",
        (EVERYTHING,),
        {CACHE: "no-cache"},
    ),
    Rule("Made to be shown within other pages.", EMBEDS, {CSP: f"{OWN}; frame-ancestors *"}),
    Rule(
        "Pictures for other pages; their own style is what makes them dark where it is dark.",
        ("badges/*",),
        {CSP: f"default-src 'none'; style-src 'unsafe-inline'; {ALONE}", CORS: "*"},
    ),
    Rule(
        "A logo has style in it, and is a picture only, whoever opens it.",
        ("assets/*.svg",),
        {CSP: f"default-src 'none'; style-src 'unsafe-inline'; sandbox; {ALONE}"},
    ),
    Rule(
        "Public, so that pages and tools of others may read it.",
        ("api/*", "embed.js", "*.rss", "*.atom", "*feed.json", "*.ics", "*.csv"),
        {CORS: "*"},
    ),
    Rule(
        "The names of these files change with what is in them, so they are kept for a year.",
        ("assets/*",),
        {CACHE: "public, max-age=31536000, immutable"},
    ),
)


def make_rules(languages: Iterable[str]) -> tuple[Rule, ...]:
    """For a site with pages in these other languages, too."""
    embeds = (*EMBEDS, *(f"{tag}/{path}" for tag in languages for path in EMBEDS))
    return tuple(replace(rule, paths=embeds) if rule.paths == EMBEDS else rule for rule in RULES)


# By the end of the name, the longest last.
TYPES = {
    ".html": "text/html; charset=utf-8",
    ".css": "text/css; charset=utf-8",
    ".js": "text/javascript; charset=utf-8",
    ".txt": "text/plain; charset=utf-8",
    ".csv": "text/csv; charset=utf-8",
    ".ics": "text/calendar; charset=utf-8",
    ".rss": "application/rss+xml; charset=utf-8",
    ".atom": "application/atom+xml; charset=utf-8",
    ".xml": "application/xml; charset=utf-8",
    ".json": "application/json",
    ".svg": "image/svg+xml",
    ".png": "image/png",
    ".jpg": "image/jpeg",
    ".webp": "image/webp",
    ".ico": "image/x-icon",
    ".woff2": "font/woff2",
    "feed.json": "application/feed+json",
}
# Those that not every host knows.
RARE = (".csv", ".ics", ".rss", ".atom", ".json", "feed.json")
TYPE_RULES = tuple(
    Rule("What not every host knows by its name." if end == RARE[0] else "", (f"*{end}",), {TYPE: TYPES[end]})
    for end in RARE
)
HSTS = (
    "Once every address of this host is served by https and shall stay so; browsers hold you to it for a year:\n"
    "Strict-Transport-Security: max-age=31536000"
)
# The folder that the site is published into.
FOLDER = "/srv/www/status"


def comment(text: str, indent: str = "") -> list[str]:
    return [f"{indent}# {line}" for line in text.split("\n") if line]


def headline_of(host: str, url: str, where: str) -> list[str]:
    return comment(f"How to serve {url}, as told by `statusgen headers --for {host}`.\n{where}")


def may_meet(one: str, other: str) -> bool:
    """Whether some path may be meant by both patterns."""
    if "*" not in one:
        one, other = other, one
    start, star, end = one.partition("*")
    if not star:
        return one == other
    other_start, star, other_end = other.partition("*")
    if not star:
        return other.startswith(start) and other.endswith(end)
    starts = start.startswith(other_start) or other_start.startswith(start)
    return starts and (end.endswith(other_end) or other_end.endswith(end))
