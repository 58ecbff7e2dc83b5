"""From a snapshot to files that are ready to take their places; what is wrong with a theme is said with its line."""

from __future__ import annotations

from collections.abc import Container, Iterator, Sequence
from contextlib import contextmanager
from functools import partial
from threading import Lock

from jinja2 import TemplateError, TemplateSyntaxError

from statusgen.build.sharing import share_work
from statusgen.build.workers import Progress
from statusgen.errors import Error
from statusgen.history.snapshot import Snapshot
from statusgen.model.theme import Theme
from statusgen.publish.folder import Output
from statusgen.render.site import SitePlan, plan_site, render_file

# What makes HTML of markdown is one for all, and keeps notes while it does.
_RENDERING = Lock()


class ThemeError(Error):
    """A theme that cannot be used, with the template and its line."""


def plan_artifacts(snapshot: Snapshot, theme: Theme, before: SitePlan | None = None) -> SitePlan:
    with _telling(theme):
        return plan_site(snapshot, theme, before)


def stage_artifacts(plan: SitePlan, paths: Sequence[str], output: Output, progress: Progress) -> dict[str, str]:
    """Those files that differ from what is published, by path, with where they are staged. Nothing is visible yet."""

    def work(some: Sequence[str]) -> dict[str, str]:
        with _telling(plan.dress.theme):
            return {path: place for path in some if (place := output.stage(path, render_file(plan, path)))}

    parts = share_work(paths, work, partial(progress, "rendering"))
    return {path: place for part in parts for path, place in part.items()}


def render_artifacts(plan: SitePlan, paths: Sequence[str]) -> dict[str, bytes]:
    """Bytes by path, for who does not publish them. Several threads may ask: one after the other is served."""
    with _RENDERING, _telling(plan.dress.theme):
        return {path: render_file(plan, path) for path in paths}


@contextmanager
def _telling(theme: Theme) -> Iterator[None]:
    """Raises ThemeError for what is wrong in a theme's template, with its name and line."""
    try:
        yield
    except TemplateSyntaxError as error:
        raise ThemeError(f"theme {theme.name}: {error.name}:{error.lineno}: {error.message}") from error
    except TemplateError as error:
        raise ThemeError(f"theme {theme.name}: {_template_place(error, theme.templates)}{error}") from error
    except Error:
        raise
    except Exception as error:
        # Templates can raise anything, such as a TypeError; where none of the site's own is involved, it is a bug here.
        place = _template_place(error, theme.own)
        if not place:
            raise
        raise ThemeError(f"theme {theme.name}: {place}{type(error).__name__}: {error}") from error


def _template_place(error: Exception, names: Container[str]) -> str:
    """`name.html:12: ` of the innermost template in the traceback that has one of the names."""
    place, trace = "", error.__traceback__
    while trace:
        if trace.tb_frame.f_code.co_filename in names:
            place = f"{trace.tb_frame.f_code.co_filename}:{trace.tb_lineno}: "
        trace = trace.tb_next
    return place
