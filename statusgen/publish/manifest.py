"""The record of what was published, in the output folder."""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import lru_cache
from json.encoder import encode_basestring
from pathlib import Path
from typing import Any

from statusgen.errors import Error
from statusgen.publish.stage import is_there

MANIFEST = ".statusgen-manifest.json"
# Beside it while files of a site take their places whose list stays as it is: that is long where there are many files.
MOVING = ".statusgen-moving"
# Parts of a path that lead to where it is already, or out.
NOWHERE = frozenset({"", ".", ".."})


@dataclass(frozen=True, slots=True)
class Manifest:
    """Every file that a run may have left behind, by path from the root; `finished` once that run came to its end.

    `loose`, until then: the files that nothing links to yet or any more. They may link to what is not there."""

    files: frozenset[str]
    finished: bool
    loose: frozenset[str] = frozenset()


def read_manifest(output: Path) -> Manifest:
    """Raises Error for a folder that is neither empty nor ours. Names that lead out of the folder are left out."""
    is_moving = is_there(f"{output}/{MOVING}")
    try:
        data: Any = json.loads((output / MANIFEST).read_bytes())
    except FileNotFoundError:
        if any(not entry.name.startswith(".") for entry in output.iterdir()):
            raise Error(f"{output} is neither empty nor made by statusgen; name another folder with --output") from None
        return Manifest(frozenset(), True)
    except (ValueError, RecursionError):
        data = None
    names = data.get("files") if isinstance(data, dict) else None
    if not isinstance(names, list):
        raise Error(f"{output / MANIFEST} is damaged; empty {output} and build again")
    files = frozenset(name for name in names if isinstance(name, str) and _is_inside(name))
    loose = data.get("loose")
    among = files.intersection(map(str, loose)) if isinstance(loose, list) else frozenset[str]()
    return Manifest(files, data.get("finished") is True and not is_moving, among)


def render_manifest(manifest: Manifest) -> bytes:
    parts = ['"version": 1', f'"finished": {json.dumps(manifest.finished)}', f'"files": {_list_files(manifest.files)}']
    if manifest.loose:
        parts.append(f'"loose": {_list_json(manifest.loose)}')
    return "{{\n{}\n}}\n".format(",\n".join(parts)).encode()


# Where nothing is deleted, a run writes the same list twice.
@lru_cache(maxsize=1)
def _list_files(names: frozenset[str]) -> str:
    return _list_json(names)


def _list_json(names: frozenset[str]) -> str:
    """Sorted, a line for each: a tenth of the time that json takes for lines."""
    listed = ",\n".join(map(encode_basestring, sorted(names)))
    return f"[\n{listed}\n]" if names else "[]"


def _is_inside(name: str) -> bool:
    """Whether it is a path as published files have it, and not the manifest's own."""
    return name.isprintable() and "\\" not in name and name != MANIFEST and NOWHERE.isdisjoint(name.split("/"))
