"""What is saved is what is seen, and what is wrong takes nothing away."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from serving import FIRST, HEAD, INCIDENT, NAME, PAGE, SITE, serving, write

TYPO = INCIDENT.replace("api: major_outage", "api: major_outrage")
DRAFT = INCIDENT.replace("---\n", "---\ndraft: true\n", 1).replace("on the API", "in a draft")


@pytest.fixture
def content(tmp_path: Path) -> Path:
    return write(tmp_path / "content", {"site.yaml": SITE, NAME: INCIDENT})


def test_a_save_is_shown_and_nothing_is_written(content: Path) -> None:
    before = sorted(content.parent.rglob("*"))
    with serving(content) as preview:
        assert "We are looking into it." in preview.ask(PAGE).text
        write(content, {NAME: INCIDENT.replace("looking into", "working on")})
        assert preview.until(PAGE, lambda page: "We are working on it." in page.text).problems == ""
        assert "We are working on it." in preview.ask("feed.rss").text
    assert sorted(content.parent.rglob("*")) == before


def test_a_save_in_the_way_of_editors(content: Path, tmp_path: Path) -> None:
    """Written beside its place and renamed over it, with the size and the time of the one before."""
    about = (content / NAME).stat()
    with serving(content) as preview:
        fresh = content / "incidents/.api.md.swp"
        fresh.write_text(INCIDENT.replace("looking", "peering"), "utf-8")
        os.utime(fresh, ns=(about.st_atime_ns, about.st_mtime_ns))
        fresh.replace(content / NAME)
        preview.until(PAGE, lambda page: "We are peering into it." in page.text)


def test_a_typo_keeps_what_was_good_until_it_is_mended(content: Path) -> None:
    with serving(content) as preview:
        assert preview.ask("").problems == ""
        write(
            content, {NAME: TYPO.replace("looking", "staring"), "pages/about.md": "---\ntitle: About us\n---\n\nHi.\n"}
        )
        page = preview.until(PAGE, lambda page: bool(page.problems))
        assert 'role="status"' in page.problems and "<details open>" in page.problems
        assert f"{content}/{NAME}:4</code>" in page.problems
        assert "error[unknown-state]" in page.problems and "did you mean `major_outage`?" in page.problems
        assert "We are looking into it." in page.text, "it shows what was last good"
        assert "About us" in page.text, "all else is current"
        assert preview.hear("unknown-state").startswith(f"{content}/{NAME}:4: error")
        write(content, {NAME: INCIDENT.replace("looking", "staring")})
        assert "We are staring into it." in preview.until(PAGE, lambda page: not page.problems).text


def test_advice_on_what_is_saved(content: Path) -> None:
    """And none on what was there before."""
    write(content, {"incidents/old.md": INCIDENT.replace("We are looking into it.", "TODO")})
    with serving(content) as preview:
        assert preview.ask("").problems == ""
        write(content, {NAME: INCIDENT + "\n## resolved @ 2026-11-03 10:00\n\n{{ message }}\n"})
        page = preview.until(PAGE, lambda page: "warning[leftover]" in page.problems)
        assert f"{content}/{NAME}:13</code>" in page.problems and "old.md" not in page.problems
        write(content, {NAME: INCIDENT + "\n## resolved @ 2026-11-03 10:00\n\nAll is well.\n"})
        preview.until(PAGE, lambda page: not page.problems)


def test_problems_are_told_once(content: Path) -> None:
    with serving(content) as preview:
        write(content, {NAME: TYPO})
        preview.until(PAGE, lambda page: "unknown-state" in page.problems)
        write(content, {"incidents/more.md": TYPO.replace("investigating", "investigatin")})
        preview.until(PAGE, lambda page: "incidents/more.md" in page.problems)
        preview.hear("more.md:7")
        assert sum(f"{NAME}:4" in line for line in preview.said) == 1


def test_a_file_that_never_was_good_is_left_out(content: Path) -> None:
    write(content, {"incidents/new.md": TYPO})
    with serving(content) as preview:
        assert "incidents/new.md:4" in preview.ask("").problems
        missing = preview.ask("incidents/new/")
        assert missing.code == 404 and "incidents/new.md:4" in missing.problems
        write(content, {"incidents/new.md": INCIDENT})
        assert preview.until("incidents/new/", lambda page: page.code == 200).problems == ""


def test_a_name_that_nothing_has_is_left_out(content: Path) -> None:
    with serving(content) as preview:
        write(content, {NAME: INCIDENT.replace("api: major", "apo: major").replace("looking", "glancing")})
        page = preview.until(PAGE, lambda page: "unknown-component" in page.problems)
        assert "We are glancing into it." in page.text


def test_files_come_move_and_go(content: Path) -> None:
    with serving(content) as preview:
        assert preview.ask("incidents/2026-new/").code == 404
        write(content, {"incidents/2026/deep/2026-new.md": INCIDENT})
        preview.until("incidents/2026-new/", lambda page: page.code == 200)
        (content / "incidents/2026/deep/2026-new.md").rename(content / "incidents/2026/deep/moved.md")
        preview.until("incidents/2026-new/", lambda page: page.code == 404)
        assert preview.ask("incidents/moved/").code == 200
        (content / "incidents/2026/deep/moved.md").unlink()
        preview.until("incidents/moved/", lambda page: page.code == 404)
        assert preview.ask(PAGE).code == 200


def test_warnings_are_there_but_folded(content: Path) -> None:
    with serving(content) as preview:
        write(content, {NAME: f"---\ntitle: Errors\n---\n\n{FIRST}"})
        assert "<details>" in preview.until(PAGE, lambda page: "warning[no-components]" in page.problems).problems


@pytest.mark.parametrize("drafts", [True, False])
def test_drafts(content: Path, drafts: bool) -> None:
    """Whatever is wrong with one, which is only a warning."""
    wrong = DRAFT.replace("api: major_outage", "apo: major_outage")
    write(
        content, {"incidents/draft.md": DRAFT, "incidents/wrong.md": wrong, "incidents/x.md": "---\ndraft: true\n---\n"}
    )
    with serving(content, *["--drafts"] * drafts) as preview:
        assert preview.ask("incidents/draft/").code == preview.ask("incidents/wrong/").code == (200 if drafts else 404)
        assert ("Errors in a draft" in preview.ask("").text) == drafts
        assert preview.ask("incidents/x/").code == 404
        write(content, {"incidents/draft.md": DRAFT.replace("draft: true\n", "")})
        preview.until("incidents/draft/", lambda page: page.code == 200 and "draft.md" not in page.problems)


def test_a_broken_site_yaml_keeps_the_site(content: Path) -> None:
    with serving(content) as preview:
        write(content, {"site.yaml": SITE.replace("UTC", "UTX"), NAME: INCIDENT.replace("looking", "peeking")})
        page = preview.until(PAGE, lambda page: "site.yaml:3" in page.problems and "peeking" in page.text)
        assert "error[unknown-zone]" in page.problems and "Acme" in page.text
        (content / "site.yaml").unlink()
        assert "Acme" in preview.until(PAGE, lambda page: "missing-file" in page.problems).text
        write(content, {"site.yaml": SITE.replace("Acme", "Emca")})
        assert "Emca" in preview.until(PAGE, lambda page: not page.problems).text


def test_a_site_that_never_was_good(content: Path) -> None:
    write(content, {"site.yaml": "name: [\n"})
    with serving(content) as preview:
        page = preview.ask("")
        assert page.code == 503 and "There is nothing to show yet" in page.text and "site.yaml" in page.problems
        write(content, {"site.yaml": SITE})
        assert preview.until("", lambda page: page.code == 200).problems == ""


def test_the_folder_goes_and_comes_back(content: Path) -> None:
    with serving(content) as preview:
        content.rename(content.with_name("elsewhere"))
        page = preview.until(PAGE, lambda page: bool(page.problems))
        assert "there is no content folder" in page.problems and "We are looking into it." in page.text
        write(content, {"site.yaml": SITE, NAME: INCIDENT.replace("looking", "back")})
        preview.until(PAGE, lambda page: "We are back into it." in page.text)
        write(content, {NAME: INCIDENT.replace("looking", "watched again and")})
        preview.until(PAGE, lambda page: "We are watched again and into it." in page.text)


def test_a_template_that_breaks_and_is_mended(content: Path) -> None:
    theme = content.parent / "themes/mine"
    write(
        theme, {"templates/page.html": "<!doctype html><html><head></head><body>{{ page.page.title }}!</body></html>"}
    )
    write(content, {"pages/about.md": "---\ntitle: About us\n---\n\nHi.\n"})
    with serving(content, "--theme", "mine") as preview:
        assert "About us!" in preview.ask("pages/about/").text
        for broken, said in (
            ("{% if %}", "page.html:1:"),
            ("{{ nothing.at.all }}", "&#x27;nothing&#x27; is undefined"),
        ):
            write(theme, {"templates/page.html": broken})
            page = preview.until("pages/about/", lambda page, said=said: said in page.problems)  # type: ignore[misc]
            assert "About us!" in page.text and "themes/mine" in page.problems
            assert "We are looking into it." in preview.ask(PAGE).text
        write(theme, {"templates/page.html": "{{ page.page.title }}?", "assets/custom.css": "a { color: red }"})
        page = preview.until("pages/about/", lambda page: not page.problems)
        assert page.text.startswith("About us?<script src="), "a page without any tags has its script behind it"


def test_a_template_that_never_was_good(content: Path) -> None:
    write(content.parent / "themes/mine", {"templates/base.html": "{% block %}"})
    with serving(content, "--theme", "mine") as preview:
        page = preview.ask("")
        assert page.code == 503 and "base.html:1" in page.problems


def test_the_page_as_of_a_time(content: Path) -> None:
    write(content, {NAME: f"{HEAD}{FIRST}\n## resolved @ 2026-11-03 11:00\n\nOver.\n"})
    with serving(content, "--at", "2026-11-03T10:00Z") as preview:
        assert "Over." not in preview.ask(PAGE).text
