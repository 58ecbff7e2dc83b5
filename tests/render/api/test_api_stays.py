"""What happens to components later changes no file of an incident that is over."""

from __future__ import annotations

from datetime import timedelta

from api_documents import FOLDER
from sites import NOW, default_theme, make_site, parse_files

from statusgen.history.snapshot import take_snapshot
from statusgen.render.site import plan_site

OLD = """\
---
title: Old
components: {api: major_outage, web: partial_outage}
---

## investigating @ 2026-11-03 09:20

Words.

## resolved @ 2026-11-03 10:00
"""
OPEN = OLD.replace("Old", "New").replace("-03", "-20").partition("\n## resolved")[0]
FILES = {f"incidents/old-{number}.md": OLD for number in range(5)} | {"incidents/new.md": OPEN}
CHANGE = "---\ntitle: Work\nstarts: 2026-11-22 05:00\nduration: 2h\ncomponents: [web]\n---\n"


def single_files(files: dict[str, str], now: timedelta = timedelta()) -> dict[str, bytes]:
    site = make_site(files, NOW + now)
    return {path: data for path, data in site.items() if path.startswith(f"{FOLDER}incidents/")}


def test_a_state_that_changes_leaves_old_incidents_alone() -> None:
    before = single_files(FILES)
    changed = {**FILES, "incidents/new.md": OPEN + "\n## identified @ 2026-11-20 11:00 {api=operational}\n"}
    for after in (
        single_files(changed),
        single_files(FILES, timedelta(days=40)),
        single_files({**FILES, "changes/work.md": CHANGE}, timedelta(days=2)),
    ):
        differing = {path for path in before.keys() | after.keys() if before.get(path) != after.get(path)}
        assert len(before) == 7 and len(differing) <= 2
        assert all(b'"name":"Old"' not in before[path] or path.endswith("unresolved.json") for path in differing)


def test_nor_are_they_planned_again() -> None:
    content = parse_files(FILES)
    plan = plan_site(take_snapshot(content, NOW), default_theme())
    later = parse_files({**FILES, "incidents/new.md": OPEN + "\n## resolved @ 2026-11-20 11:30\n"})
    kept = {incident.id: incident for incident in content.incidents if incident.id != "new"}
    shared = tuple(kept.get(incident.id, incident) for incident in later.incidents)
    object.__setattr__(later, "incidents", shared)
    after = plan_site(take_snapshot(later, NOW + timedelta(hours=1), plan.pages.snapshot), default_theme(), plan)
    old = [path for path in plan.files if path.startswith(f"{FOLDER}incidents/") and path in after.files]
    same = [path for path in old if plan.files[path] is after.files[path]]
    assert len(old) == 7 and len(same) == 5
    assert not set(same) & set(after.changed)
