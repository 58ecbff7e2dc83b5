"""One corrected typo touches only the files in which it stood, however large the site is."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sites import NOW, SITE, default_theme, parse_files

from statusgen.history.snapshot import take_snapshot
from statusgen.render.files import render_file
from statusgen.render.site import plan_site

COUNT = 400


def write_files(typo: int | None = None) -> dict[str, str]:
    """Hundreds of incidents, one of which may have been written otherwise."""
    files = {"site.yaml": SITE}
    for number in range(COUNT):
        at = NOW - timedelta(days=number, hours=2)
        word = "teh" if number == typo else "the"
        files[f"incidents/i{number:03}.md"] = (
            f"---\ntitle: Number {number}\ncomponents: {{web: major_outage}}\n---\n\n"
            f"## investigating @ {at:%Y-%m-%d %H:%M} UTC\n\nWe look at {word} disks.\n\n"
            f"## resolved @ {at + timedelta(hours=1):%Y-%m-%d %H:%M} UTC\n\nAll is well.\n"
        )
    return files


@pytest.mark.parametrize(("number", "most"), [(300, 3), (40, 8), (0, 19)], ids=["old", "of last month", "the newest"])
def test_a_typo(number: int, most: int) -> None:
    old, new = parse_files(write_files(number)), parse_files(write_files())
    before = take_snapshot(old, NOW)
    plan = plan_site(before, default_theme())
    after = plan_site(take_snapshot(new, NOW, before), default_theme(), plan)
    changed = [
        path
        for path in after.changed
        if render_file(after.files[path], after.dress) != render_file(plan.files[path], plan.dress)
    ]
    assert f"incidents/i{number:03}/index.html" in changed
    assert len(changed) <= most, changed
