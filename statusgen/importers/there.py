"""What is in a content folder that no import has made, or of which an import has kept no id."""

import os
from collections.abc import Collection
from dataclasses import dataclass
from pathlib import Path

from statusgen.importers.front_matter import decode, read_front_matter, text_of, texts_of
from statusgen.importers.record import is_link, read_bytes
from statusgen.parse.slug import slug_of

_FOLDERS = ("incidents", "changes", "notices", "problems", "pages")


@dataclass(frozen=True, slots=True)
class There:
    """A content file: `title`, `feed_id` and `aliases` are empty where it tells none."""

    slug_id: str
    title: str = ""
    feed_id: str = ""
    aliases: tuple[str, ...] = ()


def read_there(into: Path, known: Collection[str]) -> dict[str, There]:
    """By path, with forward slashes, without those that are `known`. Links are not followed. Raises Error."""
    found: dict[str, There] = {}
    for top in _FOLDERS:
        for folder, _, names in () if is_link(into / top) else os.walk(into / top):
            for name in sorted(names):
                path = (Path(folder).relative_to(into) / name).as_posix()
                if name.endswith(".md") and not name.startswith(("_", ".")) and path not in known:
                    found[path] = _read(into / path, path)
    return found


def _read(file: Path, path: str) -> There:
    data = None if is_link(file) else read_bytes(file)
    fields = read_front_matter(decode(data)[0]).fields if data else {}
    return There(
        text_of(fields.get("id")) or slug_of(path),
        text_of(fields.get("title")),
        text_of(fields.get("feed_id")),
        tuple(texts_of(fields.get("aliases"))),
    )
