"""Where a publish came to no end, and whatever is published next: from the front page, no link is broken, ever."""

from __future__ import annotations

import random
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from harm import broken_links

from statusgen.publish.folder import publish_folder

pytest_plugins = ["fault_fixtures"]

PAGES = ["index.html", "history/index.html", *(f"{kind}/{name}/index.html" for kind in "abc" for name in "12")]
# Audit hooks cannot be taken off again; this one looks while there is a folder to look at.
looking_at: list[tuple[Path, list[int]]] = []


class Killed(BaseException):
    pass


def look(event: str, _: tuple[object, ...]) -> None:
    if looking_at and event in ("os.rename", "os.remove", "os.rmdir", "os.mkdir", "os.utime"):
        output, left = looking_at[0]
        check_links(output)
        left[0] -= 1
        if left[0] < 0:
            raise Killed


@contextmanager
def looked_at(output: Path, left: int) -> Iterator[None]:
    """At each step, of which the one after so many is the last."""
    if not hasattr(sys, "looks_at_steps"):
        sys.addaudithook(look)
        sys.looks_at_steps = True  # type: ignore[attr-defined]
    looking_at.append((output, [left]))
    try:
        yield
    except Killed:
        pass
    finally:
        looking_at.clear()


def check_links(output: Path) -> None:
    files = {path.relative_to(output).as_posix(): path.read_bytes() for path in output.rglob("*.html")}
    assert broken_links(files, {"index.html"}) == set()


def make_site(dice: random.Random, number: int) -> dict[str, bytes]:
    """Pages that link to each other, some of them as in the last site."""
    names = {"index.html", *dice.sample(PAGES, dice.randint(2, len(PAGES)))}
    site = {}
    for name in names:
        links = dice.sample(sorted(names), dice.randint(0, min(3, len(names))))
        text = "".join(f'<a href="/{link}">' for link in links) + str(number % dice.randint(1, 3))
        site[name] = f"<p>{text}</html>\n".encode()
    return site


@pytest.mark.parametrize("share", range(4))
def test_publishes_that_come_to_no_end(share: int, tmp_path: Path, dice: random.Random, long: bool) -> None:
    for number in range(250 if long else 20):
        output = tmp_path / str(number)
        publish_folder(output, make_site(dice, 0))
        for step in range(1, 6):
            # Every second one comes to its end.
            with looked_at(output, dice.randint(0, 40) if step % 2 else 1000):
                publish_folder(output, make_site(dice, step))
            check_links(output)
