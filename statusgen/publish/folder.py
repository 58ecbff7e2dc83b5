"""Publishing into a folder: every file is whole at every instant, and only what changed is touched."""

from __future__ import annotations

import errno
import os
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass, replace
from pathlib import Path
from stat import S_ISREG

from statusgen.errors import Error
from statusgen.publish.lock import Lock
from statusgen.publish.manifest import MANIFEST, MOVING, Manifest, read_manifest, render_manifest
from statusgen.publish.order import plan_order, rank
from statusgen.publish.stage import Stage, is_same, is_there

Progress = Callable[[int, int], None]
# Why a folder stays that has none of our files: others lie there, it is a file now, or a disk of its own.
NOT_OURS = {errno.ENOTEMPTY, errno.EEXIST, errno.ENOTDIR, errno.EBUSY}


@dataclass(frozen=True, slots=True)
class Published:
    written: int
    unchanged: int
    deleted: int


def publish_folder(
    output: Path, artifacts: Mapping[str, bytes], progress: Progress = lambda done, total: None
) -> Published:
    """Writes `artifacts` by path. Raises Error as `open_output` does."""
    with open_output(output) as site:
        differing = {path: place for path, data in artifacts.items() if (place := site.stage(path, data))}
        return site.publish(artifacts.keys(), differing, progress)


@contextmanager
def open_output(folder: Path) -> Iterator[Output]:
    """The folder for as long as one writes into it; what a run left behind that came to no end is cleared away.

    Raises Error for a folder that is neither empty nor ours, one that another process writes into, and where the disk
    refuses."""
    site = Output(folder)
    try:
        yield site
    finally:
        site.close()


