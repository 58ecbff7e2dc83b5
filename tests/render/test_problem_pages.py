"""Problems and their incidents lead to each other; what helps against a known error stands where it is read."""

from __future__ import annotations

import re

from html_reader import read_html
from sites import make_site

HEAD = "---\ntitle: Slow exports\ncomponents: {web: degraded_performance}\n---\n"
OPEN = f"{HEAD}\n## investigating @ 2026-11-20 09:00\n\nSlow.\n"
OVER = OPEN.replace("Slow exports", "Failed exports").replace("web: degraded_performance", "api: major_outage")
OVER = OVER.replace("11-20", "11-03") + "\n## resolved @ 2026-11-03 10:00\n\nDone.\n"
KNOWN = """\
---
title: The queue is too short
status: known_error
incidents: [slow, failed]
workaround: Export **one month** at a time.
root_cause: It holds ten exports.
actions: [{text: Count them, done: true}, {text: Make it longer, done: false}, Watch it]
---
"""
FILES = {
    "incidents/slow.md": OPEN,
    "incidents/failed.md": OVER,
    "problems/queue.md": KNOWN,
    "problems/disk.md": "---\ntitle: A disk\nincidents: [failed]\nworkaround: None of use.\n---\n",
    "problems/old.md": "---\ntitle: An old one\nstatus: resolved\nworkaround: Wait.\n---\n",
}


def words(page: bytes) -> str:
    return re.sub(r"\s+", " ", "".join(read_html(page).text))


def test_known_errors_come_first_with_what_helps_and_whom() -> None:
    page = words(make_site(FILES)["problems/index.html"])
    order = ["Known errors", "The queue is too short", "Open", "A disk", "Resolved", "An old one"]
    places = [page.index(text) for text in order]
    assert places == sorted(places)
    assert "2 incidents, 1 of 3 actions done About: API, Website Export one month at a time." in page
    assert "None of use." not in page and "Wait." not in page


def test_a_section_without_problems_is_left_out() -> None:
    page = words(make_site({"problems/old.md": FILES["problems/old.md"]})["problems/index.html"])
    assert "Known errors" not in page and "Open" not in page.partition("Problems What")[2]


def test_a_problem_has_its_incidents_with_their_states_newest_first() -> None:
    page = make_site(FILES)["problems/queue/index.html"]
    said = words(page)
    assert "20 November 2026 Slow exports Investigating 3 November 2026 Failed exports Resolved" in said
    assert {"../../incidents/slow/", "../../incidents/failed/", "../../problems/"} <= set(read_html(page).addresses)
    assert "1 of 3 done Done Count them Open Make it longer Open Watch it" in said
    assert said.index("Workaround") < said.index("Root cause")


def test_an_open_incident_says_what_helps_before_anything_else() -> None:
    pages = make_site(FILES)
    said = words(pages["incidents/slow/index.html"])
    assert said.index("Export one month at a time.") < said.index("Began")
    assert "The queue is too short Known error" in said
    assert "There is a way around it: The queue is too short" in words(pages["index.html"])


def test_an_incident_that_is_over_has_only_the_links() -> None:
    page = make_site(FILES)["incidents/failed/index.html"]
    said = words(page)
    assert "Export one month" not in said
    assert re.search(r"Why this happened Open A disk Known error The queue is too short", said)
    assert {"../../problems/queue/", "../../problems/disk/"} <= set(read_html(page).addresses)
