"""The wrong folder is one error that says which one is right."""

from __future__ import annotations

from pathlib import Path

import pytest

from statusgen.errors import Error
from statusgen.source.folder import read_folder, read_source


def make(top: Path, *names: str) -> None:
    for name in names:
        (top / name).parent.mkdir(parents=True, exist_ok=True)
        (top / name).write_text("x")


def test_from_within_the_content(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    make(tmp_path, "site.yaml")
    monkeypatch.chdir(tmp_path)
    with pytest.raises(Error, match=r"site.yaml is here: go one folder up, or use `--content \.`"):
        read_folder(Path("content"))
    with pytest.raises(Error, match="`statusgen init DIR` makes one"):
        read_folder(Path("elsewhere"))


def test_the_folder_above_the_content(tmp_path: Path) -> None:
    make(tmp_path, "content/site.yaml", "node_modules/a/README.md")
    with pytest.raises(Error) as caught:
        read_folder(tmp_path)
    assert str(caught.value) == f"{tmp_path} has no site.yaml; did you mean `--content {tmp_path / 'content'}`?"
    make(tmp_path, "site.yaml")
    files, problems = read_folder(tmp_path)
    assert (list(files), problems) == (["content/site.yaml", "node_modules/a/README.md", "site.yaml"], [])


@pytest.mark.parametrize("name", ["_x.md", ".x.md", "x.md~", "#x.md#", "_folder/x.md", "old~/x.md"])
def test_what_is_no_content_by_its_name(tmp_path: Path, name: str) -> None:
    (tmp_path / name).parent.mkdir(exist_ok=True)
    (tmp_path / name).write_text("x")
    (tmp_path / "#x.md").write_text("x")
    assert list(read_source(tmp_path).files) == ["#x.md"]
