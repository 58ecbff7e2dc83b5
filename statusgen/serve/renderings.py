"""The bytes of what was asked for. Pages that nobody looks at are never made."""

from __future__ import annotations

from threading import Lock

from statusgen.build.rendering import render_artifacts
from statusgen.render.dress import Dress
from statusgen.render.files import FilePlan
from statusgen.render.site import SitePlan

MOST = 1000


class Renderings:
    """For several threads: what one of them waits for is not made twice."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._kept: dict[str, tuple[Dress, FilePlan, bytes]] = {}

    def render(self, plan: SitePlan, path: str) -> bytes:
        """Raises what `render_artifacts` raises."""
        file = plan.files[path]
        with self._lock:
            kept = self._kept.get(path)
            if kept and kept[0] is plan.dress and (kept[1] is file or kept[1] == file):
                return kept[2]
            data = render_artifacts(plan, [path])[path]
            if len(self._kept) >= MOST:
                self._kept.clear()
            self._kept[path] = (plan.dress, file, data)
            return data
