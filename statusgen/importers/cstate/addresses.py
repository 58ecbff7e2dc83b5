"""Where Hugo publishes things: what people have as bookmarks."""

import re
import unicodedata
from collections.abc import Mapping
from pathlib import PurePosixPath
from urllib.parse import urlsplit

from statusgen.importers.front_matter import Value, text_of, texts_of
from statusgen.parse.aliases import is_reserved, place_of


def hugo_path(text: str) -> str:
    """A name in an address: small letters, blanks as hyphens, and without most other signs."""
    out: list[str] = []
    for char in text.strip().lower():
        if char in "._+~-@/" or char.isalnum() or unicodedata.category(char).startswith("M"):
            out.append(char)
        elif char.isspace() and out and out[-1] != "-":
            out.append("-")
    return re.sub(r"-{2,}", "-", "".join(out))


def page_address(path: str, fields: Mapping[str, Value]) -> str:
    """Of the page made from a file, whose path is relative to the folder `content`: as `/issues/x/`."""
    if url := text_of(fields.get("url")):
        found = urlsplit(url).path
        return f"/{found.lstrip('/')}"
    place = PurePosixPath(path).with_suffix("")
    if place.name == "index":
        place = place.parent
    name = text_of(fields.get("slug")) or place.name
    return f"/{hugo_path((place.parent / name).as_posix())}/"


def old_addresses(path: str, fields: Mapping[str, Value]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """(those that can be kept, those that cannot) of a page: its own, and those that it had before."""
    own = page_address(path, fields)
    asked = [own]
    for alias in texts_of(fields.get("aliases")):
        asked.append(alias if alias.startswith("/") else f"{own.rstrip('/').rpartition('/')[0]}/{alias}")
    asked = [_complete(urlsplit(address).path) for address in asked]
    kept = [address for address in asked if (place := place_of(address)) and not is_reserved(place)]
    return tuple(dict.fromkeys(kept)), tuple(address for address in asked if address not in kept)


def _complete(path: str) -> str:
    return path if path.endswith(("/", ".html", ".htm")) else f"{path}/"
