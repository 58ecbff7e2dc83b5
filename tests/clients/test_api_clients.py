"""What other people's programs make of /api/v2/: each is run, unchanged, against a site on a server."""

from __future__ import annotations

import json
import re
import subprocess
from pathlib import Path
from typing import Any

import pytest
from command import run_statusgen
from other_clients import node_client, python_client, statuspage_client
from sites import SAMPLE
from static_server import serving

AT = "2026-11-20T20:00Z"
LIMIT_FOR = 120.0
METRIC = re.compile(r"^(\w+)(?:\{(.*)\})? ([0-9.e+-]+)$", re.MULTILINE)
LABEL = re.compile(r'(\w+)="((?:[^"\\]|\\.)*)"')
# Every call that reads, but for two of planned work that ask for what is upcoming, too.
ASK = """
import { createRequire } from "node:module";
const { Statuspage } = createRequire(process.argv[2] + "/")("statuspage.io");
const page = new Statuspage("any");
page.setApiUrl(process.argv[3]);
const { incidents, scheduledMaintenances: work } = page.api;
console.log(JSON.stringify({
  "components.json": await page.api.getComponents(),
  "status.json": await page.api.getStatus(),
  "summary.json": await page.api.getSummary(),
  "incidents.json": await incidents.getAll(),
  "incidents/unresolved.json": await incidents.getUnresolved(),
  "scheduled-maintenances/upcoming.json": await work.getUpcoming(),
}));
"""


@pytest.fixture(scope="module")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The published sample, below a folder of its own: sites work under any path."""
    folder = tmp_path_factory.mktemp("host")
    built = run_statusgen("build", "--content", str(SAMPLE), "--output", str(folder / "status"), "--at", AT)
    assert built.returncode == 0, built.stderr
    return folder


def read(folder: Path, path: str) -> Any:
    return json.loads((folder / "status/api/v2" / path).read_text("utf-8"))


def export(folder: Path, url: str) -> dict[str, list[tuple[dict[str, str], float]]]:
    """What the exporter hands to Prometheus after one look: (labels, value) by metric."""
    services = {"acme": {"url": f"{url}api/v2/summary.json", "name": "Acme"}}
    (folder / "services.json").write_text(json.dumps(services), "utf-8")
    command = [str(python_client().parent / "statuspage-prometheus-exporter")]
    environment = {"RUN_MODE": "once", "METRICS_TEXTFILE_PATH": str(folder / "out.prom"), "PATH": "/usr/bin:/bin"}
    result = subprocess.run(
        command, cwd=folder, env=environment, capture_output=True, text=True, timeout=LIMIT_FOR, check=False
    )
    assert result.returncode == 0 and "ERROR" not in result.stderr, result.stderr
    found: dict[str, list[tuple[dict[str, str], float]]] = {}
    for name, labels, value in METRIC.findall((folder / "out.prom").read_text("utf-8")):
        found.setdefault(name, []).append((dict(LABEL.findall(labels)), float(value)))
    return found


def test_the_exporter_for_prometheus(sample: Path, tmp_path: Path) -> None:
    with serving(sample) as url:
        metrics = export(tmp_path, f"{url}status/")
    summary = read(sample, "summary.json")
    assert metrics["statuspage_probe_check"] == [({"service_name": "Acme"}, 1)]
    assert metrics["statuspage_service_status"] == [({"service_name": "Acme"}, 0)]
    states = {labels["component_name"]: value for labels, value in metrics["statuspage_component_status"]}
    assert states == {one["name"]: float(one["status"] == "operational") for one in summary["components"]}
    assert 0 < sum(states.values()) < len(states)
    incidents = [labels for labels, value in metrics["statuspage_incident_info"] if value == 1]
    assert sorted((one["incident_id"], one["incident_name"], one["impact"], one["shortlink"]) for one in incidents) == (
        sorted((one["id"], one["name"], one["impact"], one["shortlink"]) for one in summary["incidents"])
    )
    assert len(incidents) > 0
    work = [labels for labels, value in metrics["statuspage_maintenance_info"] if value == 1]
    assert sorted((one["maintenance_id"], one["maintenance_name"]) for one in work) == sorted(
        (one["id"], one["name"]) for one in summary["scheduled_maintenances"]
    )
    assert len(work) > 1


def test_an_all_clear_is_one_to_the_exporter(tmp_path: Path) -> None:
    site = "name: Acme\nurl: https://status.acme.example/\ncomponents: {api: API}\n"
    (tmp_path / "content").mkdir()
    (tmp_path / "content/site.yaml").write_text(site, "utf-8")
    assert run_statusgen("build", "--at", AT, cwd=tmp_path).returncode == 0
    with serving(tmp_path / "output") as url:
        metrics = export(tmp_path, url)
    assert metrics["statuspage_service_status"] == [({"service_name": "Acme"}, 1)]
    assert [value for _, value in metrics["statuspage_component_status"]] == [1]
    for name in ("statuspage_incident_info", "statuspage_maintenance_info"):
        assert [value for _, value in metrics[name]] == [0]


def test_the_client_in_javascript(sample: Path, tmp_path: Path) -> None:
    (tmp_path / "ask.mjs").write_text(ASK, "utf-8")
    with serving(sample) as url:
        command = [str(node_client() / "node"), "ask.mjs", str(statuspage_client()), f"{url}status/"]
        result = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, timeout=LIMIT_FOR, check=False)
    assert result.returncode == 0, result.stderr
    found = json.loads(result.stdout)
    assert len(found) == 6
    assert found == {path: read(sample, path) for path in found}
