"""The shipped themes show everything that there is, under a strict policy, and a site's own looks."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from functools import cache
from pathlib import Path

import pytest
from html_reader import read_html
from safe_html import Page
from sites import NOW, parse_files

from statusgen.build.sample import DRAWING, DRESSED, take_samples
from statusgen.build.theme_check import check_theme
from statusgen.history.snapshot import take_snapshot
from statusgen.model.looks import Looks, Picture
from statusgen.model.site import Content
from statusgen.render.site import plan_site, render_site
from statusgen.source.theme import read_theme, shipped_names

# Beside it are no themes but the shipped ones.
NOWHERE = Path(__file__).parent
OPEN = "---\ntitle: Errors\ncomponents: {{api: {}}}\n---\n\n## investigating @ 2026-11-20 09:00\n\nWe look.\n"


@cache
def samples(name: str) -> tuple[Mapping[str, bytes], ...]:
    theme = read_theme(name, NOWHERE)
    return tuple(dict(render_site(plan_site(snapshot, theme))) for snapshot in take_samples())


def render(content: Content, theme: str = "default") -> dict[str, str]:
    files = dict(render_site(plan_site(take_snapshot(content, NOW), read_theme(theme, NOWHERE))))
    return {path: data.decode("utf-8", "replace") for path, data in files.items()}


def with_looks(looks: Looks, **files: str) -> Content:
    content = parse_files({f"incidents/{name}.md": text for name, text in files.items()})
    return replace(content, site=replace(content.site, looks=looks))


@pytest.mark.parametrize("name", shipped_names())
def test_a_shipped_theme_has_nothing_to_complain_of(name: str) -> None:
    assert check_theme(read_theme(name, NOWHERE)).problems == ()


@pytest.mark.parametrize("name", shipped_names())
def test_a_shipped_theme_is_safe_and_links_to_what_is_there(name: str) -> None:
    for files in samples(name):
        for path, data in files.items():
            if path.endswith(".html"):
                page = data.decode()
                assert Page(page).unsafe == [], path
                for address in re.findall(r'(?:src|srcset)="([^"]+)"', page):
                    assert re.sub(r"^(?:\.\./)*/?", "", address) in files, (path, address)


@pytest.mark.parametrize("name", sorted({*shipped_names()} - {"default"}))
def test_a_shipped_theme_shows_the_same_facts(name: str) -> None:
    """In compact, days have no texts of their own; all else is there, whatever the order."""
    for own, default in zip(samples(name), samples("default"), strict=True):
        assert {path for path in own if path.endswith(".html")} == {path for path in default if path.endswith(".html")}
        for path in ("index.html", "incidents/down/index.html"):
            if path in default:
                words, expected = (set(Page(site[path].decode()).text.split()) for site in (own, default))
                bars = re.findall(r'<ol class="bars">.*?</ol>', default[path].decode(), re.DOTALL)
                days = set(Page("".join(bars)).text.split())
                # Descriptions of components are on their own pages.
                about = {"90", "days", "ago", "Today", "For", "programs."}
                assert expected - words - days - about == set(), path


def test_the_sample_has_every_template_and_part() -> None:
    pages = b"".join(data for files in samples("default") for path, data in files.items() if path.endswith(".html"))
    parts = (
        b"There is a way around it",
        b"Record",
        b"Corrections",
        b"moved from",
        b"Cancelled",
        b"Instead of",
        b"was due by",
        b"No new incidents",
        b"not at hand",
        b"Emergency work",
        b"Other components",
    )
    assert [part for part in parts if part not in pages] == []


def test_a_logo_is_shown_with_its_size_and_a_text_where_it_stands_alone() -> None:
    alone = render(with_looks(DRESSED))
    (path,) = [path for path in alone if path.startswith("assets/logo.")]
    (dark,) = [path for path in alone if path.startswith("assets/logo-dark.")]
    home = alone["history/index.html"]
    assert f'<img src="../{path}" width="96" height="32" alt="Acme">' in home
    assert (
        f'<source media="(prefers-color-scheme: dark)" srcset="../{dark}">' in home and "<span>Acme</span>" not in home
    )
    assert alone[path].encode() == DRAWING
    beside = render(with_looks(Looks(pictures=DRESSED.pictures[:1])), "brand")["index.html"]
    assert 'alt=""' in beside and "<span>Acme</span>" in beside and "<source" not in beside


@pytest.mark.parametrize(
    ("state", "icon"),
    [("major_outage", "major"), ("partial_outage", "minor"), ("under_maintenance", "maintenance"), ("", "")],
)
@pytest.mark.parametrize("own", [False, True])
def test_the_tab_s_icon_shows_the_state_on_the_home_page(state: str, icon: str, own: bool) -> None:
    looks = Looks(pictures=(Picture("favicon", "png", b"png"),)) if own else Looks()
    site = render(with_looks(looks, **({"api": OPEN.format(state)} if state else {})))
    usual = r'<link rel="icon" type="image/png" href="([^"]+/favicon\.\w+\.png)">'
    usual = usual if own else r'<link rel="icon" type="image/svg\+xml" href="([^"]+/favicon\.\w+\.svg)">'
    shown = rf'<link rel="icon" type="image/svg\+xml" href="([^"]+/favicon-{icon}\.\w+\.svg)">' if icon else usual
    for path, expected in {"index.html": shown, "embed/index.html": shown, "history/index.html": usual}.items():
        (address,) = re.findall(expected, site[path])
        assert address.replace("../", "") in site


def test_the_site_s_values_stand_behind_those_of_a_theme() -> None:
    for name in shipped_names():
        site = render(with_looks(Looks(accent="#0a5500", radius="3px", font="serif")), name)
        (style,) = [text for path, text in site.items() if path.startswith("assets/style.")]
        assert style.rindex("--accent: #0a5500") > style.rindex("--accent: #3d2bb8") if name == "brand" else True
        assert style.rindex("--radius: 3px") == max(found.start() for found in re.finditer("--radius: ", style))
        assert not [path for path, text in site.items() if path.endswith(".html") and "#0a5500" in text]


def test_the_table_of_compact_is_small() -> None:
    """Beside the words of each day in the default theme, which takes four times as much, up to 100 components."""
    components = ", ".join(f"c{number}: Component {number}" for number in range(100))
    content = parse_files({"site.yaml": f"name: A\nurl: https://a.example/\ncomponents: {{{components}}}\n"})
    small, large = (len(render(content, name)["index.html"]) for name in ("compact", "default"))
    assert small * 4 < large
    assert small < 100 * 700


def test_the_table_of_compact_has_a_row_for_each_component() -> None:
    home = samples("compact")[0]["index.html"].decode()
    assert home.count('<th scope="row">') == 3 and home.count("<tbody>") == home.count("</tbody>") == 3
    assert read_html(home).unclosed == []
