"""Every link of the built sample leads to what is there, also under a sub-path, and every file can be reached."""

from __future__ import annotations

import re
from collections.abc import Mapping
from itertools import pairwise
from urllib.parse import unquote, urljoin, urlsplit

import pytest
from html_reader import Read, read_html
from sites import make_sample

ROOTS = ["https://status.acme.example/", "https://acme.example/help/status/"]
# What hosts, search engines and other people's pages ask for by its own name.
UNLINKED = {"404.html", "robots.txt", "sitemap.xml"}
UNLINKED_FOLDERS = ("api/v2/incidents/", "badges/", "sitemaps/", "de/sitemaps/", "ar/sitemaps/")


@pytest.fixture(scope="module", params=[(ROOTS[0], ""), (ROOTS[1], ""), (ROOTS[1], "languages: [de, ar]\n")])
def built(request: pytest.FixtureRequest) -> tuple[str, dict[str, bytes], dict[str, Read]]:
    """The site's address, its files, and its pages as read."""
    root, more = request.param
    files = make_sample(root, more=more)
    return root, files, {path: read_html(data) for path, data in files.items() if path.endswith(".html")}


def _find(address: str, root: str, files: Mapping[str, bytes]) -> str | None:
    """The file that a web server gives for an address of the site; None where there is none."""
    path = unquote(urlsplit(address)._replace(fragment="", query="").geturl())
    assert path.startswith(root), path
    path = path.removeprefix(root)
    path = f"{path}index.html" if path.endswith("/") or not path else path
    return path if path in files else None


def _targets(path: str, read: Read, root: str) -> list[str]:
    """Absolute addresses within the site. 404.html is shown at any depth, so its links must not depend on where.
    A calendar to follow has its address by another scheme."""
    base = root + ("some/deep/place/" if path == "404.html" else path)
    addresses = [re.sub("^webcal:", "https:", address) for address in read.addresses]
    found = [urljoin(root + path if address.startswith("#") else base, address) for address in addresses]
    return [address for address in found if urlsplit(address).netloc == urlsplit(root).netloc]


def test_every_link_leads_to_a_file_and_every_fragment_to_an_element(
    built: tuple[str, dict[str, bytes], dict[str, Read]],
) -> None:
    root, files, pages = built
    for path, read in pages.items():
        assert len(read.ids) == len(set(read.ids)), path
        for address in _targets(path, read, root):
            target = _find(address, root, files)
            assert target, f"{path} links to {address}"
            fragment = unquote(urlsplit(address).fragment)
            assert not fragment or fragment in pages[target].ids, f"{path} links to {address}"


def test_links_to_other_hosts_are_those_of_the_content(
    built: tuple[str, dict[str, bytes], dict[str, Read]],
) -> None:
    root, _, pages = built
    for path, read in pages.items():
        for tag, attributes in read.elements:
            address = attributes.get("href", attributes.get("src", ""))
            host = urlsplit(address).netloc
            assert tag == "a" or host in ("", urlsplit(root).netloc), (path, tag, address)
            assert not host or host == urlsplit(root).netloc or host.endswith("parcelwright.example"), (path, address)


def test_every_page_names_its_own_address(built: tuple[str, dict[str, bytes], dict[str, Read]]) -> None:
    root, files, pages = built
    for path, read in pages.items():
        (canonical,) = [a["href"] for tag, a in read.elements if tag == "link" and a["rel"] == "canonical"]
        if path != "404.html":
            assert _find(canonical, root, files) == path


def test_every_file_is_reached_from_the_home_page(built: tuple[str, dict[str, bytes], dict[str, Read]]) -> None:
    root, files, pages = built
    seen, waiting = set(), ["index.html"]
    while waiting:
        path = waiting.pop()
        if path not in seen:
            seen.add(path)
            if path in pages:
                waiting += [
                    found for address in _targets(path, pages[path], root) if (found := _find(address, root, files))
                ]
    for path in (path for path in pages if path.endswith("history/index.html")):
        (years,) = [found["data-years"] for _, found in pages[path].elements if "data-years" in found]
        seen |= {f"{path.removesuffix('index.html')}{year}.json" for year in years.split()}
    # Icons of the states that the home page does not have now, and what pages have chats show.
    unlinked = (*UNLINKED_FOLDERS, "assets/favicon-", "assets/card")
    assert {path for path in set(files) - seen if not path.startswith(unlinked)} == UNLINKED


def test_pages_nest_and_have_one_heading_and_no_gaps_between_levels(
    built: tuple[str, dict[str, bytes], dict[str, Read]],
) -> None:
    for path, read in built[2].items():
        assert not read.unclosed, (path, read.unclosed)
        assert not read.others, path
        levels = [int(tag[1]) for tag, _ in read.elements if tag in ("h1", "h2", "h3", "h4", "h5", "h6")]
        assert levels[0] == 1 and levels.count(1) == 1, (path, levels)
        assert all(after <= before + 1 for before, after in pairwise(levels)), (path, levels)


def test_pages_of_a_sub_path_differ_only_in_their_own_address() -> None:
    one, other = (make_sample(root) for root in ROOTS)
    assert one.keys() == other.keys()
    for path, data in one.items():
        # The lines of calendars end elsewhere, and the API has an id for the address.
        if path != "404.html" and not path.endswith(".ics") and not path.startswith("api/v2/"):
            bare = [_without(found, root) for found, root in zip((data, other[path]), ROOTS, strict=True)]
            assert bare[0] == bare[1], path


def _without(data: bytes, root: str) -> bytes:
    """Whatever its scheme, and also where only its host is named."""
    return data.replace(root.removeprefix("https:").encode(), b"//").replace(urlsplit(root).netloc.encode(), b"HOST")
