"""The files of a source on disk. Nothing outside of it is read: symbolic links are not followed."""

import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from statusgen.errors import Error
from statusgen.importers.entries import Source

_MOST = 8_000_000
_HIDDEN = {".git": "", ".hg": "", "node_modules": "what package managers put there"}


@dataclass(frozen=True, slots=True)
class Files:
    """`data` by path from the root, with forward slashes. `others` are those that were not read, and why."""

    root: Path
    data: Mapping[str, bytes]
    others: tuple[Source, ...]


def read_files(root: Path, folders: Mapping[str, str], suffixes: tuple[str, ...]) -> Files:
    """`folders` are those that are told as a whole, by their path, with the reason. Of others than the `suffixes`, no
    content is read. Raises Error where there is no such folder."""
    if not root.is_dir():
        raise Error(f"{root}: {'not a folder' if root.exists() else 'no such folder'}.")
    data: dict[str, bytes] = {}
    others: list[Source] = []
    for folder, names, files in os.walk(root):
        place = Path(folder).relative_to(root)
        for name in sorted(names):
            path = (place / name).as_posix()
            why = folders.get(path, _HIDDEN.get(name))
            if why is not None:
                names.remove(name)
                others += [Source(f"{path}/", left_out=why)] if why else []
            elif (root / path).is_symlink():
                names.remove(name)
                others.append(Source(path, left_out="a symbolic link"))
        names.sort()
        for name in sorted(files):
            path = (place / name).as_posix()
            found = _read(root / path, name.casefold().endswith(suffixes) or "." not in name.lstrip("."))
            if isinstance(found, bytes):
                data[path] = found
            else:
                others.append(Source(path, left_out=found))
    return Files(root, data, tuple(others))


def _read(path: Path, wanted: bool) -> bytes | str:
    """The bytes, or why there are none."""
    try:
        if path.is_symlink():
            return "a symbolic link"
        if not path.is_file():
            return "not a file"
        if not wanted:
            return "not text of this kind; copy it if your texts need it"
        if path.stat().st_size > _MOST:
            return f"larger than {_MOST // 1_000_000} MB"
        return path.read_bytes()
    except OSError as error:
        return f"cannot be read: {error.strerror}"
