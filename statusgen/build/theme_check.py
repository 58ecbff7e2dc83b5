"""A theme, tried on a site that has everything: what fails in it, what it overrides, and what in it nothing uses."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import PurePosixPath

from jinja2 import Environment, TemplateSyntaxError

from statusgen.build.rendering import ThemeError, plan_artifacts, render_artifacts
from statusgen.build.sample import take_samples
from statusgen.model.languages import find_language, find_tag
from statusgen.model.theme import Layer, Theme
from statusgen.problems import Problem, suggest
from statusgen.render.catalogue import check_catalogue, read_language
from statusgen.render.entry_pages import PagePlan
from statusgen.render.messages import find_messages
from statusgen.render.site import SitePlan
from statusgen.render.theme_names import USED, Names, find_blocked, find_unused_properties, read_names
from statusgen.source.layers import OWN_STYLE, SETTINGS, STYLE, is_template

CODE = "theme"
# What pages ask for by a name that is put together, or that other people's pages have.
KNOWN_ASSETS = frozenset({STYLE, OWN_STYLE, "embed.js", "favicon.svg"})


@dataclass(frozen=True, slots=True)
class Checked:
    """`problems` by their places in the folder of themes; `overrides` are lines for people."""

    problems: tuple[Problem, ...]
    overrides: tuple[str, ...]


def check_theme(theme: Theme) -> Checked:
    problems, environment = _try(theme)
    top = _tops(theme.layers)
    names = {name: found for name, text in theme.templates.items() if (found := read_names(text, environment))}
    for layer in top:
        problems += _check_names(layer, theme, names)
        problems += _check_assets(layer, theme, names)
    # What is missing in a line is told once, with its name where that is known.
    unique = {(one.path, one.line, "" if one.line else one.message): one for one in problems}
    return Checked(
        tuple(sorted(unique.values(), key=lambda one: (one.path, one.line))),
        tuple(line for layer in top for line in _describe(layer, theme, names)),
    )


def _tops(layers: tuple[Layer, ...]) -> tuple[Layer, ...]:
    """The theme itself, and those of the site that it extends."""
    return tuple(layer for layer in layers[1:] if layer.own or layer is layers[-1])


def _try(theme: Theme) -> tuple[list[Problem], Environment]:
    """Each page of each sample is made, so that one that fails does not hide the next."""
    problems: list[Problem] = []
    plans = [plan_artifacts(snapshot, theme) for snapshot in take_samples()]
    environment = plans[0].dress.environment
    for name in theme.templates:
        try:
            environment.get_template(name)
        except TemplateSyntaxError as error:
            place = f"{error.filename or error.name}:{error.lineno}"
            problems.append(_problem_of(theme, ThemeError("", place, error.message or "it cannot be read")))
    problems += _check_catalogues(theme, environment)
    broken = {problem.path for problem in problems}
    for plan in plans:
        for file in plan.files.values():
            if isinstance(file, PagePlan):
                found = list(_try_page(theme, plan, file))
                problems += [one for one in found if one.path not in broken]
    return problems, environment


def _check_catalogues(theme: Theme, environment: Environment) -> Iterator[Problem]:
    """Those of the site. Each shipped one has all messages of code and shipped templates."""
    tag, texts = next(iter(theme.catalogues.items()))
    known = set(read_language(tag, texts[:1]).messages)
    for text in theme.templates.values():
        # What cannot be read is told elsewhere.
        with suppress(TemplateSyntaxError):
            known |= find_messages(environment.parse(text))
    for layer in _tops(theme.layers):
        for path, data in layer.files.items():
            if not path.startswith("locale/"):
                continue
            where, tag = f"{layer.name}/{path}", path.removeprefix("locale/").removesuffix(".po")
            if find_language(tag) is None:
                meant = find_tag(tag)
                hint = f"did you mean `{meant}`?" if meant else "the README lists those that there are"
                yield Problem(where, 0, CODE, f"`{tag}` is no language that pages can be in", hint)
                continue
            try:
                for line, text in check_catalogue(data, known):
                    yield Problem(where, line, CODE, text, "", "warning")
            except ValueError as error:
                yield Problem(where, 0, CODE, str(error))


def _try_page(theme: Theme, plan: SitePlan, file: PagePlan) -> Iterator[Problem]:
    try:
        page = render_artifacts(plan, [file.path])[file.path].decode()
    except ThemeError as error:
        yield _problem_of(theme, error)
        return
    where = _path_of(theme, file.template)
    for text in find_blocked(page):
        hint = f"a strict Content-Security-Policy blocks it, as on /{file.path.removesuffix('index.html')}"
        yield Problem(where, 0, CODE, text, hint, "warning")


def _problem_of(theme: Theme, error: ThemeError) -> Problem:
    file, _, line = error.place.rpartition(":")
    if not file:
        return Problem(f"{theme.name}/{SETTINGS}", 0, CODE, str(error))
    return Problem(_in_folder(theme.name, file), int(line), CODE, error.reason)


def _path_of(theme: Theme, template: str) -> str:
    return _in_folder(theme.name, theme.place_of(template))


def _in_folder(theme: str, place: str) -> str:
    folder, _, file = place.rpartition("/")
    return f"{folder or theme}/templates/{file}"


def _templates_of(layer: Layer) -> list[str]:
    return sorted(PurePosixPath(path).name for path in layer.files if is_template(path))


def _check_names(layer: Layer, theme: Theme, names: dict[str, Names]) -> Iterator[Problem]:
    """What a template of a layer names that there is not, and templates that nothing names."""
    base = {PurePosixPath(path).name for path in theme.layers[0].files if is_template(path)}
    # Of several texts of one name, each asks for what it asks for.
    asked = {PurePosixPath(other).name for found in names.values() for other in found.others}
    for file in _templates_of(layer):
        path, found = f"{layer.name}/templates/{file}", names.get(f"{layer.name}/{file}")
        if file not in base | asked:
            hint = suggest(file, base)
            yield Problem(path, 0, CODE, "no page and no template uses this file", hint, "warning")
        if not found:
            continue
        parents = list(_ancestors(found, names))
        made = {name for one in (found, *parents) for name in one.made}
        for name, line in found.unknown.items():
            if name not in made:
                yield Problem(path, line, CODE, f"`{name}` is nothing that this template is given",
                              "`statusgen theme docs` lists what there is")  # fmt: skip
        blocks = {name for parent in parents for name in parent.blocks}
        for name, line in found.blocks.items():
            if parents and name not in blocks and not found.inner[name] & blocks:
                hint = suggest(name, blocks)
                yield Problem(path, line, CODE, f"no template that this extends has a block `{name}`", hint, "warning")


def _ancestors(found: Names, names: dict[str, Names]) -> Iterator[Names]:
    seen = {id(found)}
    while found.parent in names and id(names[found.parent]) not in seen:
        found = names[found.parent]
        seen.add(id(found))
        yield found


def _check_assets(layer: Layer, theme: Theme, names: dict[str, Names]) -> Iterator[Problem]:
    asked = {asset for found in names.values() for asset in found.assets} | KNOWN_ASSETS
    asked |= {path.removeprefix("assets/") for path in theme.layers[0].files}
    for path in sorted(layer.files):
        if path.startswith("assets/") and path.removeprefix("assets/") not in asked:
            hint = "a template asks for it with `asset('NAME')`"
            yield Problem(f"{layer.name}/{path}", 0, CODE, "no template uses this file", hint, "warning")
    own = layer.files.get(f"assets/{OWN_STYLE}", b"").decode("utf-8", "replace")
    style = (theme.assets.get(STYLE, b"") + theme.assets.get(OWN_STYLE, b"")).decode("utf-8", "replace")
    for name, line in find_unused_properties(own, style).items():
        hint = suggest(name, set(USED.findall(style)))
        path = f"{layer.name}/assets/{OWN_STYLE}"
        yield Problem(path, line, CODE, f"nothing reads the property `{name}`", hint, "warning")


def _describe(layer: Layer, theme: Theme, names: dict[str, Names]) -> Iterator[str]:
    below = set()
    for other in theme.layers:
        if other is layer:
            break
        below |= set(other.files)
    for file in _templates_of(layer):
        found = names.get(f"{layer.name}/{file}")
        path = f"{layer.name}/templates/{file}"
        if found and found.parent:
            blocks = ", ".join(found.blocks) or "none"
            yield f"{path} extends {found.parent}: blocks {blocks}"
        else:
            yield f"{path}: the whole file{'' if f'templates/{file}' in below else ', which is new'}"
    for path in sorted(layer.files):
        if path == f"assets/{OWN_STYLE}":
            yield f"{layer.name}/{path}: behind the stylesheet"
        elif path.startswith("assets/"):
            yield f"{layer.name}/{path}: {'in place of the one below' if path in below else 'new'}"
