"""The build after a push."""

from __future__ import annotations

import time
from pathlib import Path

# How long one push waits for the build of another.
PATIENCE = 60.0
LOOK_EVERY = 0.2


def build_pushed(content: Path, ref: str, output: Path, theme: str | None, shown: Path) -> None:
    """Builds what the branch is by then: of two pushes, the second may be there before the first is built.

    Raises Error as `open_output` does, also where another process still writes there after a minute."""
    from statusgen.cli.build import build_content
    from statusgen.publish.lock import BusyError

    give_up = time.monotonic() + PATIENCE
    while True:
        try:
            build_content(content, output, theme, ref, shown=shown)
            return
        except BusyError:
            if time.monotonic() >= give_up:
                raise
            time.sleep(LOOK_EVERY)