@contextmanager
def _telling(folder: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise _refusal(folder, error) from error


def _refusal(folder: Path, error: OSError) -> Error:
    # Of a file that could not be renamed over another, the other's name says more.
    name = error.filename2 or error.filename
    # A disk is often found to be full where no name is at hand, while bytes are written.
    where = f"{name}: " if name else ""
    return Error(f"cannot publish into {folder}: {where}{error.strerror}")


class Output:
    """A folder that only this process writes into. Files are staged first, and then take their places together."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._stage = Stage(folder)
        self._lock = Lock(folder)
        self._manifest = Manifest(frozenset(), True)
        # Whether that is the manifest of the folder that the lock is for.
        self._is_known = False
        # What lies in the folder itself once the site is published, and what did when it was last looked at.
        self._tops = frozenset[str]()
        self._here = frozenset[str]()
        # Whether somebody may be emptying the folder just now.
        self._is_shaky = False
        try:
            self.renew()
            self._is_shaky = False
        except BaseException:
            self._let_go()
            raise

    def renew(self) -> None:
        """Opens the folder as it is now, such as after somebody has emptied it. A manifest that was taken away or
        damaged meanwhile is no reason to give up a folder that is still the same: what it said is known."""
        with _telling(self.folder):
            self.folder.mkdir(parents=True, exist_ok=True)
            if not self._lock.is_held():
                self._is_known = False
                self._lock.take()
            try:
                self._manifest = read_manifest(self.folder)
            except Error:
                if not self._is_known:
                    raise
                self._manifest = replace(self._manifest, finished=False)
            self._is_known = True
            self._stage.clear()
            self._look()
        self._mark = self._read_mark()
        self._tops = frozenset()
        self._is_shaky = True

    def close(self) -> None:
        try:
            with suppress(Error, OSError):
                # What is staged in a folder that took this one's place is another process's.
                if self._lock.is_held():
                    self.discard()
        finally:
            self._let_go()

    def _let_go(self) -> None:
        with suppress(OSError):
            # The lock is gone also where closing tells of an error.
            self._lock.let_go()

    def stage(self, path: str, data: bytes) -> str:
        """Where the file was put aside; "" where it has these bytes already. Forked processes may do this too."""
        is_new = not self._may_have(path)
        if not is_new and is_same(f"{self.folder}/{path}", data):
            return ""
        try:
            return self._stage.put(path, data, is_new)
        except OSError as error:
            raise _refusal(self.folder, error) from error

    def discard(self) -> None:
        """Forgets what is staged."""
        with _telling(self.folder):
            self._stage.clear()

    @property
    def mark(self) -> tuple[int, ...]:
        """Tells one publication into the folder from the next; empty before the first one."""
        return self._mark

    @property
    def count(self) -> int:
        """How many files the site has."""
        return len(self._manifest.files)

    def is_ours(self) -> bool:
        """Whether nobody else has written the manifest or emptied the folder, where `rm *` leaves the manifest."""
        try:
            here = {entry.name for entry in self.folder.iterdir()}
            return self._lock.is_held() and self._mark == self._read_mark() and self._tops <= here
        except OSError:
            return False

    def is_intact(self) -> bool:
        """Whether what was published came to its end, and each file is there and not newer than the manifest."""
        if not self._mark or not self._manifest.finished:
            return False
        newest = self._mark[-1]
        try:
            found = [os.lstat(f"{self.folder}/{name}") for name in self._manifest.files]
        except OSError:
            return False
        return all(S_ISREG(about.st_mode) and about.st_mtime_ns <= newest for about in found)

    def publish(
        self, names: Collection[str], staged: Mapping[str, str], progress: Progress = lambda done, total: None
    ) -> Published:
        """Puts what is staged, by path, in its place; the site is `names` from then on, what else it had is deleted.

        The manifest is written before the first file, with old and new names, and after the last one, so that a run
        after a crash knows what to clear away. Where names stay, a mark beside it says that there was one."""
        with _telling(self.folder):
            return self._publish(frozenset(names), staged, progress)

    def _publish(self, names: frozenset[str], staged: Mapping[str, str], progress: Progress) -> Published:
        before = self._manifest
        self._look()
        existing = {path for path in staged if self._may_have(path) and is_there(f"{self.folder}/{path}")}
        order = plan_order(staged, existing, before.loose)
        gone = sorted(before.files - names, key=rank, reverse=True) if before.files != names else []
        self._check_folders(path for path in (*order, *gone) if self._may_have(path))
        moves = before.files != names or not before.finished
        if moves:
            loose = before.loose | (names - before.files)
            self._write_manifest(Manifest(before.files | names, finished=False, loose=loose))
        elif order:
            self._stage.place(MOVING, self._stage.put(MOVING, b""))
            self._manifest = replace(before, finished=False)
        for number, path in enumerate(order, 1):
            self._stage.place(path, staged[path])
            progress(number, len(order))
        if gone:
            # Nothing links to these any more, and soon they link to each other in vain.
            self._write_manifest(Manifest(before.files | names, finished=False, loose=frozenset(gone)))
        for path in gone:
            self._delete_file(path)
        if self._is_shaky:
            self._check_presence(names)
        if moves:
            self._write_manifest(Manifest(names, finished=True))
        elif order:
            # No file of the site is newer than its manifest, unless somebody else wrote it.
            os.utime(self.folder / MANIFEST)
            self._manifest = before
        if moves or order:
            with suppress(FileNotFoundError):
                os.unlink(f"{self.folder}/{MOVING}")  # noqa: PTH108
        self._stage.clear()
        self._mark = self._read_mark()
        if gone or not self._tops:
            self._tops = _tops(names)
        elif moves:
            self._tops |= _tops(names - before.files)
        self._look()
        self._is_shaky = False
        return Published(len(order), len(names) - len(order), len(gone))

    def _look(self) -> None:
        """For a first publication, which would look for 10,000 files that cannot be there, one look is enough."""
        self._here = frozenset(os.listdir(self.folder))  # noqa: PTH208

    def _may_have(self, path: str) -> bool:
        return path.partition("/")[0] in self._here

    def _write_manifest(self, manifest: Manifest) -> None:
        self._stage.place(MANIFEST, self._stage.put(MANIFEST, render_manifest(manifest)))
        self._manifest = manifest

    def _read_mark(self) -> tuple[int, ...]:
        try:
            found = (self.folder / MANIFEST).lstat()
        except OSError:
            return ()
        return found.st_dev, found.st_ino, found.st_size, found.st_mtime_ns

    def _check_presence(self, names: Iterable[str]) -> None:
        """Raises Error where a file went that needed no writing when it was looked at."""
        for name in names:
            if not is_there(f"{self.folder}/{name}"):
                raise Error(f"{self.folder / name} was taken away while the site was published")

    def _check_folders(self, names: Iterable[str]) -> None:
        """Raises Error where a folder of the site is a symbolic link, which could lead anywhere."""
        folders: set[str] = set()
        for name in names:
            while (name := name.rpartition("/")[0]) and name not in folders:
                folders.add(name)
        for folder in sorted(folders):
            if os.path.islink(f"{self.folder}/{folder}"):  # noqa: PTH114
                raise Error(f"{self.folder / folder} is a symbolic link; nothing is published through it")

    def _delete_file(self, name: str) -> None:
        """A folder that came in the file's place is not ours. Folders that become empty go too."""
        path = self.folder / name
        with suppress(FileNotFoundError, NotADirectoryError, IsADirectoryError):
            path.unlink()
        for folder in path.parents:
            if folder == self.folder:
                return
            try:
                folder.rmdir()
            except FileNotFoundError:
                # A run that came to no end has done this; the folder around it may be left.
                continue
            except OSError as error:
                if error.errno in NOT_OURS:
                    return
                raise


def _tops(names: Iterable[str]) -> frozenset[str]:
    """What these lie in, or are, in the output folder itself."""
    return frozenset(name.partition("/")[0] for name in names)


def check_output(output: Path, content: Path) -> None:
    """Raises Error where publishing would overwrite the content, lie around it, or meet a folder that is not ours."""
    check_apart(output, content, "content folder")
    # Publishing asks again; here it is known before the long work.
    with suppress(OSError):
        if output.is_dir():
            read_manifest(output)


def check_apart(output: Path, other: Path, what: str) -> None:
    """Raises Error where one folder is the other one, or lies in it."""
    target, source = Path(os.path.realpath(output)), Path(os.path.realpath(other))
    if target == source or target in source.parents or source in target.parents:
        raise Error(f"the output folder {output} and the {what} {other} must lie apart")
