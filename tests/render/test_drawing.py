"""The timeline on the pages of incidents and of work that is over: drawn, and told in words."""

from __future__ import annotations

import re
from datetime import timedelta
from itertools import pairwise

from html_reader import read_html
from sites import NOW, SITE, make_site

HEAD = "---\ntitle: Slow\nstarted: 2026-11-03 08:40\ncomponents: {web: degraded_performance, api: major_outage}\n---\n"
OPEN = f"""{HEAD}
## investigating @ 2026-11-03 09:00

Slow.

## identified @ 2026-11-03 09:40 {{api=partial_outage}}

Found.
"""
OVER = f"{OPEN}\n## resolved @ 2026-11-03 10:20\n\nDone.\n"
WORK = "---\ntitle: Work\nstarts: 2026-11-10 22:00\nends: 2026-11-10 23:00\ncomponents: [api, db]\n---\n"
SHAPE = re.compile(r'<path class="(\w+)" d="M([\d.]+) 16V(\d+)H([\d.]+)V16z"/>')
Bar = list[tuple[str, float, int, float]]


def timeline(page: bytes) -> str:
    """The section, or "" where there is none."""
    found = re.search(r'<section class="drawing".*?</section>', page.decode(), re.DOTALL)
    return found[0] if found else ""


def words(html: str) -> str:
    return re.sub(r"\s+", " ", "".join(read_html(html).text)).strip()


def bars(html: str) -> list[Bar]:
    """(class, left, top, right) of every shape of every bar."""
    drawings = re.findall(r"<svg class=\"drawn\".*?</svg>", html)
    return [[(name, float(x), int(y), float(to)) for name, x, y, to in SHAPE.findall(one)] for one in drawings]


def incident(text: str) -> str:
    return timeline(make_site({"incidents/slow.md": text})["incidents/slow/index.html"])


def test_each_phase_and_each_state_is_told_with_its_time_and_length() -> None:
    assert words(incident(OVER)) == (
        "Timeline "
        "Before the first update 20 min from 3 November 2026, 08:40 CET "
        "Investigating 40 min from 3 November 2026, 09:00 CET "
        "Identified 40 min from 3 November 2026, 09:40 CET "
        "API Major outage 1 h from 3 November 2026, 08:40 CET to 3 November 2026, 09:40 CET "
        "Partial outage 40 min from 3 November 2026, 09:40 CET to 3 November 2026, 10:20 CET "
        "Website Degraded performance 1 h 40 min from 3 November 2026, 08:40 CET to 3 November 2026, 10:20 CET"
    )


def test_shapes_are_as_long_as_what_they_stand_for_on_one_scale() -> None:
    phases, api, web = bars(incident(OVER))
    assert phases == [("untold", 0, 12, 20.3), ("investigating", 20.3, 0, 60.15), ("identified", 60.15, 4, 100)]
    assert api == [("major_outage", 0, 0, 60.15), ("partial_outage", 60.15, 4, 100)]
    assert web == [("degraded_performance", 0, 8, 100)]


def test_what_lasted_for_a_second_of_a_month_is_seen_and_told_as_it_was() -> None:
    text = (
        OVER.replace("09:40 {", "09:00:01 {").replace("2026-11-03 10:20", "2026-11-19 09:00").replace("08:40", "09:00")
    )
    drawn = incident(text)
    phases, *_ = bars(drawn)
    assert phases[0][3] >= 0.75
    assert "Investigating 1 s from" in words(drawn)


def test_many_updates_all_find_room() -> None:
    statuses = ("investigating", "identified")
    more = "".join(f"\n## {statuses[n % 2]} @ 2026-11-03 {10 + n // 60}:{n % 60:02d}\n\nx\n" for n in range(300))
    phases, *_ = bars(incident(f"{HEAD}\n## investigating @ 2026-11-03 09:00\n\nx\n{more}"))
    assert len(phases) > 299
    assert all(left < right for _, left, _, right in phases)
    assert all(one[3] == other[1] for one, other in pairwise(phases))
    assert phases[-1][3] == 100


def test_what_is_open_is_drawn_up_to_now_and_told_since_when() -> None:
    pages = [make_site({"incidents/slow.md": OPEN}, NOW + timedelta(hours=n)) for n in (0, 10)]
    now, later = (timeline(site["incidents/slow/index.html"]) for site in pages)
    assert words(now) == words(later)
    assert "Identified since 3 November 2026, 09:40 CET" in words(now)
    assert bars(now) != bars(later)
    assert {bar[-1][3] for bar in bars(now) + bars(later)} == {100}


def test_what_is_over_stays_as_it_is() -> None:
    one, other = (
        make_site({"incidents/slow.md": OVER}, NOW + timedelta(days=n))["incidents/slow/index.html"] for n in (0, 400)
    )
    assert timeline(one) == timeline(other) != ""


def test_components_that_went_through_the_same_share_a_row() -> None:
    drawn = timeline(make_site({"changes/work.md": WORK})["changes/work/index.html"])
    assert bars(drawn) == [[("in_progress", 0, 0, 100)], [("under_maintenance", 0, 12, 100)]]
    assert "API, Database Under maintenance 1 h from 10 November 2026, 22:00 CET" in words(drawn)


def test_work_that_is_not_over_and_what_has_no_length_have_none() -> None:
    pages = make_site(
        {
            "changes/work.md": WORK.replace("11-10", "12-10"),
            "incidents/x.md": "---\ntitle: X\ncomponents: {}\n---\n\n## resolved @ 2026-11-03 09:00\n\nx\n",
        }
    )
    assert not timeline(pages["changes/work/index.html"])
    assert not timeline(pages["incidents/x/index.html"])


def test_of_many_components_some_are_drawn_and_all_are_told() -> None:
    names = [f"c{number}" for number in range(200)]
    site = SITE.replace("{api: API", "{" + "".join(f"{name}: Part {name}, " for name in names) + "api: API")
    head = f"---\ntitle: All\ncomponents: {{{', '.join(f'{name}: major_outage' for name in names)}}}\n---\n"
    text = f"{head}\n## investigating @ 2026-11-03 09:00\n\nx\n"
    for number in range(12):
        text += f"\n## identified @ 2026-11-03 {10 + number}:00 {{c{number}=partial_outage}}\n\nx\n"
    pages = make_site({"site.yaml": site, "incidents/all.md": text})
    drawn = timeline(pages["incidents/all/index.html"])
    told = words(drawn)
    assert len(bars(drawn)) == 9
    assert all(re.search(rf"\bPart {name}\b", told) for name in names)
    assert told.count("Major outage") == 13
    assert "188 components" in told


def test_the_drawing_is_for_the_eye_and_has_no_style_of_its_own() -> None:
    read = read_html(incident(OVER))
    drawings = [attributes for tag, attributes in read.elements if tag == "svg"]
    assert len(drawings) == 3
    assert all(attributes["aria-hidden"] == "true" for attributes in drawings)
    assert not read.attributes & {"style", "fill", "stroke"}
