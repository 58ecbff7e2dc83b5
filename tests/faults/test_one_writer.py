"""Who else may be in the output folder, and what becomes of a watcher whose folder is taken away under it."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from command import read_tree
from harm import COMMAND, State, Watcher, check_line, check_whole, published, run, wait_for
from states import Repo

from statusgen.errors import Error
from statusgen.publish.folder import open_output
from statusgen.publish.manifest import MANIFEST

pytest_plugins = ["fault_fixtures"]

# A look at the folder each second, the publish, and what a busy machine adds to both.
AT_ONCE = 6.0
PLAIN = ("setpriv", "--bounding-set=-dac_override,-dac_read_search", "--inh-caps=-all") if os.geteuid() == 0 else ()


@pytest.fixture
def watcher(small: tuple[State, State], tmp_path: Path) -> Iterator[Watcher]:
    repo = Repo(tmp_path / "repo")
    repo.commit(small[0].content)
    with Watcher(repo.top, tmp_path / "under" / "output", tmp_path) as watcher:
        watcher.wait(state="ok")
        yield watcher


def empty(output: Path) -> None:
    """As `rm -rf output/*` does, which hidden files survive."""
    for path in output.iterdir():
        if not path.name.startswith("."):
            shutil.rmtree(path) if path.is_dir() else path.unlink()


def empty_of_all(output: Path) -> None:
    empty(output)
    (output / MANIFEST).unlink()


def forget(output: Path) -> None:
    (output / MANIFEST).unlink()


def damage(output: Path) -> None:
    (output / MANIFEST).write_bytes(b'{"files": [')


def truncate(output: Path) -> None:
    (output / MANIFEST).write_bytes(b"")


def take_a_folder(output: Path) -> None:
    shutil.rmtree(output / "components")


def move_away(output: Path) -> None:
    output.rename(output.with_name("moved"))


def delete(output: Path) -> None:
    """At once, where the watcher would mend it while it is being emptied."""
    shutil.rmtree(output.rename(output.with_name("deleted")))


def start_again(output: Path) -> None:
    delete(output)
    output.mkdir()


def put_an_older_copy(output: Path) -> None:
    shutil.copytree(output, output.with_name("copy"))
    (output.with_name("copy") / "index.html").write_bytes(b"old")
    delete(output)
    output.with_name("copy").rename(output)


@pytest.mark.parametrize(
    "harm",
    [
        *(delete, empty, empty_of_all, forget, damage, truncate),
        *(take_a_folder, move_away, start_again, put_an_older_copy),
    ],
    ids=lambda harm: harm.__name__,
)
def test_a_watcher_mends_its_folder(harm: Callable[[Path], None], watcher: Watcher, tmp_path: Path) -> None:
    site = watcher.clean_build(tmp_path / "clean")
    check_whole(watcher.output, site)
    harm(watcher.output)
    assert not is_same(watcher.output, site)
    wait_for(lambda: is_same(watcher.output, site), AT_ONCE)
    watcher.wait(state="ok", message="")
    check_whole(watcher.output, watcher.clean_build(tmp_path / "again"))
    assert "Traceback" not in watcher.said


def is_same(output: Path, site: State) -> bool:
    try:
        return read_tree(output) == site.tree
    except OSError:
        # A file went while the folder was read.
        return False


def test_a_folder_that_is_still_being_emptied(tmp_path: Path) -> None:
    """A file may go after it was found to be as it should be."""
    files = {"index.html": b"home", "incidents/one/index.html": b"one"}
    with open_output(tmp_path) as site:
        site.publish(files, {path: site.stage(path, data) for path, data in files.items()})
        (tmp_path / "index.html").unlink()
        assert not site.is_ours()
        site.renew()
        staged = {path: place for path, data in files.items() if (place := site.stage(path, data))}
        assert list(staged) == ["index.html"]
        (tmp_path / "incidents/one/index.html").unlink()
        with pytest.raises(Error, match=r"incidents/one/index.html was taken away"):
            site.publish(files, staged)
        site.publish(files, {"incidents/one/index.html": site.stage("incidents/one/index.html", b"one")})
        assert site.is_ours()
    assert published(read_tree(tmp_path)) == files


def test_what_takes_the_folders_place_is_left_alone(watcher: Watcher, tmp_path: Path) -> None:
    """A file, or a folder that is not ours; and the site is back when they are gone."""
    output = watcher.output
    output.rename(tmp_path / "under/gone")
    wait_for(lambda: (output / MANIFEST).exists())
    thesis = tmp_path / "under/thesis"
    for make in (lambda: thesis.write_bytes(b"mine"), lambda: fill(thesis)):
        make()
        watcher.wait(state="ok")
        take_place(thesis, output)
        failing = watcher.wait(AT_ONCE, state="failing")
        assert str(output) in failing["message"]
        if output.is_dir():
            assert "neither empty nor made by statusgen" in failing["message"]
            assert read_tree(output) == {"thesis.txt": b"mine"}
            output.rename(tmp_path / "under/theirs")
        else:
            assert output.read_bytes() == b"mine"
            output.unlink()
        (tmp_path / "under/away").rename(output)
        watcher.wait(2 * AT_ONCE, state="ok")
        check_whole(output, watcher.clean_build(tmp_path / "clean"))
        shutil.rmtree(tmp_path / "clean")
    assert "Traceback" not in watcher.said


def take_place(other: Path, output: Path) -> None:
    """Where the watcher has made its folder anew in between, it is moved away again."""
    away = output.with_name("away")
    output.rename(away)
    while True:
        try:
            other.rename(output)
        except OSError:
            shutil.rmtree(away)
            output.rename(away)
        else:
            return


def fill(folder: Path) -> None:
    folder.mkdir()
    (folder / "thesis.txt").write_bytes(b"mine")


def test_a_second_writer_is_told_of_the_first(watcher: Watcher, small: tuple[State, State], tmp_path: Path) -> None:
    before = read_tree(watcher.output)
    watch = ["watch", "--repo", str(tmp_path / "repo"), "--output", str(watcher.output)]
    for arguments in (small[1].build(watcher.output), watch, [*watch, "--once"]):
        result = run([*COMMAND, *arguments])
        assert (result.returncode, result.stdout) == (2, "")
        assert result.stderr == (
            f"error: {watcher.output} is being written by the process {watcher.process.pid}; one at a time\n"
        )
    assert read_tree(watcher.output) == before


def test_a_second_writer_may_go_on_after_the_first_is_killed(small: tuple[State, State], tmp_path: Path) -> None:
    repo = Repo(tmp_path / "repo")
    repo.commit(small[0].content)
    output = tmp_path / "output"
    watcher = Watcher(repo.top, output, tmp_path)
    watcher.wait(state="ok")
    watcher.process.kill()
    watcher.process.wait()
    assert run([*COMMAND, *small[1].build(output)]).returncode == 0
    check_whole(output, small[1])


@pytest.mark.skipif(
    bool(PLAIN) and (not shutil.which("setpriv") or bool(subprocess.run([*PLAIN, "true"], check=False).returncode)),
    reason="root may write everything here",
)
def test_an_output_that_may_not_be_written(small: tuple[State, State], tmp_path: Path) -> None:
    output = tmp_path / "output"
    assert run([*PLAIN, *COMMAND, *small[0].build(output)]).returncode == 0
    folders = [output, *(path for path in output.rglob("*") if path.is_dir())]
    for closed in ([output], folders[1:]):
        for folder in closed:
            folder.chmod(0o555)
        try:
            result = run([*PLAIN, *COMMAND, *small[1].build(output)])
            assert (result.returncode, result.stdout) == (2, "")
            assert "Permission denied" in result.stderr
            check_line(result.stderr)
        finally:
            for folder in closed:
                folder.chmod(0o755)
        assert run([*PLAIN, *COMMAND, *small[0].build(output)]).returncode == 0
        check_whole(output, small[0])
