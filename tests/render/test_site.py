"""The site as a whole: escaping everywhere, no traces of the build, pages that do not grow with the past."""

from __future__ import annotations

import gzip
import re
from datetime import timedelta

import pytest
from sites import NOW, default_theme, make_sample, make_site, parse_files, render

from statusgen.model.theme import Theme
from statusgen.render.assets import render_assets
from statusgen.render.templates import make_environment

HOUR, DAY = timedelta(hours=1), timedelta(days=1)


def old_incidents(count: int) -> dict[str, str]:
    """Resolved ones, the newest of them three months old, nine a day."""
    files = {}
    for number in range(count):
        at = NOW - 100 * DAY - number * 160 * timedelta(minutes=1)
        files[f"incidents/n{number}.md"] = (
            f"---\ntitle: Number {number}\ncomponents: {{api: major_outage}}\n---\n\n"
            f"## investigating @ {at:%Y-%m-%dT%H:%MZ}\n\nWe look.\n\n"
            f"## resolved @ {at + HOUR:%Y-%m-%dT%H:%MZ}\n\nFine.\n"
        )
    return files


def test_no_page_and_no_feed_grows_with_the_past() -> None:
    one, two = make_site(old_incidents(1000)), make_site(old_incidents(2000))
    assert len(one["index.html"]) == len(two["index.html"])
    for path in ("feed.rss", "history.rss", "components/api/index.html", "components/api/feed.rss"):
        # Figures such as «1,980 older ones» may have a digit more.
        assert abs(len(one[path]) - len(two[path])) < 20, path
    largest = max(len(data) for path, data in two.items())
    assert largest < 300_000
    # The calendar has twelve months, and says no more of a day the more there was.
    lists = [re.sub(rb"<td>.*?</td>", b"", site["history/index.html"]) for site in (one, two)]
    assert len(lists[1]) < len(lists[0]) + 2000
    assert len(two["history/index.html"]) < 366 * 300 + len(lists[1])
    months = [path for path in two if re.fullmatch(r"history/\d{4}-\d\d/index.html", path)]
    shown = sum(two[path].count(b'<article class="line">') for path in months)
    assert shown == 2000


def test_no_file_tells_when_it_was_built() -> None:
    """Nor does a page change from one second to the next, where nothing is going on."""
    files = old_incidents(20) | {
        "changes/plan.md": "---\ntitle: Plan\nstarts: 2026-12-01 10:00\nduration: 1h\ncomponents: [api]\n---\n",
        "notices/note.md": "---\ntitle: Note\npublish: 2026-11-01\n---\nText.\n",
    }
    content = parse_files(files)
    assert render(content, NOW) == render(content, NOW + timedelta(hours=1, minutes=7, seconds=13))


def test_no_file_of_the_sample_tells_when_it_was_built() -> None:
    now = NOW.replace(hour=17, minute=43, second=29)
    traces = [rb"17:43", rb"18:43:?\d*", rb"43:29", str(int(now.timestamp())).encode()]
    for path, data in make_sample(now=now).items():
        assert not [trace for trace in traces if re.search(trace, data)], path


def test_every_template_escapes_what_it_is_given() -> None:
    theme = default_theme()
    environment = make_environment(theme, render_assets(theme), parse_files({}).site)
    assert environment.autoescape is True
    assert not [name for name, text in theme.templates.items() if re.search(r"\|\s*safe\b|autoescape", text)]


@pytest.mark.parametrize("name", ["feed.html", "x.txt", "x"])
def test_templates_of_any_name_escape(name: str) -> None:
    theme = Theme("own", {**default_theme().templates, name: "{{ text }}"}, default_theme().assets)
    environment = make_environment(theme, render_assets(theme), parse_files({}).site)
    assert environment.get_template(name).render(text="<b>") == "&lt;b&gt;"


def test_a_missing_value_is_an_error_and_not_an_empty_place() -> None:
    from jinja2 import UndefinedError

    theme = Theme("own", {"x.html": "{{ page.nothing }}"}, default_theme().assets)
    environment = make_environment(theme, render_assets(theme), parse_files({}).site)
    with pytest.raises(UndefinedError, match="nothing"):
        environment.get_template("x.html").render(page=1)


