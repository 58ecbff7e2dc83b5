"""A folder that was imported into before, or that was there: nothing of it is lost, doubled or led astray."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path
from shutil import rmtree

import pytest
from command import read_tree, run_statusgen

from statusgen.build.cache import Cache
from statusgen.build.pipeline import read_content
from statusgen.build.reader import Reader
from statusgen.errors import Error
from statusgen.importers.cstate import take_cstate
from statusgen.importers.record import keys_of_changes, read_record, write_bytes
from statusgen.importers.report import headline_of, lines_of
from statusgen.importers.takeover import take_over
from statusgen.model.entries import Change, Incident
from statusgen.model.site import Content
from statusgen.problems import has_errors
from statusgen.source.folder import read_source


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


CONFIG = "title: Acme\nbaseURL: https://status.acme.example\nparams:\n  systems: [{name: API}]\n"
NOW = datetime(2026, 11, 20, 12, tzinfo=UTC)


def issue(title: str = "Down", date: str = "2026-01-02 10:00", more: str = "resolved: true\n", body: str = "A") -> str:
    return f"---\ntitle: {title}\ndate: {date}\n{more}severity: down\nsection: issue\n---\n\n{body}\n"


def run(tmp_path: Path, files: dict[str, str], config: str = CONFIG, now: datetime = NOW) -> tuple[str, Content]:
    """Imports a cState site of these issues: the report, and what is read from the folder, which has no error."""
    source, into = tmp_path / "old", tmp_path / "new"
    rmtree(source, ignore_errors=True)
    for name, text in {
        "config.yml": config,
        **{f"content/issues/{name}": text for name, text in files.items()},
    }.items():
        (source / name).parent.mkdir(parents=True, exist_ok=True)
        (source / name).write_text(text)
    report = take_over(take_cstate(source, now, keys_of_changes(read_record(into))), into)
    content, problems = read_content(read_source(into), now, Reader(Cache(None)))
    assert content and not has_errors(problems), problems
    return "\n".join([*lines_of(report), headline_of(report)]), content


def found(content: Content) -> dict[str, tuple[str, str]]:
    entries: list[Incident | Change] = [*content.incidents, *content.changes]
    return {entry.title: (entry.path, entry.id) for entry in entries}


def test_what_comes_later_takes_no_place_of_another(tmp_path: Path) -> None:
    first = {"2024/down.md": issue("One")}
    run(tmp_path, first)
    both = {**first, "2023/down.md": issue("Two", "2023-01-02"), "2022/Down.md": issue("Three", "2022-01-02")}
    for _ in range(2):
        report, content = run(tmp_path, both)
        assert found(content) == {
            "One": ("incidents/down.md", "down"),
            "Two": ("incidents/down-3.md", "down-3"),
            "Three": ("incidents/Down-2.md", "Down-2"),
        }
    assert "; 0 files written, 4 unchanged" in report
    # What is there no more keeps its place too.
    report, content = run(tmp_path, {"2021/down.md": issue("Four", "2021-01-02")})
    assert found(content)["Four"] == ("incidents/down-4.md", "down-4")


def test_entries_that_an_earlier_version_put_into_one_file_are_parted(tmp_path: Path) -> None:
    both = {"2023/down.md": issue("Two", "2023-01-02"), "2024/down.md": issue("One")}
    run(tmp_path, both)
    record = tmp_path / "new" / ".import.json"
    data = json.loads(record.read_bytes())
    paths = dict.fromkeys(data["entries"], "incidents/down.md")
    files = {path: data["files"][path] for path in ("incidents/down.md", "site.yaml")}
    record.write_text(json.dumps({"files": files, "entries": paths}))
    (tmp_path / "new/incidents/down-2.md").unlink()
    _, content = run(tmp_path, both)
    assert {path for path, _ in found(content).values()} == {"incidents/down.md", "incidents/down-2.md"}


def test_another_site_is_refused(tmp_path: Path) -> None:
    run(tmp_path, {"down.md": issue("One")})
    before = read_tree(tmp_path / "new")
    other = CONFIG.replace("status.acme", "status.other")
    with pytest.raises(Error, match=r"imported from status.acme.example, and this is status.other.example: give"):
        run(tmp_path, {"down.md": issue("Other")}, other)
    result = run_statusgen("import", "cstate", tmp_path / "old", "--into", tmp_path / "new")
    assert (result.returncode, len(result.stderr.splitlines())) == (2, 1)
    assert read_tree(tmp_path / "new") == before
    with pytest.raises(Error, match="under a new name, remove `site`"):
        run(tmp_path, {"down.md": issue("Other")}, "title: Other\n")
    run(tmp_path, {"down.md": issue("Same")}, CONFIG.replace("https://", "http://").replace("Acme", "Acme Inc."))


def test_a_name_with_braces(tmp_path: Path) -> None:
    report, content = run(tmp_path, {"a.md": issue()}, CONFIG.replace("name: API", "name: 'API {v2}'"))
    assert ("affected/api-v2/index.xml", "components/api-v2/history.rss") in content.site.feeds_also
    assert "; 2 files written" in report


def test_nothing_is_written_before_all_is_planned(tmp_path: Path) -> None:
    (tmp_path / "new" / "incidents").mkdir(parents=True)
    (tmp_path / "new" / "site.yaml").mkdir()
    with pytest.raises(Error, match=r"site.yaml: cannot be read"):
        run(tmp_path, {"a.md": issue()})
    assert [*(tmp_path / "new").rglob("*.md")] == []


def test_a_kind_that_changes(tmp_path: Path) -> None:
    _, content = run(tmp_path, {"a.md": issue("Network")})
    assert content.incidents[0].path == "incidents/a.md"
    report, content = run(tmp_path, {"a.md": issue("Scheduled maintenance")})
    assert (len(content.incidents), [change.path for change in content.changes]) == (0, ["changes/a.md"])
    assert "changes/a.md: was incidents/a.md" in report
    assert "incidents/a/index.html" in content.changes[0].aliases
    assert "; 0 files written" in run(tmp_path, {"a.md": issue("Scheduled maintenance")})[0]
    edited = tmp_path / "new/changes/a.md"
    edited.write_text(edited.read_text().replace("Scheduled", "Our"))
    report, content = run(tmp_path, {"a.md": issue("Network")})
    assert (found(content), "changes/a.md: edited by hand" in report) == (
        {"Our maintenance": ("changes/a.md", "a")},
        True,
    )


def test_what_was_planned_stays_planned_when_its_time_has_come(tmp_path: Path) -> None:
    planned = issue("Network", "2026-11-21 10:00", "resolvedWhen: 2026-11-21 12:00\n")
    later = datetime(2026, 12, 1, tzinfo=UTC)
    assert found(run(tmp_path, {"a.md": planned})[1]) == {"Network": ("changes/a.md", "a")}
    report, content = run(tmp_path, {"a.md": planned.replace("severity", "resolved: true\nseverity")}, now=later)
    assert found(content) == {"Network": ("changes/a.md", "a")}
    assert "planned work, as it was when it was imported before" in report
    assert found(run(tmp_path, {"a.md": planned.replace("Network", "Network broken")}, now=later)[1]) == {
        "Network broken": ("incidents/a.md", "a")
    }


def test_the_command_knows_what_was_planned(tmp_path: Path) -> None:
    run(tmp_path, {"a.md": issue("Network", "2020-01-01 10:00")}, now=datetime(2019, 12, 1, tzinfo=UTC))
    result = run_statusgen("import", "cstate", tmp_path / "old", "--into", tmp_path / "new")
    assert "content/issues/a.md -> changes/a.md" in result.stdout


def test_names_that_mean_all_are_warned_of_first(tmp_path: Path) -> None:
    text = issue().replace("section", "affected: [All jobs, Allegro, API]\nsection")
    report, _ = run(tmp_path, {"a.md": text, "b.md": text})
    assert report.startswith("warning: `All jobs` is no system of the site, but 2 issues name it as one: customers see")
    assert report.count("warning: ") == 1
    declared = run(tmp_path, {"a.md": text}, CONFIG.replace("[{name: API", "[{name: All jobs}, {name: API"))[0]
    assert "warning: " not in declared


def test_a_dry_run_makes_no_site(tmp_path: Path) -> None:
    run(tmp_path, {"a.md": issue()})
    result = run_statusgen("import", "cstate", tmp_path / "old", "--into", tmp_path / "none", "--dry-run")
    assert "so a new site would be made here" in result.stdout
    assert not (tmp_path / "none").exists()


def test_into_a_site_that_is_written_by_hand(tmp_path: Path) -> None:
    new = tmp_path / "new"
    (new / "incidents").mkdir(parents=True)
    (new / "site.yaml").write_text(
        "name: Mine\nurl: https://x.example\ncomponents:\n  api:\n    name: API\n    aliases: [/affected/api]\n"
        "  web: Web\n"
        "feeds:\n  also: {/index.xml: history.rss}\n"
    )
    mine = "---\ntitle: {}\n{}---\n\n## resolved @ 2020-01-02 10:00 UTC\n\nx\n"
    (new / "incidents" / "down.md").write_text(mine.format("Mine", ""))
    (new / "incidents" / "other.md").write_text(mine.format("Other", "id: late\n"))
    (new / "incidents" / "renamed.md").write_text(mine.format("Known", "aliases: [/issues/known/]\n"))
    files = {"down.md": issue("Theirs"), "late.md": issue("Late"), "known.md": issue("Known again", more="")}
    for name, text in files.items():
        files[name] = text.replace("section:", "affected: [API, Web]\nsection:")
    for _ in range(2):
        report, content = run(tmp_path, files)
        assert found(content) == {
            "Mine": ("incidents/down.md", "down"),
            "Other": ("incidents/other.md", "late"),
            "Known": ("incidents/renamed.md", "renamed"),
            "Theirs": ("incidents/down-2.md", "down-2"),
            "Late": ("incidents/late.md", "late-2"),
        }
        assert [line for line in report.splitlines() if line.startswith("site.yaml: ")] == [
            "site.yaml: edited by hand, kept as it is",
            "site.yaml: add to `aliases` of the component `web` its old address `/affected/web/`",
            'site.yaml: add to `feeds: also:` the line `"/issues/index.xml": history.rss`',
            'site.yaml: add to `feeds: also:` the line `"/affected/api/index.xml": components/api/history.rss`',
            'site.yaml: add to `feeds: also:` the line `"/affected/web/index.xml": components/web/history.rss`',
        ]


def test_groups_keep_their_ids(tmp_path: Path) -> None:
    config = CONFIG.replace("systems:", "categories: [{name: Platform}]\n  systems:").replace(
        "API", "API, category: Platform"
    )
    _, content = run(tmp_path, {"a.md": issue()}, config)
    assert [group.id for group in content.site.groups] == ["platform"]
    _, content = run(tmp_path, {"a.md": issue()}, config.replace("[{name: API", "[{name: Platform}, {name: API"))
    assert [group.id for group in content.site.groups] == ["platform"]
    assert [component.id for component in content.site.components] == ["platform-2", "api"]
