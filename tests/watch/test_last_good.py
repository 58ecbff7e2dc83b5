"""A typo closes no incident and takes no page down: what is shown of files with errors."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from watching import DONE, HEAD, LOOK, SITE, Clock, Repo, Watcher, publish_once, shown

NAME = "incidents/api.md"
BROKEN = "---\ntitle: [\n---\n"
# What a page says of an incident that is not over.
OPEN = "Errors on the API"


pytest_plugins = ["watch_fixtures"]


def test_the_newest_good_version(repo: Repo, watcher: Watcher) -> None:
    good = repo.commit({NAME: HEAD + LOOK + "Second version.\n"})
    repo.commit({NAME: BROKEN})
    assert shown(watcher.wait_for(repo.head)) == {f"content/{NAME}": good}
    assert f"content/{NAME} is shown as it was in {good[:12]}" in watcher.log
    assert "Second version." in watcher.page("incidents/api/index.html")
    # Broken in another way, it is the same one.
    repo.commit({NAME: BROKEN * 2, "pages/about.md": "---\ntitle: About\n---\n\nUs.\n"})
    assert shown(watcher.wait_for(repo.head)) == {f"content/{NAME}": good}
    assert (watcher.output / "pages/about/index.html").exists()
    repo.commit({NAME: HEAD + LOOK + DONE})
    assert watcher.wait_for(repo.head)["state"] == "ok"
    assert "All is well." in watcher.page("incidents/api/index.html")


def test_versions_that_were_never_published(repo: Repo, watcher: Watcher) -> None:
    """Two good ones and a broken one in one push: the newest good one counts, though nobody has seen it."""
    published = repo.head
    repo.git("checkout", "-q", "-b", "work")
    repo.commit({NAME: HEAD + LOOK + "Second version.\n"})
    good = repo.commit({NAME: HEAD + LOOK + "Third version.\n"})
    broken = repo.commit({NAME: BROKEN})
    repo.git("branch", "-f", "main", broken)
    assert shown(watcher.wait_for(broken)) == {f"content/{NAME}": good}
    assert "Third version." in watcher.page("incidents/api/index.html")
    # A push by force of another course has only what is in that course.
    repo.git("checkout", "-q", "-B", "work", published)
    other = repo.commit({NAME: BROKEN})
    repo.git("branch", "-f", "main", other)
    first = repo.git("rev-list", "--max-parents=0", "HEAD")
    assert shown(watcher.wait_for(other)) == {f"content/{NAME}": first}
    assert "Third version." not in watcher.page("incidents/api/index.html")


@pytest.mark.parametrize("new", ["incidents/2026/web.md", "incidents/api.txt", "incidents/api"])
def test_renamed_and_broken_at_once(repo: Repo, watcher: Watcher, new: str) -> None:
    text = HEAD + LOOK + "A long text that makes it the same file for git.\n" * 9
    good = repo.commit({NAME: text})
    repo.move(NAME, new)
    repo.commit({new: text.replace("title", "titel") if new.endswith(".md") else text})
    status = watcher.wait_for(repo.head)
    assert shown(status)[f"content/{new}"] == good
    assert OPEN in watcher.page()
    repo.git("reset", "-q", "--hard", good)
    assert watcher.wait_for(good)["problems"] == []


def test_a_new_file_with_the_name_that_another_one_had(repo: Repo, watcher: Watcher, clock: Clock) -> None:
    text = HEAD + LOOK + "A long text that makes it the same file for git.\n" * 9
    repo.commit({NAME: text})
    repo.move(NAME, "incidents/gateway.md")
    good = repo.commit({"incidents/gateway.md": text + "More.\n"})
    repo.commit({"incidents/gateway.md": text.replace("title", "titel")})
    clock.move(hours=1)
    repo.commit({NAME: HEAD.replace("API", "website") + LOOK})
    status = watcher.wait_for(repo.head)
    assert shown(status)["content/incidents/gateway.md"] == good
    # The one that is open keeps its address, whatever else is there now.
    assert OPEN in watcher.page("incidents/gateway/index.html") and OPEN in watcher.page()
    assert "Errors on the website" in watcher.page("incidents/api/index.html")
    assert "Errors on the website" in watcher.page()


def test_an_open_incident_named_like_a_translation(repo: Repo, watcher: Watcher, clock: Clock) -> None:
    repo.commit({"incidents/web.db.md": HEAD.replace("API", "database") + LOOK})
    clock.move(hours=1)
    repo.commit({"incidents/web.md": HEAD.replace("API", "website") + LOOK})
    status = watcher.wait_for(repo.head)
    assert [problem["code"] for problem in status["problems"]] == ["unknown-language"]
    assert "Errors on the database" in watcher.page() and "Errors on the website" in watcher.page()
    # What is new beside an older file is a translation, each version of it.
    repo.commit({"incidents/api.de.md": HEAD.replace("Errors on the", "Fehler der") + LOOK})
    repo.commit({"incidents/api.de.md": HEAD.replace("Errors on the", "Fehler der") + LOOK + "Mehr.\n"})
    watcher.wait_for(repo.head)
    assert "Fehler der" not in watcher.page() and OPEN in watcher.page()


def test_the_site_in_another_language(repo: Repo, watcher: Watcher) -> None:
    repo.commit({"site.yaml": SITE + "languages: [de]\n"})
    good = repo.commit({"site.de.yaml": "name: Acme auf Deutsch\n"})
    repo.commit({"site.de.yaml": "name: [\n"})
    assert shown(watcher.wait_for(repo.head)) == {"content/site.de.yaml": good}
    assert f"content/site.de.yaml is shown as it was in {good[:12]}" in watcher.log
    assert "Acme auf Deutsch" in watcher.page("de/index.html")


def test_broken_again_just_as_before(repo: Repo, watcher: Watcher) -> None:
    first = repo.git("rev-parse", "HEAD~1")
    repo.commit({NAME: BROKEN})
    assert shown(watcher.wait_for(repo.head)) == {f"content/{NAME}": first}
    mended = repo.commit({NAME: HEAD + LOOK + "Mended.\n"})
    watcher.wait_for(mended)
    repo.commit({NAME: BROKEN})
    assert shown(watcher.wait_for(repo.head)) == {f"content/{NAME}": mended}
    assert "Mended." in watcher.page("incidents/api/index.html")


def test_a_new_file_that_was_never_good(repo: Repo, watcher: Watcher) -> None:
    repo.commit({"incidents/new.md": BROKEN})
    status = watcher.wait_for(repo.head)
    assert shown(status) == {"content/incidents/new.md": None}
    assert not (watcher.output / "incidents/new").exists() and OPEN in watcher.page()
    assert watcher.log.count("content/incidents/new.md is NOT SHOWN") == 1
    # Deleted while it is broken, and back: it has a history, but the one that is there now is shown.
    repo.delete(NAME)
    repo.commit({"incidents/new.md": HEAD.replace("API", "website") + LOOK})
    assert watcher.wait_for(repo.head)["problems"] == []
    assert not (watcher.output / "incidents/api").exists()


def test_a_new_file_in_the_place_of_a_deleted_one(repo: Repo, watcher: Watcher) -> None:
    repo.delete(NAME)
    deleted = repo.commit()
    watcher.wait_for(deleted)
    repo.commit({NAME: BROKEN})
    assert shown(watcher.wait_for(repo.head)) == {f"content/{NAME}": None}
    assert OPEN not in watcher.page()
    # What it was itself is another matter.
    good = repo.commit({NAME: HEAD.replace("API", "website") + LOOK})
    repo.commit({NAME: BROKEN})
    assert shown(watcher.wait_for(repo.head)) == {f"content/{NAME}": good}
    # Deleted by mistake, and put back as it was.
    repo.delete(NAME)
    gone = repo.commit()
    repo.git("revert", "--no-edit", gone)
    assert shown(watcher.wait_for(repo.head)) == {f"content/{NAME}": good}


def test_a_new_file_on_both_sides_of_a_merge(repo: Repo, watcher: Watcher) -> None:
    """One of them in the place of a deleted one."""
    repo.delete(NAME)
    repo.commit()
    repo.git("checkout", "-q", "-b", "side")
    good = repo.commit({NAME: HEAD.replace("API", "website") + LOOK})
    repo.commit({NAME: BROKEN * 2})
    repo.git("checkout", "-q", "main")
    repo.commit({NAME: BROKEN})
    assert shown(watcher.wait_for(repo.head)) == {f"content/{NAME}": None}
    repo.git("merge", "-q", "--no-ff", "--no-edit", "-s", "ours", "side")
    assert shown(watcher.wait_for(repo.head)) == {f"content/{NAME}": good}


def test_a_file_that_only_the_other_side_deleted(repo: Repo, watcher: Watcher) -> None:
    first = repo.git("rev-parse", "HEAD~1")
    repo.git("checkout", "-q", "-b", "side")
    repo.delete(NAME)
    repo.commit()
    repo.git("checkout", "-q", "main")
    repo.commit({NAME: BROKEN})
    repo.git("merge", "-q", "--no-ff", "--no-edit", "-s", "ours", "side")
    assert shown(watcher.wait_for(repo.head)) == {f"content/{NAME}": first}


def test_a_broken_copy_of_another_file(repo: Repo, watcher: Watcher) -> None:
    """It is a new file, though git takes it for the other one's successor."""
    text = HEAD + LOOK + "A long text that makes it the same file for git.\n" * 9
    repo.commit({NAME: text})
    repo.move(NAME, "incidents/other.md")
    repo.commit()
    repo.commit({"incidents/copy.md": text.replace("title", "titel")})
    assert shown(watcher.wait_for(repo.head)) == {"content/incidents/copy.md": None}


