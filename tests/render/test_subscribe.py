"""Where pages say what can be followed, it is there: every address on them is one that is published."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import replace
from fnmatch import fnmatch
from html.parser import HTMLParser

import pytest
from html_reader import read_html
from sites import NOW, default_theme, make_site, parse_files, render

from statusgen.history.snapshot import take_snapshot
from statusgen.model.site import Component
from statusgen.render.site import plan_site
from statusgen.render.subscribe_pages import SHOWN, write_snippets

ROOTS = ["https://status.acme.example/", "https://acme.example/help/status/"]
PAGES = ["subscribe/index.html", "subscribe/formats/index.html", "components/api/index.html"]
# What the pages name, by what publishes it.
PUBLISHED = {
    "feeds": ["feed.*", "history.*", "changes/feed.*", "components/*/feed.*", "components/*/history.rss", "groups/*"],
    "uptime": ["uptime.csv", "api/uptime.json", "api/uptime.schema.json"],
    "calendars": ["calendar.ics", "components/*/calendar.ics"],
    "state": ["api/v2/*"],
    "badges": ["badges/*"],
    "embedding": ["embed.js", "embed/index.html"],
}


class _Texts(HTMLParser):
    """The texts of <code> elements, as somebody would copy them."""

    def __init__(self, page: bytes) -> None:
        super().__init__(convert_charrefs=True)
        self.found: list[str] = []
        self._within = False
        self.feed(page.decode())

    def handle_starttag(self, tag: str, attrs: object) -> None:
        if tag == "code":
            self.found.append("")
        self._within = self._within or tag == "code"

    def handle_endtag(self, tag: str) -> None:
        self._within = self._within and tag != "code"

    def handle_data(self, data: str) -> None:
        if self._within:
            self.found[-1] += data


def site_at(root: str, **changes: object) -> dict[str, bytes]:
    content = parse_files({})
    return render(replace(content, site=replace(content.site, url=root, **changes)))  # type: ignore[arg-type]


def addresses_of(page: bytes, root: str) -> Iterator[str]:
    """Paths from the root of all addresses that can be copied, and of those that snippets bring."""
    for text in _Texts(page).found:
        for address in re.findall(r"https?://[^\s\"'<>]+", text):
            if address.startswith(root):
                yield address.removeprefix(root)


def paths_of(page: bytes, root: str) -> set[str]:
    return {f"{path}index.html" if path.endswith("/") or not path else path for path in addresses_of(page, root)}


@pytest.mark.parametrize("part", PUBLISHED)
def test_every_address_is_one_of_what_is_published(part: str) -> None:
    content = parse_files({})
    files = plan_site(take_snapshot(content, NOW), default_theme()).files
    pages = render(content)
    named = {path for page in PAGES for path in paths_of(pages[page], content.site.url)}
    mine = {path for path in named if any(fnmatch(path, pattern) for pattern in PUBLISHED[part])}
    assert mine
    assert mine - files.keys() == set()


def test_every_address_is_told_by_what_publishes_it() -> None:
    patterns = [pattern for some in PUBLISHED.values() for pattern in some]
    pages = render(parse_files({}))
    for page in PAGES:
        for path in paths_of(pages[page], "https://status.acme.example/status/") - {"index.html"}:
            assert any(fnmatch(path, pattern) for pattern in patterns), path


@pytest.mark.parametrize("root", ROOTS)
@pytest.mark.parametrize("page", PAGES)
def test_every_copied_address_is_absolute_and_beside_a_link_to_the_same(page: str, root: str) -> None:
    data = site_at(root)[page]
    rows = re.findall(rb'<th scope="row"><a href="([^"]+)">[^<]+</a></th><td><code>([^<]+)</code></td>', data)
    assert len(rows) > 5
    up = "../" * page.count("/")
    for link, address in rows:
        assert address.decode() == root + link.decode().removeprefix(up)
    (hosts,) = {tuple(re.findall(r"^https://[^/]+", address)) for address in addresses_in_full(data)}
    assert hosts == tuple(re.findall(r"^https://[^/]+", root))


def addresses_in_full(page: bytes) -> list[str]:
    return [found for text in _Texts(page).found for found in re.findall(r"https?://[^\s\"'<>]+", text)]


@pytest.mark.parametrize("root", ROOTS)
def test_calendars_open_by_their_own_scheme(root: str) -> None:
    files = site_at(root)
    for page, path in (("subscribe/index.html", ""), ("components/db/index.html", "components/db/")):
        links = [link for link in read_html(files[page]).addresses if link.startswith("webcal:")]
        assert links == [f"webcal:{root.removeprefix('https:')}{path}calendar.ics"]


def test_every_component_and_group_is_listed_once() -> None:
    page = site_at(ROOTS[0])["subscribe/index.html"].decode()
    for folder in ("groups/edge", "components/api", "components/web", "components/db"):
        assert page.count(f"<code>{ROOTS[0]}{folder}/feed.rss</code>") == 1
    assert [page.count(f"<h3>{name}</h3>") for name in ("Edge network", "Other components")] == [1, 1]


def test_many_components_are_folded_and_the_page_stays_small() -> None:
    few, many = (tuple(Component(f"c{number}", f"Part {number}") for number in range(count)) for count in (SHOWN, 500))
    small, large = (
        site_at(ROOTS[0], components=some, groups=())["subscribe/index.html"].decode() for some in (few, many)
    )
    assert small.count('<details class="group" open>') == 1
    assert large.count('<details class="group">') == 1 and "<h3>Components</h3>" in large
    assert len(large) < 400_000


def test_a_site_without_components_says_nothing_of_them() -> None:
    page = site_at(ROOTS[0], components=(), groups=())["subscribe/index.html"]
    assert b'"parts"' not in page and b"#parts" not in page and b"data-component=&#34;ID&#34;" in page


def test_snippets_hold_names_that_would_break_out() -> None:
    name, url = "A \"b\" <script>x</script> & {c} 'd'", "https://acme.example/a&b/"
    site = replace(parse_files({}).site, name=name, url=url)
    snippets = write_snippets(site, None)
    for text, tags in ((snippets.badge, ["a", "img"]), (snippets.frame, ["iframe"]), (snippets.script, ["script"])):
        read = read_html(text)
        assert [tag for tag, _ in read.elements] == tags and not read.unclosed
        assert all(address.startswith(url) for address in read.addresses)
    assert read_html(snippets.badge).elements[1][1]["alt"] == f"Status of {name}"
    assert json.loads(snippets.exporter) == {"acme.example": {"url": f"{url}api/v2/summary.json", "name": name}}


def test_snippets_are_copied_as_they_were_written() -> None:
    name = 'A "b" <i>c</i> &amp; d'
    content = parse_files({})
    site = replace(content.site, name=name)
    texts = _Texts(render(replace(content, site=site))["subscribe/index.html"]).found
    snippets = write_snippets(site, site.components[0])
    expected = {snippets.badge, snippets.script, snippets.component_script, snippets.frame, snippets.exporter}
    assert expected <= set(texts)


HUB = "feeds: {hub: https://hub.example/}\n"


def test_a_hub_is_named_where_there_is_one() -> None:
    site = "name: A\nurl: https://a.example/\ncomponents: {api: API}\n"
    told = [make_site({"site.yaml": site + more})["subscribe/formats/index.html"] for more in ("", HUB)]
    assert [b"https://hub.example/" in page for page in told] == [False, True]
