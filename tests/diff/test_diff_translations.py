"""What an edit of translations does to those who read them."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest
from comparing import HEAD, LOOK, SITE, data_of, is_empty, text_of
from watching import START, Clock, Repo

NOW = START + timedelta(minutes=5)
WORDS = "---\ntitle: Galat\n---\n\n## investigating @ 2026-11-03 08:00\n\nKami lihat.\n"
LANGUAGES = "languages: [id]\n"
LATER = LOOK.replace("11-03", "11-04")
START_FILES = {
    "site.yaml": SITE + LANGUAGES,
    "site.id.yaml": "components: {api: Antarmuka}\n",
    "incidents/api.md": HEAD + LOOK,
    "incidents/api.id.md": WORDS,
    "incidents/later.md": HEAD + LATER,
    "incidents/later.id.md": WORDS.replace("11-03", "11-04"),
}
# What is written, None for what is deleted; and the lines about translations, sorted by path.
CASES: dict[str, tuple[dict[str, str | None], list[str]]] = {
    "a word": (
        {"incidents/api.id.md": WORDS.replace("Galat", "Gangguan")}, ["~ Indonesian is edited: incidents/api.id.md"]
    ),
    "none any more": ({"incidents/api.id.md": None}, ["- Indonesian disappears: incidents/api.id.md"]),
    "a new one": (
        {"pages/us.md": "---\ntitle: Us\n---\n\nWe.\n", "pages/us.id.md": "---\ntitle: Kami\n---\n\nKami.\n"},
        ["+ Indonesian appears: pages/us.id.md"],
    ),
    "the site": ({"site.id.yaml": "components: {api: API}\n"}, ["~ Indonesian is edited: site.id.yaml"]),
    "a language": (
        {"site.yaml": SITE}, ["- Indonesian disappears: incidents/api.id.md", "- Indonesian disappears: site.id.yaml"]
    ),
    "nothing that is read": ({"incidents/api.id.md": WORDS.replace(" @ 2026-11-03 08:00", "")}, []),
    "what nobody sees yet": ({"incidents/later.id.md": WORDS.replace("11-03", "11-04").replace("lihat", "cari")}, []),
}  # fmt: skip


@pytest.mark.parametrize("case", CASES)
def test_what_is_said(case: str, tmp_path: Path) -> None:
    repo = Repo(tmp_path / "repo", clock=Clock(tmp_path / "clock"))
    repo.commit(START_FILES)
    files, expected = CASES[case]
    for path, text in files.items():
        if text is None:
            (repo.folder / path).unlink()
        else:
            (repo.folder / path).parent.mkdir(exist_ok=True)
            (repo.folder / path).write_text(text)
    lines = text_of(repo, NOW)
    assert [line.strip() for line in lines if "Indonesian" in line and "warning" not in line] == expected
    data = data_of(repo, NOW)
    assert [one["path"] for one in data["translations"]] == [line.rpartition(" ")[2] for line in expected]
    assert is_empty(data) == (not expected)
