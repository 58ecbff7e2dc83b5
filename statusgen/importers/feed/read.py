"""Feeds from disk and from the web, merged: the newest snapshot of each entry wins. The only part that reads."""

import hashlib
import io
import re
import time
from calendar import timegm
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, NoReturn
from urllib import request
from urllib.error import HTTPError
from urllib.parse import urljoin, urlsplit

from statusgen.errors import Error
from statusgen.importers.feed.html import to_text
from statusgen.importers.text import clean_text

Progress = Callable[[str, int, int], None]
_MAX_BYTES = 64 * 1024 * 1024
_TIMEOUT_FOR = 30.0
_CHUNK = 256 * 1024
_HAS_UPDATES = re.compile(r"<small>|Status:", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class RawEntry:
    """An entry as the feed has it. `slug_id` is safe in a file name and an address; `published_at` is in UTC."""

    feed_id: str
    slug_id: str
    link: str
    title: str
    published_at: datetime | None
    html: str


@dataclass(frozen=True, slots=True)
class Feeds:
    """All sources merged: title and address are the newest feed's, "" if it has none; one entry for each feed id."""

    title: str
    url: str
    entries: tuple[RawEntry, ...]


@dataclass(frozen=True, slots=True)
class _Snapshot:
    updated_at: datetime
    title: str
    url: str
    entries: tuple[RawEntry, ...]


def read_feeds(sources: Sequence[str], progress: Progress = lambda what, done, total: None) -> Feeds:
    """Read and merge; `progress` is told how many are read. Raises Error for a source that is not a whole feed."""
    snapshots: list[_Snapshot] = []
    for number, source in enumerate(sources, 1):
        snapshots.append(_parse(_read(source), source))
        progress("reading feeds", number, len(sources))
    if not snapshots:
        raise Error("No feed was given.")
    snapshots.sort(key=lambda snapshot: snapshot.updated_at)
    merged = {entry.feed_id: entry for snapshot in snapshots for entry in snapshot.entries}
    return Feeds(snapshots[-1].title, snapshots[-1].url, tuple(merged.values()))


def _read(source: str) -> bytes:
    scheme = re.match(r"([A-Za-z][A-Za-z0-9+.-]*)://", source)
    if scheme is None:
        return _read_file(source)
    if scheme[1].lower() not in {"http", "https"}:
        raise Error(f"{source}: only files, http and https can be imported.")
    return _read_url(source)


def _read_file(source: str) -> bytes:
    try:
        with Path(source).open("rb") as file:
            data = file.read(_MAX_BYTES + 1)
    except (OSError, ValueError) as error:
        _refuse(source, error)
    if len(data) > _MAX_BYTES:
        raise Error(f"{source}: larger than {_MAX_BYTES >> 20} MiB.")
    return data


def _read_url(url: str) -> bytes:
    # An opener of our own: the standard one would follow a redirect to ftp.
    opener = request.OpenerDirector()
    for handler in (
        request.ProxyHandler(), request.HTTPHandler(), request.HTTPSHandler(), request.HTTPRedirectHandler(),
        request.HTTPDefaultErrorHandler(), request.HTTPErrorProcessor(), request.UnknownHandler(),
    ):  # fmt: skip
        opener.add_handler(handler)
    ends_at = time.monotonic() + 4 * _TIMEOUT_FOR
    data = bytearray()
    try:
        asked = request.Request(url, headers={"User-Agent": "statusgen"})  # noqa: S310  (the scheme is checked)
        with opener.open(asked, timeout=_TIMEOUT_FOR) as response:
            while chunk := response.read(_CHUNK):
                data += chunk
                if len(data) > _MAX_BYTES:
                    raise Error(f"{url}: larger than {_MAX_BYTES >> 20} MiB.")
                if time.monotonic() > ends_at:
                    raise Error(f"{url}: too slow, given up.")
    except Error:
        raise
    except HTTPError as error:
        error.close()
        _refuse(url, error)
    except Exception as error:  # urllib, http.client and ssl share no base class
        _refuse(url, error)
    return bytes(data)


def _refuse(source: str, error: Exception) -> NoReturn:
    reason = getattr(error, "strerror", None) or str(error) or type(error).__name__
    raise Error(f"{source}: cannot be read: {' '.join(str(reason).split())}.") from error


def _parse(data: bytes, source: str) -> _Snapshot:
    import feedparser  # here, because it is slow to load and `--help` needs none of it

    parsed: Any = feedparser.parse(io.BytesIO(data), sanitize_html=False, resolve_relative_uris=False)
    harmless = (feedparser.CharacterEncodingOverride, feedparser.NonXMLContentType)
    if not parsed.get("version"):
        raise Error(f"{source}: not an RSS or Atom feed.")
    if parsed.bozo and not isinstance(parsed.bozo_exception, harmless):
        raise Error(f"{source}: not a whole feed: {' '.join(str(parsed.bozo_exception).split())}.")
    entries = tuple(_entry(entry) for entry in parsed.entries)
    changed_at = _at(parsed.feed, "updated", "published")
    times = [at for entry in parsed.entries if (at := _at(entry, "updated", "published"))]
    updated_at = changed_at or max(times, default=datetime.min.replace(tzinfo=UTC))
    return _Snapshot(updated_at, _title(parsed.feed), _url(parsed.feed.get("link", ""), entries), entries)


def _entry(entry: Any) -> RawEntry:
    texts = [str(content.get("value", "")) for content in entry.get("content", ())]
    texts.append(str(entry.get("summary", "")))
    html = max(texts, key=lambda text: (bool(_HAS_UPDATES.search(text)), len(text)))
    link = clean_text(str(entry.get("link", ""))).strip()
    title = _title(entry)
    published_at = _at(entry, "published", "updated")
    feed_id = clean_text(str(entry.get("id") or link or f"{title} {published_at}")).strip()
    return RawEntry(feed_id, _slug_id(link, feed_id), link, title, published_at, html)


def _slug_id(link: str, feed_id: str) -> str:
    """The last part of the link's path; a hash of the feed id where that is no good name."""
    try:
        last = urlsplit(link).path.rstrip("/").rpartition("/")[2]
    except ValueError:
        last = ""
    if re.fullmatch(r"[A-Za-z0-9][A-Za-z0-9_-]{0,63}", last):
        return last
    return hashlib.sha256(feed_id.encode()).hexdigest()[:12]


def _title(holder: Any) -> str:
    title = str(holder.get("title", ""))
    if "html" in str(holder.get("title_detail", {}).get("type", "")):
        title = to_text(title)
    return " ".join(clean_text(title).split())


def _at(holder: Any, *keys: str) -> datetime | None:
    for key in keys:
        # feedparser warns where "updated" is asked for and only "published" is there.
        if f"{key}_parsed" in holder and (parsed := holder[f"{key}_parsed"]):
            return datetime.fromtimestamp(timegm(parsed), UTC)
    return None


def _url(link: str, entries: Sequence[RawEntry]) -> str:
    """The site's address: the feed's own link, else the root of its entries' links."""
    for url in (link, *(urljoin(entry.link, "/") for entry in entries)):
        if re.fullmatch(r"https?://[^\s/]+\S*", url):
            return url
    return ""
