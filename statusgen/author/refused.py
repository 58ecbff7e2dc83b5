"""Why content is not written."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from statusgen.problems import Problem


class RefusedError(Exception):
    """Content has errors, so nothing is written; they are told as `check` tells them."""

    def __init__(self, problems: Sequence[Problem], folder: Path) -> None:
        super().__init__(f"{len(problems)} problems")
        self.problems, self.folder = problems, folder