def test_assets_are_named_by_what_is_in_them() -> None:
    first = render_assets(Theme("a", {}, {"style.css": b"a{}", "custom.css": b"b{}", "logo.svg": b"<svg/>"}))
    second = render_assets(Theme("a", {}, {"style.css": b"a{}", "custom.css": b"c{}", "logo.svg": b"<svg/>"}))
    assert first.names["logo.svg"] == second.names["logo.svg"]
    assert first.names["style.css"] != second.names["style.css"]
    assert first.files[first.names["style.css"]] == b"a{}\nb{}"
    assert set(first.names) == {"style.css", "logo.svg"}


def test_the_style_is_small_and_asks_for_nothing() -> None:
    (style,) = [data for path, data in make_site({}).items() if path.endswith(".css")]
    assert len(gzip.compress(style)) < 7_000
    assert b"url(" not in style and b"@import" not in style and b"/*" not in style


def test_an_empty_site_says_so() -> None:
    site = make_site({"site.yaml": "name: Acme\nurl: https://status.acme.example\n"})
    assert b"All Systems Operational" in site["index.html"]
    assert b"Nothing has happened yet" in site["history/index.html"]
    assert b"Components</h2>" not in site["index.html"]


def test_an_open_incident_does_not_claim_an_end() -> None:
    text = "---\ntitle: Down\ncomponents: {api: major_outage}\n---\n\n## investigating @ 2026-11-20 12:00\n\nWe look.\n"
    site = make_site({"incidents/down.md": text})
    pages = b"".join(data for path, data in site.items() if path.endswith(".html"))
    assert b"Down" in pages and b"lasted" not in pages.lower()


def test_an_open_incident_on_the_home_page_keeps_its_links() -> None:
    head = "---\ntitle: Down\ncomponents: {api: major_outage}\n---\n\n## investigating @ 2026-11-20 12:00\n\n"
    site = make_site({"incidents/down.md": f"{head}See [there](../../history/) and [below](#x).\n"})
    assert b'href="incidents/down/../../history/"' in site["index.html"]
    assert b'href="incidents/down/#x"' in site["index.html"]
    assert b'href="../../history/"' in site["incidents/down/index.html"]


@pytest.mark.parametrize(("impact", "shown"), [("impact: major\n", "major"), ("", "none")])
def test_an_open_incident_stands_below_no_all_clear(impact: str, shown: str) -> None:
    head = f"---\ntitle: Partner fails\n{impact}---\n\n## investigating @ 2026-11-20 12:00\n\nWe look.\n"
    home = make_site({"incidents/down.md": head})["index.html"].decode()
    said = re.findall(r'<h1 class="verdict (\w+)">(.*)</h1>', home)
    assert said == [(shown, "An incident is open" if impact else "All Systems Operational")]
    assert (said[0][1] == "All Systems Operational") == ("All Systems Operational" in home)


def test_days_without_data_are_not_days_with_disruption() -> None:
    site = "name: Acme\nurl: https://a.example/\ncomponents: {db: {name: Database, since: 2026-11-18}}\n"
    head = "---\ntitle: Down\ncomponents: {db: major_outage}\n---\n\n"
    text = f"{head}## investigating @ 2026-11-08 12:00\n\nx\n\n## resolved @ 2026-11-19 10:00\n\nx\n"
    home = make_site({"site.yaml": site, "incidents/down.md": text})["index.html"].decode()
    assert re.findall(r"last 90 days: (.*) disruption", home) == ["2 days with"]
    assert len(re.findall(r"2026: no data", home)) == 87


STATES = [
    ("## monitoring @ 2026-11-20 10:00 {api=operational}\n", "Operational"),
    ("## identified @ 2026-11-20 10:00 {api=partial_outage}\n", "Partial outage"),
    ("## resolved @ 2026-11-20 09:30\n## investigating @ 2026-11-20 10:00\n", "Operational"),
    (
        "## resolved @ 2026-11-20 09:30\n## investigating @ 2026-11-20 10:00 {api=degraded_performance}\n",
        "Degraded performance",
    ),
]


@pytest.mark.parametrize(("updates", "state"), STATES)
def test_an_open_incident_shows_what_is_wrong_now_and_on_its_page_the_worst(updates: str, state: str) -> None:
    head = "---\ntitle: Errors\ncomponents: {api: major_outage}\n---\n## investigating @ 2026-11-20 09:00\n"
    site = make_site({"incidents/x.md": head + updates})
    shown = r'class="affected">\s*<li><a[^>]*>[^<]*</a> <span class="state \w+">([^<]*)</span>'
    home, page = (re.search(shown, site[path].decode()) for path in ("index.html", "incidents/x/index.html"))
    assert home and page and (home[1], page[1]) == (state, "Major outage")