def test_untimed_headings_of_a_stand_in(repo: Repo, watcher: Watcher, clock: Clock) -> None:
    clock.move(hours=1)
    repo.commit({NAME: HEAD + "## investigating\n\nWe look.\n"})
    clock.move(hours=1)
    repo.commit({NAME: HEAD + "## investigating\n\nWe look.\n\n## identified\n\nA disk.\n"})
    clock.move(hours=1)
    repo.commit({NAME: BROKEN})
    watcher.wait_for(repo.head)
    page = watcher.page("incidents/api/index.html")
    # The first one is as old as its text, which had another time by hand before.
    assert "2026-11-03T09:00:00" in page and "2026-11-03T11:00:00" in page


@pytest.mark.parametrize("text", [BROKEN, "", "name: X\n", None])
def test_a_broken_site_yaml(repo: Repo, watcher: Watcher, tmp_path: Path, clock: Clock, text: str | None) -> None:
    repo.commit({"site.yaml": SITE.replace("Acme", "Newer")})
    repo.delete("site.yaml")
    repo.commit({} if text is None else {"site.yaml": text})
    status = watcher.wait_for(repo.head)
    assert status["state"] == "problems" and "content/site.yaml" in status["problems"][0]["path"]
    repo.commit({NAME: HEAD + LOOK + DONE})
    watcher.wait_for(repo.head)
    assert "Newer" in watcher.page() and "All is well." in watcher.page("incidents/api/index.html")
    # Also one that was deleted in between is the site's.
    repo.git("rm", "-q", "--ignore-unmatch", "content/site.yaml")
    repo.commit()
    repo.commit({"site.yaml": BROKEN})
    watcher.wait_for(repo.head)
    assert "Newer" in watcher.page()
    # Also for a watcher that begins now.
    assert publish_once(repo.top, tmp_path / "output", clock=clock).returncode == 0
    assert "Newer" in (tmp_path / "output/index.html").read_text("utf-8")


