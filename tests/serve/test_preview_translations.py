"""Translations in a preview: what is broken while it is typed leaves what was there."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

from serving import INCIDENT, NAME, SITE, write

from statusgen.build.cache import Cache
from statusgen.build.preview import Preview, State
from statusgen.model.site import Content

NOW = datetime(2026, 11, 3, 12, tzinfo=UTC)
OTHER, PLACE = NAME.replace(".md", ".id.md"), "site.id.yaml"


def ignore(what: str, done: int, total: int) -> None:
    pass


def content_of(state: State) -> Content:
    assert state.plan
    return state.plan.pages.snapshot.content


def codes(state: State) -> set[str]:
    return {problem.code for problem in state.problems if problem.severity == "error"}


def test_what_is_broken_while_it_is_typed(tmp_path: Path) -> None:
    words = "---\ntitle: Galat\n---\n"
    files = {"site.yaml": SITE + "languages: [id]\n", NAME: INCIDENT, OTHER: words, PLACE: "name: Acme ID\n"}
    content = write(tmp_path / "content", files)
    preview = Preview(content, "default", Cache(None), ignore)
    first = content_of(preview.build(NOW))
    assert [one.title for one in first.translations] == ["Galat"]
    assert [one.name for one in first.site.words] == ["Acme ID"]
    write(content, {OTHER: words.replace("title", "titel"), PLACE: "nam: Acme\n"})
    state = preview.build(NOW)
    assert codes(state) == {"unknown-key", "missing-key"}
    assert content_of(state).translations == first.translations and content_of(state).site == first.site
    write(content, {OTHER: words.replace("Galat", "Galat lagi"), PLACE: "name: Acme\n"})
    state = preview.build(NOW)
    assert [one.title for one in content_of(state).translations] == ["Galat lagi"]
    assert [one.name for one in content_of(state).site.words] == ["Acme"]
    # Without its original, it is no incident of its own.
    (content / NAME).unlink()
    state = preview.build(NOW)
    assert codes(state) == {"no-original"} and not content_of(state).incidents and not content_of(state).translations


def test_drafts(tmp_path: Path) -> None:
    draft = "---\ntitle: Galat\ndraft: true\n---\n"
    files = {"site.yaml": SITE + "languages: [id]\n", NAME: INCIDENT, OTHER: draft}
    content = write(tmp_path / "content", files)
    for with_drafts, count in ((False, 0), (True, 1)):
        state = Preview(content, "default", Cache(None), ignore, drafts=with_drafts).build(NOW)
        assert len(content_of(state).translations) == count
    write(
        content, {NAME: INCIDENT.replace("---\n", "---\ndraft: true\n", 1), OTHER: draft.replace("draft: true\n", "")}
    )
    for with_drafts, count in ((False, 0), (True, 1)):
        state = Preview(content, "default", Cache(None), ignore, drafts=with_drafts).build(NOW)
        assert len(content_of(state).translations) == count
