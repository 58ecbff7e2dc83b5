"""What the README says works as it stands there."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner
from command import run_statusgen

sys.path.append(str(Path(__file__).parent / "source"))
from git_repo import Repo

from statusgen.cli.main import statusgen

README = (Path(__file__).resolve().parent.parent / "README.md").read_text("utf-8")


def blocks(language: str) -> list[str]:
    return re.findall(rf"^```{language}\n(.*?)^```$", README, re.DOTALL | re.MULTILINE)


def started(folder: Path) -> Path:
    """A new site, with the component that the README adds."""
    assert run_statusgen("init", str(folder)).returncode == 0
    site = folder / "content/site.yaml"
    component = next(block for block in blocks("yaml") if block.startswith("components:"))
    site.write_text(site.read_text("utf-8").replace("components:\n", component, 1), "utf-8")
    return folder / "content"


def test_its_incident_and_its_change_pass_the_check(tmp_path: Path) -> None:
    content = started(tmp_path)
    incident, updates, change, translation = blocks("markdown")
    (content / "incidents/2026-11-03-api-errors.md").write_text(f"{incident}\n{updates}", "utf-8")
    timed = change.replace("## scheduled\n", "## scheduled @ 2026-11-20 12:00\n")
    assert timed != change
    (content / "changes/postgres.md").write_text(timed, "utf-8")
    # Two weeks later, a report would be asked for.
    checked = run_statusgen("check", "--content", str(content), "--at", "2026-11-04T12:00Z")
    assert (checked.returncode, checked.stdout) == (0, "no problems.\n")
    site = content / "site.yaml"
    site.write_text(f"languages: [id]\nchecks: {{untranslated: off}}\n{site.read_text('utf-8')}", "utf-8")
    (content / "incidents/2026-11-03-api-errors.id.md").write_text(translation, "utf-8")
    checked = run_statusgen("check", "--content", str(content), "--at", "2026-11-04T12:00Z")
    assert (checked.returncode, checked.stdout) == (0, "no problems.\n")


def test_its_example_of_a_problem_is_what_check_says(tmp_path: Path) -> None:
    content = started(tmp_path)
    wrong = blocks("markdown")[0].replace("  jobs:", "  job:")
    (content / "incidents/2026-11-03-api-errors.md").write_text(wrong, "utf-8")
    said = run_statusgen("check", "--content", "content", cwd=tmp_path).stdout
    example = re.search(r"^    (content/incidents.*\n)    (    did you mean.*\n)", README, re.MULTILINE)
    assert example and example[1] + example[2] in said


def test_its_theme_is_built(tmp_path: Path) -> None:
    started(tmp_path)
    style = tmp_path / "themes/mine/assets/custom.css"
    style.parent.mkdir(parents=True)
    style.write_text(blocks("css")[0], "utf-8")
    assert run_statusgen("build", "--output", "out", "--theme", "mine", cwd=tmp_path).returncode == 0
    built = next((tmp_path / "out/assets").glob("style.*.css")).read_text("utf-8")
    assert all(value.strip() in built for value in re.findall(r"^  --.*$", blocks("css")[0], re.MULTILINE))
    default = Path(__file__).resolve().parent.parent / "themes/default/assets/style.css"
    for name in re.findall(r"(--\w+):", blocks("css")[0]):
        assert f"{name}:" in default.read_text("utf-8")


def test_its_commands_and_options_exist() -> None:
    for name, rest in re.findall(r"statusgen (init|check|build|watch|serve|next|import feed)\b([^`\n;]*)", README):
        said = CliRunner().invoke(statusgen, [*name.split(), "--help"]).output
        for option in re.findall(r"--[a-z]+", rest.split("#")[0].split("&&")[0]):
            assert option in said, (name, option)


def test_its_hook_publishes_what_is_pushed(tmp_path: Path) -> None:
    bare = Repo(tmp_path / "status.git")
    bare.git("config", "core.bare", "true")
    work = Repo(tmp_path / "work")
    hook = next(block for block in blocks("bash") if block.startswith("#!/bin/sh"))
    program = f"{sys.executable} -m statusgen"
    hook = hook.replace("/opt/statusgen/bin/statusgen", program).replace("/srv/www/status", str(tmp_path / "www"))
    path = tmp_path / "status.git/.git/hooks/post-receive"
    path.write_text(hook, "utf-8")
    path.chmod(0o755)
    assert run_statusgen("init", str(work.top)).returncode == 0
    work.commit()
    work.git("push", "-q", str(tmp_path / "status.git/.git"), "main")
    page = tmp_path / "www/index.html"
    assert "All Systems Operational" in page.read_text("utf-8")
    incident = blocks("markdown")[0].replace("jobs:", "website:")
    work.commit(incident, "incidents/2026-11-03-api-errors.md")
    work.git("push", "-q", str(tmp_path / "status.git/.git"), "main")
    assert "Elevated error rates" in page.read_text("utf-8")


def test_its_service_is_one_that_systemd_takes(tmp_path: Path) -> None:
    if not shutil.which("systemd-analyze"):
        pytest.skip("systemd is not installed")
    unit = blocks("ini")[0].replace("/opt/statusgen/bin/statusgen", sys.executable)
    path = tmp_path / "statusgen.service"
    path.write_text(unit, "utf-8")
    verified = subprocess.run(["systemd-analyze", "verify", path], capture_output=True, text=True, check=False)
    assert (verified.returncode, verified.stdout, verified.stderr) == (0, "", "")
    hardened = ["systemd-analyze", "security", "--offline=true", "--no-pager", str(path)]
    said = subprocess.run(hardened, capture_output=True, text=True, check=False).stdout
    exposure = re.search(r"exposure level for \S+: (\d+\.\d)", said)
    assert exposure and float(exposure[1]) < 2.5, said


def test_the_files_it_names_are_there() -> None:
    root = Path(__file__).resolve().parent.parent
    for name in re.findall(r"(?:themes/default|tests|content)/[\w./-]+", README):
        if name.startswith("content/") and not name.endswith("/"):
            continue
        assert (root / name).exists(), name


def test_the_second_command_is_what_the_checks_run() -> None:
    script = (Path(__file__).resolve().parent.parent / ".ci/run").read_text("utf-8")
    assert "README.md" in script
    assert ".venv/bin/pytest" in blocks("sh")[1] and len(blocks("sh")) == 2
