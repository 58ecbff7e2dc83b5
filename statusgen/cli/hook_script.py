"""A hook of git that calls statusgen, as a file."""

from __future__ import annotations

import os
import shlex
import sys
from collections.abc import Sequence
from pathlib import Path

from statusgen.errors import Error
from statusgen.publish.stage import put_whole

MARK = "# A hook of statusgen"


def make_script(kind: str, arguments: Sequence[str]) -> str:
    """It fails where this Python is gone: what nobody checked is not let through.

    With `-P`, nothing of the repository's own is imported."""
    python = shlex.quote(sys.executable)
    command = shlex.join(["hook", "run", kind, *arguments])
    return (
        f"#!/bin/sh\n"
        f"{MARK}, made by `statusgen hook install {kind}`; make it anew instead of changing it.\n"
        f"if [ ! -x {python} ]; then\n"
        f"  echo {python}' is gone: run `statusgen hook install {kind}` again, or delete '\"$0\" >&2\n"
        f"  exit 1\n"
        f"fi\n"
        f'exec {python} -P -m statusgen {command} "$@"\n'
    )


def write_script(path: Path, script: str, force: bool) -> None:
    """Raises Error where another hook is there, unless with `force`, and where the disk refuses."""
    try:
        if not force and os.path.lexists(path) and MARK not in path.read_text("utf-8", "replace"):
            raise Error(f"{path} is a hook of somebody else's; call statusgen in it, or replace it with --force")
        path.parent.mkdir(parents=True, exist_ok=True)
        put_whole(path, script.encode(), path.with_name(f".{path.name}.statusgen"), 0o755)
    except OSError as error:
        raise Error(f"cannot write {path}: {error.strerror}") from None
