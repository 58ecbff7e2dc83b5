"""What a theme is made of: its own files over those of the theme that it extends, down to the default theme."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from pathlib import PurePosixPath

from statusgen.errors import Error
from statusgen.model.theme import Layer, Theme
from statusgen.problems import suggest

DEFAULT = "default"
SETTINGS = "theme.yaml"
STYLE = "style.css"
OWN_STYLE = "custom.css"
CATALOGUE = re.compile(r"locale/([A-Za-z-]+)[.]po")
Find = Callable[[str], Mapping[str, bytes] | None]


def find_layers(name: str, find_own: Find, find_shipped: Find) -> tuple[Layer, ...]:
    """The themes that make up one, the one that it rests on first. A theme of the site may have the name of a shipped
    one, over which it lies where it extends that name. Raises Error for what is not there, and for circles."""
    layers: list[Layer] = []
    shipped_only = False
    while True:
        own = None if shipped_only else find_own(name)
        files = find_shipped(name) if own is None else own
        if files is None:
            if not layers and name == DEFAULT:
                raise Error("the default theme is missing from the package")
            by = f"theme {layers[-1].name}: {SETTINGS}: it extends `{name}`, but " if layers else ""
            raise Error(f"{by}there is no theme `{name}`")
        if (name, own is not None) in ((layer.name, layer.own) for layer in layers):
            way = " → ".join([*(layer.name for layer in layers), name])
            raise Error(f"theme {layers[0].name}: themes extend each other in a circle: {way}")
        layers.append(Layer(name, files, own is not None))
        if own is None and name == DEFAULT:
            return tuple(reversed(layers))
        parent = _parent_of(name, files)
        shipped_only, name = parent == name, parent


def _parent_of(name: str, files: Mapping[str, bytes]) -> str:
    """What `extends:` of theme.yaml says; the default theme where it says nothing."""
    import yaml  # where it is used: most themes have none

    data = files.get(SETTINGS)
    if data is None:
        return DEFAULT
    where = f"theme {name}: {SETTINGS}"
    try:
        found = yaml.load(data.decode("utf-8"), yaml.BaseLoader)  # noqa: S506 texts only
    except yaml.MarkedYAMLError as error:
        line = f":{error.problem_mark.line + 1}" if error.problem_mark else ""
        raise Error(f"{where}{line}: {error.problem or 'it is no YAML'}") from None
    except (UnicodeDecodeError, yaml.YAMLError) as error:
        raise Error(f"{where}: {error}") from None
    if found is None or found == "":
        return DEFAULT
    if not isinstance(found, dict):
        raise Error(f"{where}: it has lines such as `extends: {DEFAULT}`")
    if wrong := [key for key in found if key != "extends"]:
        raise Error(f"{where}: `{wrong[0]}` is not a key here; {suggest(str(wrong[0]), ['extends'])}")
    parent = found.get("extends", DEFAULT)
    parent = DEFAULT if parent == "" else parent
    if not isinstance(parent, str) or "/" in parent or "\\" in parent or parent.startswith("."):
        raise Error(f"{where}: `extends` is the name of a theme, such as `{DEFAULT}`")
    return parent


def merge_layers(name: str, layers: tuple[Layer, ...]) -> Theme:
    """Raises Error for a template that is not UTF-8. `custom.css` of a theme stands behind that of the theme below,
    unless it brings a whole `style.css`."""
    templates: dict[str, str] = {}
    assets: dict[str, bytes] = {}
    catalogues: dict[str, tuple[bytes, ...]] = {}
    own: set[str] = set()
    places: dict[str, str] = {}
    for layer in layers:
        for path, data in layer.files.items():
            if is_template(path):
                file = PurePosixPath(path).name
                templates[file] = _read_text(layer.name, path, data)
                places[file] = file if layer.name == name else f"{layer.name}/{file}"
                (own.add if layer.own else own.discard)(file)
        _add_assets(assets, layer)
        for path, data in layer.files.items():
            if found := CATALOGUE.fullmatch(path):
                catalogues[found[1]] = (*catalogues.get(found[1], ()), data)
        # The lower one of two that have one name: what is above it is found without the prefix.
        for file in [file for file in templates if "/" not in file]:
            key = f"{layer.name}/{file}"
            if key not in templates:
                templates[key], places[key] = templates[file], places[file]
                own |= {key} if file in own else set()
    return Theme(name, templates, assets, catalogues, frozenset(own), places, layers)


def _add_assets(assets: dict[str, bytes], layer: Layer) -> None:
    found = {
        path.removeprefix("assets/"): data
        for path, data in layer.files.items()
        if path.startswith("assets/") and not PurePosixPath(path).name.startswith(".")
    }
    below = b"" if STYLE in found else assets.get(OWN_STYLE, b"")
    if OWN_STYLE in found or STYLE in found:
        found[OWN_STYLE] = below + found.get(OWN_STYLE, b"")
    assets.update(found)


def is_template(path: str) -> bool:
    """By its path in a theme's folder: templates lie in one folder, without folders in it."""
    return path.startswith("templates/") and path.count("/") == 1 and path.endswith(".html")


def _read_text(name: str, path: str, data: bytes) -> str:
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError as error:
        raise Error(f"theme {name}: cannot read {path}: {error}") from None
