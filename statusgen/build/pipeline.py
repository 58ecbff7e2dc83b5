"""A build, once: from a folder or a commit into an output folder."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import datetime
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING

from statusgen.build.advice import find_advice
from statusgen.build.reader import Reader
from statusgen.build.trails import Trails
from statusgen.build.workers import Progress
from statusgen.errors import Error
from statusgen.history.places import link_occurrences
from statusgen.model.site import Content
from statusgen.model.theme import Theme
from statusgen.parse.content import make_content
from statusgen.problems import Problem, has_errors
from statusgen.publish.folder import Published, open_output
from statusgen.source.files import Source

if TYPE_CHECKING:
    from statusgen.render.site import SitePlan


@dataclass(frozen=True, slots=True)
class Built:
    """What a build did, and the plan that it followed; both are None where errors stopped it."""

    problems: tuple[Problem, ...]
    published: Published | None = None
    plan: SitePlan | None = None


def read_content(
    source: Source,
    now: datetime,
    reader: Reader,
    present: bool = False,
    trails: Trails | None = None,
    thorough: bool = False,
    by_clock: bool = False,
) -> tuple[Content | None, tuple[Problem, ...]]:
    """The content of a source with all its problems; None when there is an error. Drafts are left out.

    With `present`, `now` is the clock's time, and there are warnings about what is dated later. With `trails`, content
    says what git tells of it. With `thorough` there is advice on what could be published as it is.
    What time alone brings is an error only `by_clock`, where site.yaml says so."""
    read = reader.read(source, now, present)
    problems = read.tell(find_advice(source, read, read.site, now, thorough) if read.site else (), by_clock)
    if read.site is None or has_errors(problems):
        return None, problems
    worded = read.translations
    if trails is None:
        return link_occurrences(make_content(read.site, read.parsed, translations=worded)), problems
    trails.read(source, read, now)
    content = link_occurrences(make_content(read.site, trails.dress(read.parsed), translations=worded))
    return replace(content, audit=trails.audit), problems


def make_ready(source: Source) -> None:
    """What `build_site` needs once all is read, and does not depend on it."""
    import_module("statusgen.build.publisher")
    # Whoever needs what git tells is told then by it what is wrong.
    with suppress(Error):
        source.past()


def build_site(
    source: Source,
    output: Path,
    read_theme: Callable[[str], Theme],
    now: datetime,
    reader: Reader,
    progress: Progress,
    present: bool = False,
    trails: Trails | None = None,
) -> Built:
    """Publishes a source as of `now`, the clock's time with `present`; nothing where it has an error. `read_theme` is
    given the name that site.yaml asks for, or ""."""
    content, problems = read_content(source, now, reader, present, trails)
    if content is None:
        return Built(problems)
    # What renders takes a quarter of a second to load: while others read, or not at all where there are errors.
    from statusgen.build.publisher import Publisher

    theme = read_theme(content.site.looks.theme)
    with open_output(output) as folder:
        publisher = Publisher(folder, progress)
        return Built(problems, publisher.publish(content, theme, now), publisher.plan)
