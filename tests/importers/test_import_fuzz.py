"""Whatever an issue is made of: the import goes on, every file is told of, and what it writes has no error."""

from __future__ import annotations

import tempfile
from pathlib import Path

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from import_checks import NOW, check

from statusgen.importers.cstate import take_cstate
from statusgen.importers.statusfy import take_statusfy

LINES = [
    *("*Update* - ## x", "Update: <<<<<<< a", "````", "`<!-- a", "*Edit* - ```", "b --> c`", "~~~~"),
    *("", "Text.", "---", "--", "***", "+++", "===", "# One", "## resolved @ 2026-01-01 10:00 {x=y}", "##",),
    *("### x", "#tag", "*Resolved* - Fine.", "**Update 2:** more", "[Final message]", "_Edit #1_: x",),
    *("Update: x", "> quote", "    code", "```", "~~~", "<!-- open", "-->", "<!-- a -->", "<script>x</script>",),
    *("<<<<<<< a", "=======", ">>>>>>> b", 'a\\', '{{< track "2026-01-02 11:00" >}}',),
    *('x {{< track "2025-01-01" >}}', '{{< track "soon" >}}', "{{< x >}}", "{a=b}",),
    *("- Fri Jan 2 10:20:30 UTC: x", "- `2026-01-02T11:40:00+01:00`: y", "- [ ] x", "1. a", "| a | b |",),
    *("\u200b## x", "::: update Resolved | 2026-01-02T12:00:00Z", "::: update x", ":::",),
    *("::: update Monitoring | 2025-01-01", "\u2028## x"),
]  # fmt: skip
HEADS = [
    *("title: A", 'title: "B: c"', "title: API: errors", "title: '", "title:", "title: &x", "title: [a, b]",),
    *("title: <b>", "date: 2026-01-02 10:00:00", "date: 2026-01-02", "date: 2027-01-02", "date: 2026-1-2T9:0:1",),
    *("date: x", "date: 2026-13-02", "resolved: true", "resolved: yes", "resolved: false",),
    *("resolvedWhen: 2026-01-02 12:00:00", "resolvedWhen: 2025-01-02", "severity: down", "severity: distrupted",),
    *("severity: notice", "severity: under-maintenance", "informational: true",),
    *("affected: [API, next, status, 'x y', '']", "affected: API", "affectedsystems: [api, '📦', Core]",),
    *("pin: true", "section: issue", "section: issue", "draft: true", "slug: ../x", "url: /API/",),
    *("aliases: [/history/, /a/, b, '/incidents/x/']", "id: x1", "id: '../x'", "scheduled: 2026-01-09T10:00:00Z",),
    *('duration: "30"', "- x", "  y: z", "\tq", "a: {b: [c]}"),
]  # fmt: skip
CONFIG = "title: A\nbaseURL: https://a.example/\nparams: {systems: [{name: API}, {name: Status}, {name: API uptime}]}\n"
NAMES = [
    "2026-01-02-a.md",
    "b.fr.md",
    "b.md",
    "index.md",
    "2026-01-02 x: y?.md",
    "A.md",
    "a.md",
    "sub/a.md",
    "ä.md",
    "c",
]


@st.composite
def issues(draw: st.DrawFn) -> bytes:
    head = draw(st.lists(st.sampled_from(HEADS) | st.text(max_size=20), max_size=10))
    body = draw(st.lists(st.sampled_from(LINES) | st.text(max_size=20), max_size=12))
    fence = draw(st.sampled_from(["---", "---", "---", "+++", ""]))
    end = draw(st.sampled_from(["\n", "\n", "\r\n"]))
    return end.join([fence, *head, fence, *body]).encode("utf-8", "surrogatepass")


@settings(deadline=None, max_examples=60, suppress_health_check=list(HealthCheck))
@given(st.dictionaries(st.sampled_from(NAMES), issues(), max_size=6))
def test_cstate(files: dict[str, bytes]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        source = Path(folder)
        for name, data in {"x/index.md": b"---\ndate: 2026-01-02\n---\n", **files}.items():
            path = source / "content" / "issues" / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(data)
        (source / "config.yml").write_text(CONFIG)
        check(source, take_cstate(source, NOW))


@settings(deadline=None, max_examples=60, suppress_health_check=list(HealthCheck))
@given(st.dictionaries(st.sampled_from(NAMES), issues(), max_size=6))
def test_statusfy(files: dict[str, bytes]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        source = Path(folder)
        for name, data in {"x.md": b"", **files}.items():
            path = source / "content" / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(data)
        check(source, take_statusfy(source))
