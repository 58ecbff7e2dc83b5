"""The order in which files appear, so that no published link is ever broken."""

from __future__ import annotations

MANIFEST = ".statusgen-manifest.json"
INDEXES = ("index.html", "404.html", "history/index.html", "problems/index.html")


def rank(path: str) -> tuple[int, str]:
    """Assets, leaf pages, index pages, API, feeds."""
    if path.startswith("assets/"):
        return 0, path
    if path in INDEXES or path.startswith("history/"):
        return 2, path
    if path.endswith(".html"):
        return 1, path
    return (3 if path.startswith("api/") else 4), path
