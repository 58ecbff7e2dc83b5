"""Publishing into a folder: every file is whole at every instant, and only what changed is touched."""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from statusgen.errors import Error
from statusgen.publish.order import MANIFEST, rank


@dataclass(frozen=True, slots=True)
class Published:
    written: int
    unchanged: int
    deleted: int


def publish_folder(output: Path, artifacts: Mapping[str, bytes]) -> Published:
    """Writes `artifacts` by path. Raises Error for a folder that is neither empty nor ours, and where the disk refuses.

    The manifest names every file that a run may leave behind: it is written before the first file (old and new names)
    and after the last one, so that a run after a crash knows what to delete."""
    try:
        output.mkdir(parents=True, exist_ok=True)
        before = _read_manifest(output)
        _write_manifest(output, before | artifacts.keys())
        written = 0
        for path in sorted(artifacts, key=rank):
            written += _write_file(output, path, artifacts[path])
        gone = sorted(before - artifacts.keys())
        for path in gone:
            _delete_file(output, path)
        _write_manifest(output, set(artifacts))
    except OSError as error:
        raise Error(f"cannot publish into {output}: {error.filename or ''}: {error.strerror}") from error
    return Published(written, len(artifacts) - written, len(gone))


def _read_manifest(output: Path) -> set[str]:
    try:
        names = json.loads((output / MANIFEST).read_text("utf-8"))["files"]
    except FileNotFoundError:
        if any(not entry.name.startswith(".") for entry in output.iterdir()):
            raise Error(f"{output} is neither empty nor made by statusgen; name another folder with --output") from None
        return set()
    except (ValueError, KeyError, TypeError):
        raise Error(f"{output / MANIFEST} is damaged; empty {output} and build again") from None
    return {name for name in names if isinstance(name, str) and _is_inside(name)}


def _is_inside(name: str) -> bool:
    return not name.startswith("/") and ".." not in name.split("/") and "\\" not in name


def _write_manifest(output: Path, names: set[str]) -> None:
    text = json.dumps({"version": 1, "files": sorted(names)}, indent=0, ensure_ascii=False) + "\n"
    _write_file(output, MANIFEST, text.encode())


def _write_file(output: Path, name: str, data: bytes) -> bool:
    """Whether the file had to be written."""
    path = output / name
    if _same(path, data):
        return False
    path.parent.mkdir(parents=True, exist_ok=True)
    # The name is derived from the target, so that a run after a crash overwrites what the crash left.
    beside = path.with_name(f".{hashlib.sha256(name.encode()).hexdigest()[:12]}.tmp")
    try:
        beside.write_bytes(data)
        beside.replace(path)
    except BaseException:
        with suppress(OSError):
            beside.unlink()
        raise
    return True


def _same(path: Path, data: bytes) -> bool:
    try:
        return path.stat().st_size == len(data) and path.read_bytes() == data
    except FileNotFoundError:
        return False


def _delete_file(output: Path, name: str) -> None:
    path = output / name
    with suppress(FileNotFoundError):
        path.unlink()
    for folder in path.parents:
        if folder == output:
            return
        try:
            folder.rmdir()
        except OSError:
            return


def check_output(output: Path, content: Path) -> None:
    """Raises Error where publishing would overwrite the content or lie around it."""
    target, source = Path(os.path.realpath(output)), Path(os.path.realpath(content))
    if target == source or target in source.parents or source in target.parents:
        raise Error(f"the output folder {output} and the content folder {content} must lie apart")
