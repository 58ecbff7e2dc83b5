"""The whole pipeline in one place: source → parse → model → history → render → publish."""

from __future__ import annotations

from collections.abc import Callable, Container, Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from statusgen.errors import Error
from statusgen.history.snapshot import take_snapshot
from statusgen.model.site import Content, Site
from statusgen.model.theme import Theme
from statusgen.parse.content import PARSERS, check_place, check_references, kind_of, make_content, parse_file
from statusgen.parse.outline import read_outline
from statusgen.parse.parsed import Parsed, Reading
from statusgen.parse.site import PATH as SITE_PATH
from statusgen.parse.site import parse_site
from statusgen.parse.times import Clock
from statusgen.parse.trace import trace_headings
from statusgen.parse.updates import HeadingTimes
from statusgen.problems import Problem, has_errors, sort_problems
from statusgen.publish.folder import Published, check_output, publish_folder
from statusgen.source.folder import ContentFiles, read_folder
from statusgen.source.heading_history import read_history

TIMED = ("incidents", "changes")
Progress = Callable[[str, int, int], None]


@dataclass(frozen=True, slots=True)
class Built:
    """What a build did. `published` is None where errors stopped it."""

    problems: tuple[Problem, ...]
    published: Published | None


def read_content(
    folder: Path, now: datetime, progress: Progress, preview: bool = False, present: bool = False
) -> tuple[Content | None, tuple[Problem, ...]]:
    """The content of a folder with all its problems; None when there is an error. Drafts are left out.

    With `preview`, an update without a time that is not committed yet counts as made now. With `present`, `now` is
    the clock's time, and there are warnings about what is dated later."""
    source, problems = read_folder(folder)
    site = _read_site(source, now, problems)
    # A broken site.yaml must not hide what is wrong elsewhere, so files are read in UTC then.
    clock = Clock(site.zone, site.shift_days) if site else Clock(ZoneInfo("UTC"))
    times = _trace_times(folder, source.files, now if preview else None)
    reading = Reading(clock, times, now if present and site else None)
    parsed = _parse_files(source.files, reading, problems, progress)
    if site:
        unread = source.files.keys() - {entry.entry.path for entry in parsed}
        problems += check_references(site, parsed, unread)
    ordered = sort_problems(problems)
    return (None if site is None or has_errors(ordered) else make_content(site, parsed)), ordered


def build_site(
    content_folder: Path, output: Path, theme: Theme, now: datetime, progress: Progress, present: bool = False
) -> Built:
    """Publishes the folder's content as of `now`, the clock's time with `present`; nothing where it has an error."""
    check_output(output, content_folder)
    content, problems = read_content(content_folder, now, progress, present=present)
    if content is None:
        return Built(problems, None)
    artifacts = render_artifacts(content, theme, now, progress)
    published = publish_folder(output, artifacts, lambda done, total: progress("writing", done, total))
    return Built(problems, published)


def render_artifacts(content: Content, theme: Theme, now: datetime, progress: Progress) -> dict[str, bytes]:
    """Every file of the site; raises Error for what is wrong in a theme's template, with its name and line."""
    from jinja2 import TemplateError, TemplateSyntaxError  # only building needs it, and commands should start fast

    from statusgen.render.site import render_site

    expected = len(content.incidents) + len(content.changes) + len(content.notices)
    try:
        return render_site(take_snapshot(content, now), theme, lambda done: progress("rendering", done, expected))
    except TemplateSyntaxError as error:
        raise Error(f"theme {theme.name}: {error.name}:{error.lineno}: {error.message}") from error
    except TemplateError as error:
        raise Error(f"theme {theme.name}: {_template_place(error, theme.templates)}{error}") from error
    except Exception as error:
        # Templates can raise anything, such as a TypeError; where none of the site's own is involved, it is a bug here.
        place = _template_place(error, theme.own)
        if not place:
            raise
        raise Error(f"theme {theme.name}: {place}{type(error).__name__}: {error}") from error


def _template_place(error: Exception, names: Container[str]) -> str:
    """`name.html:12: ` of the innermost template in the traceback that has one of the names."""
    place, trace = "", error.__traceback__
    while trace:
        if trace.tb_frame.f_code.co_filename in names:
            place = f"{trace.tb_frame.f_code.co_filename}:{trace.tb_lineno}: "
        trace = trace.tb_next
    return place


def _read_site(source: ContentFiles, now: datetime, problems: list[Problem]) -> Site | None:
    if source.site is None:
        hint = "rename site.yml to it" if "site.yml" in source.files else "`statusgen init DIR` makes one"
        problems.append(Problem(SITE_PATH, 0, "missing-file", "this file is missing", hint))
        return None
    site, found = parse_site(source.site, now)
    problems += found
    return site


def _trace_times(
    folder: Path, files: Mapping[str, bytes], now_for_uncommitted: datetime | None
) -> dict[str, HeadingTimes]:
    """Times from git for the files that have headings without one; git is asked only where there are any."""
    outlines = {path: read_outline(data) for path, data in files.items() if kind_of(path) in TIMED}
    untimed = {path: outline for path, outline in outlines.items() if outline.is_untimed}
    history = read_history(folder, untimed)
    return {path: trace_headings(path, outline, history, now_for_uncommitted) for path, outline in untimed.items()}


def _parse_files(
    files: Mapping[str, bytes], reading: Reading, problems: list[Problem], progress: Progress
) -> list[Parsed]:
    parsed = []
    for number, (path, data) in enumerate(files.items(), 1):
        misplaced = check_place(path, files)
        if misplaced:
            problems.append(misplaced)
        elif kind_of(path) in PARSERS:
            entry, found = parse_file(path, data, reading)
            problems += found
            if entry:
                parsed.append(entry)
        progress("reading", number, len(files))
    return parsed
