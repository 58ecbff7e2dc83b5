"""Whatever stands in files of JSON: the imports go on, every file is told of, and what they write has no error."""

from __future__ import annotations

import json
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from import_checks import check

from statusgen.importers.entries import Taken
from statusgen.importers.statuspage import take_statuspage
from statusgen.importers.upptime import take_upptime

WORDS = [
    *("", "abcdefghijkl", "api", "2026-01-02T10:00:00Z", "2026-01-02", "resolved", "investigating", "scheduled", "odd"),
    *("major", "partial_outage", "operational", "## x\n<p>a</p>", "a\n\n\ud800<!-- b", "https://a.example", "7"),
    *("status", "maintenance", "<!--\nstart: 2026-01-09T10:00:00Z\n-->", "API is down", "\x00", "../x", "next"),
]  # fmt: skip
KEYS = [
    *("id", "name", "status", "impact", "created_at", "started_at", "resolved_at", "display_at", "body", "url", "code"),
    *("scheduled_for", "scheduled_until", "new_status", "time_zone", "description", "group_id", "number", "title"),
    *("closed_at", "slug", "issue_url", "start_date", "dailyMinutesDown", "updated_at", "state"),
]  # fmt: skip
LISTS = [
    *("incidents", "scheduled_maintenances", "components", "incident_updates", "affected_components", "comments"),
    "labels",
]
NAMED = {"id": "wellwellwell", "number": 9, "name": "Well", "title": "Well"}
WELL = NAMED | {"created_at": "2026-01-02T10:00:00Z", "labels": ["status"]}


def documents() -> st.SearchStrategy[Any]:
    values = st.sampled_from(WORDS) | st.integers(-1, 99) | st.booleans() | st.none() | st.text(max_size=5)
    plain = st.dictionaries(st.sampled_from(KEYS), values, max_size=8)

    def wider(inner: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
        lists = st.dictionaries(st.sampled_from(LISTS), st.lists(inner, max_size=3), max_size=3)
        return st.builds(lambda one, more, page: one | more | {"page": page}, plain, lists, plain)

    return st.recursive(values, wider, max_leaves=12)


@settings(deadline=None, max_examples=60, suppress_health_check=list(HealthCheck))
@given(st.lists(documents(), max_size=3), st.sampled_from([take_statuspage, take_upptime]))
def test_json(files: list[Any], take: Callable[[Path], Taken]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        source = Path(folder)
        (source / "history").mkdir()
        (source / "history" / "summary.json").write_text(json.dumps(files))
        for number, data in enumerate([{"incidents": [WELL]}, [WELL], *files]):
            (source / f"{number}.json").write_text(json.dumps(data))
        check(source, take(source))
