"""What earlier imports wrote, kept in `.import.json`: so a file that a person edited is known and kept."""

import hashlib
import json
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath
from typing import Any

from statusgen.errors import Error
from statusgen.publish.stage import put_whole

NAME = ".import.json"
_LATER = ("components", "groups", "ids", "aliases", "site")


@dataclass(slots=True)
class Record:
    """`files`: path -> SHA-256 of what was written. `entries`: key -> path. Paths are relative to the folder.
    `ids`: key -> id of the entry. `aliases`: key -> addresses that it had as another kind, with blanks between.
    `components` and `groups`: name -> id. `site`: `name` and `url` of the source."""

    files: dict[str, str] = field(default_factory=dict)
    entries: dict[str, str] = field(default_factory=dict)
    components: dict[str, str] = field(default_factory=dict)
    groups: dict[str, str] = field(default_factory=dict)
    ids: dict[str, str] = field(default_factory=dict)
    aliases: dict[str, str] = field(default_factory=dict)
    site: dict[str, str] = field(default_factory=dict)


def read_record(into: Path) -> Record:
    """Empty when there is none yet; raises Error when it is damaged or cannot be read."""
    path = into / NAME
    if is_link(path):
        raise Error(f"{path}: a link, which is not followed.")
    try:
        data: Any = json.loads(path.read_bytes())
    except FileNotFoundError:
        return Record()
    except NotADirectoryError:
        raise Error(f"{into}: not a folder.") from None
    except OSError as error:
        raise Error(f"{path}: cannot be read: {error.strerror}.") from error
    except ValueError as error:
        raise Error(f"{path}: damaged; remove it to have all imported files taken as edited.") from error
    parts = [data.get(key) for key in ("files", "entries")] if isinstance(data, dict) else [None]
    # Earlier versions kept no more than these.
    parts += [data.get(key, {}) for key in _LATER] if isinstance(data, dict) else []
    if not all(_is_text_map(part) for part in parts):
        raise Error(f"{path}: damaged; remove it to have all imported files taken as edited.")
    return Record(*parts)


def keys_of_changes(record: Record) -> frozenset[str]:
    """Of the entries that were taken as planned work."""
    return frozenset(key for key, path in record.entries.items() if path.startswith("changes/"))


def render_record(record: Record) -> bytes:
    parts = {"files": record.files, "entries": record.entries} | {key: getattr(record, key) for key in _LATER}
    content = {key: dict(sorted(part.items())) for key, part in parts.items()}
    return (json.dumps(content, indent=1, ensure_ascii=False) + "\n").encode()


def digest(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


def get_target(into: Path, path: str) -> Path:
    """The place of a file; raises Error if that is not inside the folder (a damaged record, a symbolic link)."""
    pure = PurePosixPath(path)
    target = into.joinpath(*pure.parts)
    if pure.is_absolute() or ".." in pure.parts or not target.parent.resolve().is_relative_to(into.resolve()):
        raise Error(f"{target}: lies outside {into}.")
    return target


def is_link(path: Path) -> bool:
    """Not so where nobody can tell: who reads it learns why."""
    try:
        return path.is_symlink()
    except OSError:
        return False


def read_bytes(path: Path) -> bytes | None:
    """None when there is no such file; raises Error when it cannot be read."""
    try:
        return path.read_bytes()
    except FileNotFoundError:
        return None
    except OSError as error:
        raise Error(f"{path}: cannot be read: {error.strerror}.") from error


def write_bytes(path: Path, data: bytes) -> None:
    """Written beside and renamed over: the file is whole at every instant, and links are not followed. Raises Error."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        put_whole(path, data, path.with_name(f".{path.name}.new"))
    except OSError as error:
        raise Error(f"{path}: cannot be written: {error.strerror}.") from error


def _is_text_map(value: object) -> bool:
    return isinstance(value, dict) and all(isinstance(text, str) for pair in value.items() for text in pair)
