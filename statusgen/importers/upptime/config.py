""".upptimerc.yml: the name and address of the page, and the sites that are watched."""

import re
from collections.abc import Mapping
from datetime import date

from statusgen.importers.entries import Declared, SiteFacts, Source
from statusgen.importers.feed.times import MONTHS
from statusgen.importers.front_matter import Value, decode, read_fields, text_of
from statusgen.importers.text import slugify
from statusgen.parse.web_address import is_web_address

CONFIG = ".upptimerc.yml"
_START = re.compile(r"(?m)^startTime:\s*(?:\w{3} (\w{3}) (\d{1,2}) (\d{4})|(\d{4})-(\d\d)-(\d\d))")


def read_config(data: bytes, since: Mapping[str, str]) -> tuple[SiteFacts, Source]:
    """`since`: the first day of each site, by its slug."""
    text, guess = decode(data)
    fields, wrong = read_fields(text, "yaml")
    page = fields.get("status-website")
    page = page if isinstance(page, dict) else {}
    notes = [f"guessed: {guess}"] if guess else []
    notes += [f"it cannot be read whole ({wrong}): what looks well is taken"] if wrong else []
    owner, repo = text_of(fields.get("owner")), text_of(fields.get("repo"))
    cname = text_of(page.get("cname"))
    url = f"https://{cname}" if cname else f"https://{owner}.github.io/{repo}" if owner and repo else ""
    if url and (not is_web_address(url) or re.search(r"[\s\"'<>?#@\\]", url)):
        notes.append(f"guessed: `{url}` is no address of a site: write the right one into site.yaml")
        url = ""
    description = [text_of(page.get(key)) for key in ("introTitle", "introMessage")]
    site = SiteFacts(
        name=text_of(page.get("name")),
        url=url,
        description=" ".join(filter(None, description)),
        components=_read_sites(fields.get("sites"), since, notes),
        links=tuple(_read_links(page.get("navbar")).items()),
    )
    left_out = [key for key in fields if key not in ("owner", "repo", "sites", "status-website")]
    notes += [f"left out, because statusgen has no such setting: {', '.join(left_out)}"] if left_out else []
    return site, Source(CONFIG, as_what="name, address and sites", notes=tuple(notes))


def read_since(data: bytes) -> str:
    """The first day that history/SLUG.yml tells, as `2023-02-27`; "" if it tells none."""
    match = _START.search(decode(data)[0])
    if match is None:
        return ""
    try:
        if match[4]:
            return date(int(match[4]), int(match[5]), int(match[6])).isoformat()
        return date(int(match[3]), MONTHS[match[1].lower()], int(match[2])).isoformat()
    except (KeyError, ValueError):
        return ""


def slug_of_site(name: str, slug: str) -> str:
    return slug or slugify(name)


def _read_sites(value: Value | None, since: Mapping[str, str], notes: list[str]) -> tuple[Declared, ...]:
    found: dict[str, Declared] = {}
    for one in value if isinstance(value, list) else []:
        name = text_of(one.get("name")) if isinstance(one, dict) else ""
        if not isinstance(one, dict) or not name or name in found:
            notes.append(f"left out: a site {f'with the name `{name}` again' if name else 'without a name'}")
            continue
        slug = slug_of_site(name, text_of(one.get("slug")))
        found[name] = Declared(name, old_id=slug if slug == slugify(slug) else "", since=since.get(slug, ""))
    if found:
        notes.append("left out: how sites are watched, because statusgen watches nothing")
    return tuple(found.values())


def _read_links(value: Value | None) -> dict[str, str]:
    links = [one for one in value if isinstance(one, dict)] if isinstance(value, list) else []
    pairs = [(text_of(one.get("title")), text_of(one.get("href"))) for one in links]
    return {name: href for name, href in pairs if name and href.startswith(("https://", "http://", "mailto:"))}