def test_a_component_that_an_open_incident_names_is_removed(repo: Repo, watcher: Watcher) -> None:
    repo.commit({"site.yaml": SITE.replace("api: API, ", "")})
    status = watcher.wait_for(repo.head)
    assert [problem["code"] for problem in status["problems"]] == ["unknown-component"]
    page = watcher.page("incidents/api/index.html")
    assert OPEN in watcher.page() and "critical" in page.casefold() + watcher.page().casefold()


def test_two_files_with_one_id(repo: Repo, watcher: Watcher, clock: Clock) -> None:
    """The one that was there first keeps its address, though the other comes before it by name."""
    clock.move(hours=1)
    other = HEAD.replace("API", "website").replace("title", "id: api\ntitle")
    repo.commit({"incidents/a-first-by-name.md": other + LOOK})
    status = watcher.wait_for(repo.head)
    assert [problem["code"] for problem in status["problems"]] == ["duplicate-id"]
    assert OPEN in watcher.page("incidents/api/index.html")
    assert "Errors on the website" in watcher.page("incidents/a-first-by-name/index.html")


def test_a_report_about_an_incident_that_is_gone(repo: Repo, watcher: Watcher) -> None:
    report = "---\ntitle: The disk\nstatus: open\nincidents: [api]\n---\n\nThe cause.\n"
    repo.commit({"problems/disk.md": report})
    watcher.wait_for(repo.head)
    repo.delete(NAME)
    repo.commit()
    status = watcher.wait_for(repo.head)
    assert [problem["code"] for problem in status["problems"]] == ["unknown-incident"]
    assert "The cause." in watcher.page("problems/disk/index.html")


