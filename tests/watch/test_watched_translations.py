"""What is shown of translations with errors: what was good before, and never less of their originals."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path

import pytest
from trailing import NOW, SITE, following, start_repo
from watching import DONE, HEAD, LOOK, Clock, Repo

from statusgen.build.standing import Standing, StandingReader
from statusgen.history.translated import Translator
from statusgen.model.site import Content
from statusgen.model.translations import SiteWords

LANGUAGES = "languages: [id, de]\n"
WORDS = "---\ntitle: Galat pada API\n---\n\n"
LIHAT = "## investigating @ 2026-11-03 08:00\n\nKami lihat.\n\n"
SELESAI = "## resolved @ 2026-11-03 08:30\n\nBeres.\n\n"
NAME, OTHER = "incidents/api.md", "incidents/api.id.md"
BROKEN = "---\ntitle: [\n---\n"


@pytest.fixture
def repo(tmp_path: Path) -> Repo:
    clock = Clock(tmp_path / "clock")
    files = {"site.yaml": SITE + LANGUAGES, NAME: HEAD + LOOK, OTHER: WORDS + LIHAT}
    return start_repo(tmp_path / "repo", clock, files)


@contextmanager
def reading(repo: Repo) -> Iterator[StandingReader]:
    with following(repo) as reader:
        reader.read(repo.head, NOW)
        yield reader


def read(reader: StandingReader, repo: Repo) -> Standing:
    """The same whether what was before was read or not."""
    standing = reader.read(repo.head, NOW)
    with following(repo) as other:
        fresh = other.read(repo.head, NOW)
    assert fresh == standing
    return standing


def told(content: Content, language: str = "id") -> list[tuple[str, list[str]]]:
    found = Translator(language).translate(content)
    return [(one.title, [update.body for update in one.updates]) for one in found.incidents]


def codes(standing: Standing) -> list[str]:
    return [problem.code for problem in standing.problems if problem.severity == "error"]


def test_the_newest_good_version(repo: Repo) -> None:
    with reading(repo) as reader:
        assert told(read(reader, repo).content) == [("Galat pada API", ["Kami lihat."])]
        good = repo.commit({OTHER: WORDS + LIHAT.replace("Kami", "Kita")})
        for broken in (BROKEN, WORDS.replace("title", "impact: major\ntitle") + LIHAT):
            repo.commit({OTHER: broken})
            standing = read(reader, repo)
            assert codes(standing) in (["yaml"], ["translation-fact"])
            assert {one.path: one.commit for one in standing.stand_ins} == {OTHER: good}
            assert told(standing.content) == [("Galat pada API", ["Kita lihat."])]
        # The original goes on.
        repo.commit({NAME: HEAD + LOOK + DONE})
        assert told(read(reader, repo).content) == [("Galat pada API", ["Kita lihat.", "All is well."])]
        repo.commit({OTHER: WORDS + LIHAT + SELESAI})
        standing = read(reader, repo)
        assert told(standing.content) == [("Galat pada API", ["Kami lihat.", "Beres."])]


def test_one_that_was_never_good(repo: Repo) -> None:
    with reading(repo) as reader:
        repo.commit({"incidents/api.de.md": BROKEN})
        standing = read(reader, repo)
        assert {one.path: one.commit for one in standing.stand_ins} == {"incidents/api.de.md": None}
        assert told(standing.content, "de") == [("Errors on the API", ["We look."])]
        assert told(standing.content) == [("Galat pada API", ["Kami lihat."])]


def test_an_update_that_is_not_there_is_left_out(repo: Repo) -> None:
    with reading(repo) as reader:
        repo.commit({OTHER: WORDS + LIHAT + SELESAI})
        standing = read(reader, repo)
        assert codes(standing) == ["translation-update"]
        assert told(standing.content) == [("Galat pada API", ["Kami lihat."])]
        repo.commit({NAME: HEAD + LOOK + DONE})
        assert told(read(reader, repo).content) == [("Galat pada API", ["Kami lihat.", "Beres."])]


def test_facts_of_a_heading_are_those_of_the_original(repo: Repo) -> None:
    with reading(repo) as reader:
        repo.commit({OTHER: WORDS + LIHAT.replace("08:00", "08:00 {api=operational}").replace("Kami", "Kita")})
        standing = read(reader, repo)
        assert codes(standing) == ["translation-fact"]
        assert told(standing.content) == [("Galat pada API", ["Kita lihat."])]
        before = standing.content.incidents[0].updates
        (shown,) = Translator("id").translate(standing.content).incidents
        assert [one.states for one in shown.updates] == [one.states for one in before]


def test_a_broken_original_keeps_its_words(repo: Repo) -> None:
    with reading(repo) as reader:
        repo.commit({NAME: BROKEN})
        assert told(read(reader, repo).content) == [("Galat pada API", ["Kami lihat."])]


def test_without_its_original_it_is_no_entry(repo: Repo) -> None:
    with reading(repo) as reader:
        repo.move(NAME, "incidents/gateway.md")
        repo.commit()
        standing = read(reader, repo)
        assert codes(standing) == ["no-original"]
        assert told(standing.content) == [("Errors on the API", ["We look."])]
        repo.move(OTHER, "incidents/gateway.id.md")
        repo.commit()
        assert told(read(reader, repo).content) == [("Galat pada API", ["Kami lihat."])]
        # What names components is one, whatever it is called.
        repo.commit({"incidents/db.id.md": HEAD.replace("API", "database") + LOOK})
        standing = read(reader, repo)
        assert codes(standing) == ["no-original"]
        assert [title for title, _ in told(standing.content)] == ["Errors on the database", "Galat pada API"]


def test_an_older_incident_that_is_named_so(repo: Repo) -> None:
    """It is shown, although it might pass for words of the one that came beside it."""
    bare = "---\ntitle: Errors of the IT\n---\n\n## monitoring @ 2026-11-03 08:10\n\nWe watch.\n"
    with reading(repo) as reader:
        repo.commit({"incidents/web.it.md": bare})
        assert repo.clock
        repo.clock.move(hours=1)
        repo.commit({"incidents/web.md": HEAD.replace("API", "website") + LOOK})
        standing = read(reader, repo)
        assert [one.title for one in standing.content.incidents] == [
            "Errors on the API",
            "Errors on the website",
            "Errors of the IT",
        ]


@pytest.mark.parametrize("slip", ["api.german.md", "api.de_DE.md", "de.api.md"])
def test_a_slip_in_the_name_is_no_incident(repo: Repo, slip: str) -> None:
    path = f"incidents/{slip}"
    with reading(repo) as reader:
        for text in (WORDS + LIHAT, HEAD + LOOK, HEAD + LOOK + "More.\n"):
            repo.commit({path: text})
            standing = read(reader, repo)
            assert codes(standing) == ["unknown-language"]
            assert {one.path: one.commit for one in standing.stand_ins} == {path: None}
            for language in ("en", "de"):
                assert told(standing.content, language) == [("Errors on the API", ["We look."])]


def test_an_older_incident_with_a_language_in_its_name(repo: Repo) -> None:
    with reading(repo) as reader:
        repo.commit({"incidents/web.german.md": HEAD.replace("API", "German website") + LOOK})
        assert repo.clock
        repo.clock.move(hours=1)
        repo.commit({"incidents/web.md": HEAD.replace("API", "website") + LOOK})
        standing = read(reader, repo)
        assert codes(standing) == ["unknown-language"]
        titles = {one.title for one in standing.content.incidents}
        assert titles == {"Errors on the API", "Errors on the website", "Errors on the German website"}


def test_words_are_no_events_of_the_record(repo: Repo) -> None:
    with reading(repo) as reader:
        repo.commit({NAME: HEAD + LOOK + DONE, OTHER: WORDS + LIHAT + SELESAI})
        assert repo.clock
        repo.clock.move(hours=1)
        repo.commit({OTHER: WORDS + LIHAT.replace("08:00", "07:00") + SELESAI})
        repo.commit({OTHER: BROKEN})
        standing = read(reader, repo)
        assert standing.content.audit and standing.content.audit.corrections == ()
        repo.delete(OTHER)
        repo.commit()
        standing = read(reader, repo)
        assert standing.content.audit and standing.content.audit.removed == ()


def test_the_site_in_another_language(repo: Repo) -> None:
    path = "site.id.yaml"
    with reading(repo) as reader:
        good = repo.commit({path: "name: Acme ID\ncomponents: {api: Antarmuka, web: Situs}\n"})
        words = SiteWords("id", path, "Acme ID", names=(("api", "Antarmuka"), ("web", "Situs")))
        site = read(reader, repo).content.site
        assert site.words == (words,)
        repo.commit({path: "name: [\n"})
        standing = read(reader, repo)
        assert (codes(standing), standing.content.site.words) == (["yaml"], (words,))
        assert {one.path: one.commit for one in standing.stand_ins} == {path: good}
        repo.commit({"site.yaml": SITE + LANGUAGES + "description: New\n"})
        site = read(reader, repo).content.site
        assert (site.description, site.words) == ("New", (words,))
        repo.delete(path)
        repo.commit()
        assert read(reader, repo).content.site.words == ()


def test_what_did_not_change_is_the_very_same(repo: Repo) -> None:
    translator = Translator("id")
    with reading(repo) as reader:
        repo.commit({"site.id.yaml": "name: Acme ID\n"})
        before = translator.translate(reader.read(repo.head, NOW).content)
        repo.commit({"notices/n.md": "---\ntitle: News\npublish: 2026-11-01\n---\n\nNew.\n"})
        after = translator.translate(reader.read(repo.head, NOW).content)
        assert after.incidents[0] is before.incidents[0] and after.site is before.site
        repo.commit({"notices/n.id.md": "---\ntitle: Berita\n---\n\nBaru.\n"})
        last = translator.translate(reader.read(repo.head, NOW + timedelta(days=1)).content)
        assert last.incidents[0] is before.incidents[0]
        assert (last.notices[0].title, last.notices[0].lang) == ("Berita", "")


def test_a_history_that_is_cut_off(repo: Repo, tmp_path: Path) -> None:
    """What was good before is not there; that takes no page down."""
    repo.commit({OTHER: BROKEN, "site.id.yaml": "name: [\n"})
    shallow = Repo(tmp_path / "shallow")
    shallow.git("fetch", "-q", "--depth", "1", f"file://{repo.top}", "main")
    shallow.git("reset", "-q", "--hard", "FETCH_HEAD")
    with following(shallow) as reader:
        standing = reader.read(shallow.head, NOW)
    assert codes(standing) == ["yaml", "yaml"]
    assert {one.path: one.commit for one in standing.stand_ins} == {OTHER: None, "site.id.yaml": None}
    assert told(standing.content) == [("Errors on the API", ["We look."])] and not standing.content.site.words


def test_another_name_of_both(repo: Repo) -> None:
    """The words that were good go with the file to its new name, and not with a change of the language."""
    with reading(repo) as reader:
        text = WORDS + LIHAT + "\nTeks yang cukup panjang untuk git.\n" * 9
        good = repo.commit({OTHER: text})
        repo.move(NAME, "incidents/gateway.md")
        repo.move(OTHER, "incidents/gateway.id.md")
        repo.commit({"incidents/gateway.id.md": text.replace("title", "titel")})
        standing = read(reader, repo)
        assert {one.path: one.commit for one in standing.stand_ins} == {"incidents/gateway.id.md": good}
        assert [title for title, _ in told(standing.content)] == ["Galat pada API"]
        repo.move("incidents/gateway.id.md", "incidents/gateway.de.md")
        repo.commit()
        standing = read(reader, repo)
        assert {one.path: one.commit for one in standing.stand_ins} == {"incidents/gateway.de.md": None}
        assert [title for title, _ in told(standing.content, "de")] == ["Errors on the API"]
