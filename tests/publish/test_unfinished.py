"""A run that came to no end is known to the next one."""

from __future__ import annotations

import os
from pathlib import Path

from command import read_tree, run_python

from statusgen.publish.folder import open_output, publish_folder
from statusgen.publish.manifest import MANIFEST

SITE = {
    name: name.encode() for name in ("assets/a.css", "incidents/one/index.html", "index.html", "404.html", "feed.rss")
}


def test_a_run_that_ends_between_two_files_is_known(tmp_path: Path) -> None:
    """Also where the list of files stays as it is, and by no times of files, as a clock may have been set back."""
    publish_folder(tmp_path, SITE)
    other = {name: data + b", again" for name, data in SITE.items()}
    code = f"""
import os
from pathlib import Path
from statusgen.publish.folder import publish_folder
publish_folder(Path({str(tmp_path)!r}), {other!r}, lambda done, total: os._exit(7) if done == 3 else None)
"""
    assert run_python("-c", code).returncode == 7
    found = read_tree(tmp_path)
    assert [found[name] == data for name, data in other.items()].count(True) == 3
    for path in tmp_path.rglob("*"):
        os.utime(path, (1_000_000_000, 1_000_000_000))
    with open_output(tmp_path) as output:
        assert not output.is_intact()
    # Opening it is no repair.
    with open_output(tmp_path) as output:
        assert not output.is_intact()
        staged = {name: place for name, data in other.items() if (place := output.stage(name, data))}
        assert len(staged) == len(other) - 3
        output.publish(other.keys(), staged)
        assert output.is_intact()
    with open_output(tmp_path) as output:
        assert output.is_intact()
    files = {name: data for name, data in read_tree(tmp_path).items() if not name.endswith("/")}
    assert files.keys() == {*other, MANIFEST} and files.items() >= other.items()
