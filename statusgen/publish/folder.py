"""Publishing into a folder: every file is whole at every instant, and only what changed is touched."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Callable, Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from stat import S_ISREG

from statusgen.errors import Error
from statusgen.publish.lock import only_one
from statusgen.publish.manifest import MANIFEST, read_manifest, render_manifest
from statusgen.publish.order import plan_order, rank


@dataclass(frozen=True, slots=True)
class Published:
    written: int
    unchanged: int
    deleted: int


def publish_folder(
    output: Path, artifacts: Mapping[str, bytes], progress: Callable[[int, int], None] = lambda done, total: None
) -> Published:
    """Writes `artifacts` by path. Raises Error for a folder that is neither empty nor ours, and where the disk refuses.

    The manifest is written before the first file, with old and new names, and after the last one, so that a run after
    a crash knows what to clear away."""
    try:
        output.mkdir(parents=True, exist_ok=True)
        with only_one(output):
            return _publish(output, artifacts, progress)
    except OSError as error:
        # Of a file that could not be renamed over another, the other's name says more.
        name = error.filename2 or error.filename or ""
        raise Error(f"cannot publish into {output}: {name}: {error.strerror}") from error


def _publish(output: Path, artifacts: Mapping[str, bytes], progress: Callable[[int, int], None]) -> Published:
    before = read_manifest(output)
    names = before.files | artifacts.keys()
    _check_folders(output, names)
    if not before.finished:
        for name in (MANIFEST, *names):
            _beside(output, name).unlink(missing_ok=True)
    differing = [path for path, data in artifacts.items() if not _is_same(output / path, data)]
    order = plan_order(differing, {path for path in differing if os.path.lexists(output / path)})
    gone = sorted(before.files - artifacts.keys(), key=rank, reverse=True)
    if order or gone or not before.finished or before.files != artifacts.keys():
        _write_file(output, MANIFEST, render_manifest(names, finished=False))
        for number, path in enumerate(order, 1):
            _write_file(output, path, artifacts[path])
            progress(number, len(order))
        for path in gone:
            _delete_file(output, path)
        _write_file(output, MANIFEST, render_manifest(artifacts.keys(), finished=True))
    return Published(len(order), len(artifacts) - len(order), len(gone))


def check_output(output: Path, content: Path) -> None:
    """Raises Error where publishing would overwrite the content, lie around it, or meet a folder that is not ours."""
    target, source = Path(os.path.realpath(output)), Path(os.path.realpath(content))
    if target == source or target in source.parents or source in target.parents:
        raise Error(f"the output folder {output} and the content folder {content} must lie apart")
    # Publishing asks again; here it is known before the long work.
    with suppress(OSError):
        if output.is_dir():
            read_manifest(output)


def _check_folders(output: Path, names: Iterable[str]) -> None:
    """Raises Error where a folder of the site is a symbolic link, which could lead anywhere."""
    folders = {folder for name in names for folder in PurePosixPath(name).parents}
    for folder in sorted(folders - {PurePosixPath()}):
        if (output / folder).is_symlink():
            raise Error(f"{output / folder} is a symbolic link; nothing is published through it")


def _is_same(path: Path, data: bytes) -> bool:
    try:
        found = path.lstat()
        return S_ISREG(found.st_mode) and found.st_size == len(data) and path.read_bytes() == data
    except OSError:
        # Missing, or not to be read: writing it will tell.
        return False


def _write_file(output: Path, name: str, data: bytes) -> None:
    path, beside = output / name, _beside(output, name)
    path.parent.mkdir(parents=True, exist_ok=True)
    try:
        # What lies there already could be a link.
        beside.unlink(missing_ok=True)
        with beside.open("xb") as file:
            file.write(data)
        beside.replace(path)
    except BaseException:
        with suppress(OSError):
            beside.unlink()
        raise


def _beside(output: Path, name: str) -> Path:
    """Where a file is written first. It depends on the name only, so that a later run finds what a crash left."""
    return (output / name).with_name(f".{hashlib.sha256(name.encode()).hexdigest()[:12]}.tmp")


def _delete_file(output: Path, name: str) -> None:
    """A folder that came in the file's place is not ours. Folders that become empty go too."""
    path = output / name
    with suppress(FileNotFoundError, NotADirectoryError, IsADirectoryError):
        path.unlink()
    for folder in path.parents:
        if folder == output:
            return
        try:
            folder.rmdir()
        except OSError:
            return
