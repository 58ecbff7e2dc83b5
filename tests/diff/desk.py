"""A repository whose author may leave off before committing."""

from __future__ import annotations

from typing import Any

from watching import Repo


class Desk(Repo):
    """Only while it `is_open` are there commits."""

    is_open = True

    def commit(self, *arguments: Any) -> str:
        if self.is_open:
            return super().commit(*arguments)
        self.write(arguments[0] if arguments and arguments[0] else {})
        return ""
