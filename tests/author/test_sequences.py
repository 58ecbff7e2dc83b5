"""Whatever is asked for one after the other: `check` has no error, and the content says what was asked for."""

from __future__ import annotations

from pathlib import Path

from clerk_at_work import Clerk, agree
from desks import Desk


def test_random_sequences_of_commands(tmp_path: Path, long: bool) -> None:
    for seed in range(200 if long else 60):
        clerk = Clerk(Desk(tmp_path / str(seed), git=False), seed)
        for _ in range(10):
            clerk.act()
        agree(clerk.desk.check()[0], clerk.entries)
