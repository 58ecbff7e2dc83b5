"""A site that has every kind of thing, to try themes with: from files of the package, as of some moments."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

from statusgen.history.places import link_occurrences
from statusgen.history.snapshot import Snapshot, take_snapshot
from statusgen.model.audit import Audit, Changed, Correction, Side, What
from statusgen.model.looks import Looks, Picture
from statusgen.model.revisions import Commit, Record
from statusgen.model.site import Content
from statusgen.parse.content import check_references, make_content, parse_file
from statusgen.parse.parsed import Reading
from statusgen.parse.site import PATH as SITE_PATH
from statusgen.parse.site import parse_site
from statusgen.parse.times import Clock
from statusgen.problems import has_errors
from statusgen.source.folder import read_folder

FOLDER = Path(__file__).parent.parent / "sample"
# While something is broken and work goes on; while something is broken and late; long after all of it.
MOMENTS = (
    datetime(2026, 11, 20, 11, 15, tzinfo=UTC),
    datetime(2026, 11, 20, 20, tzinfo=UTC),
    datetime(2027, 3, 1, 12, tzinfo=UTC),
)
BARE = b"name: Bare\nurl: https://status.sample.example/\n"
DRAWING = b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 96 32"><path d="M0 0h96v32H0z"/></svg>'
DRESSED = Looks(
    show_name=False,
    pictures=tuple(Picture(key, "svg", DRAWING, 96, 32) for key in ("logo", "logo_dark", "favicon")),
)


def take_samples() -> Iterator[Snapshot]:
    """The sample as of its moments, the last but one of them with pictures, and a site that has nothing yet."""
    content = read_sample()
    for at in MOMENTS:
        yield take_snapshot(content, at)
    dressed = replace(content, site=replace(content.site, looks=DRESSED), audit=Audit(cut_at=MOMENTS[0]))
    yield take_snapshot(dressed, MOMENTS[0])
    bare, _ = parse_site(BARE, MOMENTS[0])
    assert bare, "its text is above"  # noqa: S101
    yield take_snapshot(Content(replace(bare, looks=DRESSED), audit=Audit(why_none="there is none")), MOMENTS[0])


def read_sample() -> Content:
    """With what git would tell of one incident: who wrote it, and what was corrected later."""
    texts, _ = read_folder(FOLDER)
    site, problems = parse_site(texts.pop(SITE_PATH), MOMENTS[0])
    assert site, problems  # noqa: S101
    parsed = []
    for path, text in texts.items():
        file, found = parse_file(path, text, Reading(Clock(site.zone)))
        parsed += [file] if file else []
        problems += found
    problems += check_references(site, parsed)
    assert not has_errors(problems), problems  # noqa: S101
    content = make_content(site, parsed)
    incidents = list(content.incidents)
    index = next(place for place, incident in enumerate(incidents) if incident.id == "slow")
    told = incidents[index]
    commits = tuple(Commit(digit * 40, told.started_at + timedelta(days=day)) for day, digit in enumerate("ab"))
    incidents[index] = replace(told, record=Record(commits, commits[0], told.started_at + timedelta(minutes=9)))
    earlier = replace(told, started_at=told.started_at + timedelta(minutes=20))
    changed = Changed(What.BEGAN, earlier.started_at, told.started_at)
    correction = Correction(commits[1], told.path, Side(earlier), Side(incidents[index]), (changed,), is_last=True)
    shown = {told.path: incidents[index]}
    return link_occurrences(replace(content, incidents=tuple(incidents), audit=Audit((correction,), shown=shown)))
