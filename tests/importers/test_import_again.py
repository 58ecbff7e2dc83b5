"""A folder that was imported into before, or that was there: nothing of it is lost, doubled or led astray."""

from __future__ import annotations

from pathlib import Path

import pytest

from statusgen.errors import Error
from statusgen.importers.record import write_bytes


def test_a_planted_link_is_not_written_through(tmp_path: Path) -> None:
    into, victim = tmp_path / "into", tmp_path / "victim"
    into.mkdir()
    victim.write_text("precious")
    (into / ".site.yaml.new").symlink_to(victim)
    (into / "site.yaml").symlink_to(victim)
    write_bytes(into / "site.yaml", b"name: X\n")
    assert victim.read_text() == "precious"
    assert ((into / "site.yaml").read_bytes(), (into / "site.yaml").is_symlink()) == (b"name: X\n", False)
    assert [path.name for path in into.iterdir()] == ["site.yaml"]
    (into / ".site.yaml.new").mkdir()
    with pytest.raises(Error, match="cannot be written"):
        write_bytes(into / "site.yaml", b"name: Y\n")
    assert (into / "site.yaml").read_bytes() == b"name: X\n"
