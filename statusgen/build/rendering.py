"""From a snapshot to files that are ready to take their places; what is wrong with a theme is said with its line."""

from __future__ import annotations

from collections.abc import Callable, Collection, Container, Iterator, Mapping, Sequence
from contextlib import contextmanager
from functools import partial
from itertools import islice
from threading import Lock

from jinja2 import TemplateError, TemplateSyntaxError

from statusgen.build.sharing import PART, begin_work
from statusgen.build.workers import Progress
from statusgen.errors import Error
from statusgen.history.seen import Seen
from statusgen.history.snapshot import Snapshot
from statusgen.model.theme import Theme
from statusgen.publish.folder import Output
from statusgen.render.catalogue import CatalogueError
from statusgen.render.entry_pages import PagePlan
from statusgen.render.files import FilePlan, TreeFile, render_file
from statusgen.render.site import SitePlan, begin_plan, complete_plan, plan_site

# What makes HTML of markdown is one for all, and keeps notes while it does.
_RENDERING = Lock()


class ThemeError(Error):
    """A theme that cannot be used, with the template and its line.

    `place` is `NAME.html:12`, where it is known, and `reason` what is wrong there."""

    def __init__(self, message: str, place: str = "", reason: str = "") -> None:
        super().__init__(message)
        self.place = place
        self.reason = reason or message


def plan_artifacts(snapshot: Snapshot, theme: Theme, before: SitePlan | None = None) -> SitePlan:
    with _telling(theme):
        return plan_site(snapshot, theme, before)


@contextmanager
def begin_artifacts(
    seen: Seen, theme: Theme, before: SitePlan | None, unsure: Collection[str], output: Output, progress: Progress
) -> Iterator[Callable[[Snapshot], tuple[SitePlan, dict[str, str]]]]:
    """Stages the pages of entries in other processes, while this one finds out what the snapshot is; for that, it is
    given the plan, and where each file is staged that differs from what is published. Nothing is visible yet.

    `before` is what was published last, of which the `unsure` paths may have come to nothing."""
    with _telling(theme):
        begun = begin_plan(seen, theme, before)
    published = before.files if before else {}
    first = {path: file for path, file in begun.fresh if published.get(path) != file or path in unsure}

    def stage(some: Collection[tuple[str, FilePlan]]) -> dict[str, str]:
        """One kind after the other, and then all is written: what a processor does again and again it has at hand, and
        that saves a fifth of the time."""
        staged: dict[str, str] = {}
        alike = iter(sorted(some, key=lambda one: type(one[1]).__name__))
        while part := list(islice(alike, PART)):
            with _telling(theme):
                made = [(path, render_file(file, begun.dress)) for path, file in part]
            staged |= {path: place for path, data in made if (place := output.stage(path, data))}
        return staged

    # Else each process would compile the templates for itself.
    ones = set(one_of_each(first))
    ahead = stage([(path, first[path]) for path in sorted(ones)])
    others = [(path, file) for path, file in first.items() if path not in ones]
    with begin_work(others, stage, partial(progress, "rendering")) as join:

        def complete(snapshot: Snapshot) -> tuple[SitePlan, dict[str, str]]:
            with _telling(theme):
                plan = complete_plan(snapshot, begun)
            paths = dict.fromkeys([*plan.changed, *(path for path in sorted(unsure) if path in plan.files)])
            staged = ahead | stage([(path, plan.files[path]) for path in paths if path not in first])
            for part in join():
                staged |= part
            return plan, staged

        yield complete


def render_artifacts(plan: SitePlan, paths: Sequence[str]) -> dict[str, bytes]:
    """Bytes by path, for who does not publish them. Several threads may ask: one after the other is served."""
    with _RENDERING, _telling(plan.dress.theme):
        return {path: render_file(plan.files[path], plan.dress) for path in paths}


def one_of_each(files: Mapping[str, FilePlan]) -> list[str]:
    """The path of a page for each template that is used, in each language."""
    found: dict[tuple[str, str], str] = {}
    for path, file in files.items():
        tag, page = (file.tag, file.file) if isinstance(file, TreeFile) else ("", file)
        if isinstance(page, PagePlan):
            found[tag, page.template] = path
    return list(found.values())


@contextmanager
def _telling(theme: Theme) -> Iterator[None]:
    """Raises ThemeError for what is wrong in a theme's template, with its name and line."""
    try:
        yield
    except TemplateSyntaxError as error:
        raise _theme_error(theme, f"{error.filename or error.name}:{error.lineno}", error.message or "") from error
    except CatalogueError as error:
        raise _theme_error(theme, error.place, str(error)) from error
    except TemplateError as error:
        places = {theme.place_of(name) for name in theme.templates}
        raise _theme_error(theme, _template_place(error, places), str(error)) from error
    except Error:
        raise
    except Exception as error:
        # Templates can raise anything, such as a TypeError; where none of the site's own is involved, it is a bug here.
        place = _template_place(error, {theme.place_of(name) for name in theme.own})
        if not place:
            raise
        raise _theme_error(theme, place, f"{type(error).__name__}: {error}") from error


def _theme_error(theme: Theme, place: str, reason: str) -> ThemeError:
    where = f"{place}: " if place else ""
    return ThemeError(f"theme {theme.name}: {where}{reason}", place, reason)


def _template_place(error: Exception, places: Container[str]) -> str:
    """`name.html:12` of the innermost template in the traceback that lies in one of the places."""
    place, trace = "", error.__traceback__
    while trace:
        if trace.tb_frame.f_code.co_filename in places:
            place = f"{trace.tb_frame.f_code.co_filename}:{trace.tb_lineno}"
        trace = trace.tb_next
    return place
