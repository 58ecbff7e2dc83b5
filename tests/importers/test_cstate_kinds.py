"""Words of titles and texts by which an issue of cState is planned work, or is not."""

from __future__ import annotations

import pytest

from statusgen.importers.cstate.kinds import find_kind


@pytest.mark.parametrize(
    ("title", "text", "severity", "kind"),
    [
        ("API outage - system update", "All is stuck.", "disrupted", "incident"),
        ("Is down: rollout", "All is stuck.", "down", "incident"),
        ("API outage - system update", "We will upgrade it.", "disrupted", "change"),
        ("Outage: planned system update", "All is stuck.", "down", "change"),
        ("Datacenter move outage", "All is moved.", "disrupted", "change"),
        ("API outage - system update", "All is stuck.", "notice", "change"),
        ("System update", "All is stuck.", "down", "change"),
        ("Update fails", "All is stuck.", "down", "incident"),
    ],
)
def test_outages_and_planned_work(title: str, text: str, severity: str, kind: str) -> None:
    found, _ = find_kind(title, text, severity, informational=False, affected=True, ahead=False, planned_end=False)
    assert found == kind
