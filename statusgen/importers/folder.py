"""The content folder that is written into: what a person edited is kept, what is equal is not touched."""

from pathlib import Path
from typing import Literal

from statusgen.errors import Error
from statusgen.importers.record import NAME, Record, digest, get_target, is_link, read_bytes, render_record, write_bytes

SITE = "site.yaml"
Done = Literal["written", "unchanged", "kept", "removed"]


class Folder:
    """Writes files, and lets the record learn what was written. Each call raises Error."""

    def __init__(self, into: Path, record: Record, dry_run: bool) -> None:
        self._into, self._record, self.dry_run = into, record, dry_run

    def put(self, path: str, text: str) -> Done:
        """Write one file unless it is equal, or a person edited or removed it."""
        target = get_target(self._into, path)
        data = text.encode()
        files = self._record.files
        if is_link(target):
            return "kept"
        found = read_bytes(target)
        if found == data:
            files[path] = digest(data)
            return "unchanged"
        if found is not None and files.get(path) != digest(found):
            return "kept"
        if found is None and path in files and path != SITE:
            return "removed"
        if not self.dry_run:
            write_bytes(target, data)
            files[path] = digest(data)
        return "written"

    def is_ours(self, path: str) -> bool:
        """Whether the file is as an import wrote it."""
        target = get_target(self._into, path)
        found = None if is_link(target) else read_bytes(target)
        return found is not None and self._record.files.get(path) == digest(found)

    def has(self, path: str) -> bool:
        return get_target(self._into, path).is_file()

    def remove(self, path: str) -> None:
        if self.dry_run:
            return
        target = get_target(self._into, path)
        try:
            target.unlink(missing_ok=True)
        except OSError as error:
            raise Error(f"{target}: cannot be removed: {error.strerror}.") from error
        self._record.files.pop(path, None)

    def keep_record(self) -> None:
        data = render_record(self._record)
        if not self.dry_run and read_bytes(self._into / NAME) != data:
            write_bytes(self._into / NAME, data)