def test_a_merge_of_a_file_that_is_broken(repo: Repo, watcher: Watcher) -> None:
    """The other line of work has something alike under another name, and never had this file."""
    repo.git("checkout", "-q", "-b", "side")
    repo.commit({"incidents/side.md": BROKEN})
    repo.git("checkout", "-q", "main")
    good = repo.commit({"incidents/new.md": HEAD + LOOK})
    repo.commit({"incidents/new.md": BROKEN})
    repo.git("merge", "-q", "--no-ff", "--no-edit", "side")
    wanted = {"content/incidents/new.md": good, "content/incidents/side.md": None}
    assert shown(watcher.wait_for(repo.head)) == wanted


def test_a_good_version_on_a_branch_that_lost_the_merge(repo: Repo, watcher: Watcher) -> None:
    """It is the newest good one, though the merge left the broken file as it was."""
    first = repo.git("rev-parse", "HEAD~1")
    repo.git("checkout", "-q", "-b", "side")
    better = repo.commit({NAME: HEAD + LOOK + "Second version.\n"})
    repo.git("checkout", "-q", "main")
    repo.commit({NAME: BROKEN})
    assert shown(watcher.wait_for(repo.head)) == {f"content/{NAME}": first}
    repo.git("merge", "-q", "--no-ff", "--no-edit", "-s", "ours", "side")
    assert shown(watcher.wait_for(repo.head)) == {f"content/{NAME}": better}


def test_where_nothing_changed_it_is_told_again(repo: Repo, tmp_path: Path, clock: Clock) -> None:
    good = repo.commit({NAME: HEAD + LOOK + DONE})
    repo.commit({NAME: BROKEN, "pages/about.md": BROKEN})
    told = []
    for name in ("first", "second"):
        options = ("--status", tmp_path / name)
        environment = {"XDG_CACHE_HOME": str(tmp_path / "cache")}
        result = publish_once(repo.top, tmp_path / "output", *options, clock=clock, environment=environment)
        assert result.returncode == 0 and ("nothing has changed since" in result.stderr) == (name == "second")
        told.append(json.loads((tmp_path / name).read_bytes()))
    assert shown(told[0]) == {f"content/{NAME}": good, "content/pages/about.md": None}
    assert told[1]["problems"] == told[0]["problems"]
