"""States of sites, and the shim."""

from __future__ import annotations

import os
import random
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest
from harm import Shim, Started, State, make_state
from states import write_renamed, write_sample, write_small

SHIM = Path(__file__).with_name("shim.c")


@pytest.fixture
def dice() -> random.Random:
    """Random, and the same again with FAULT_SEED."""
    seed = int(os.environ.get("FAULT_SEED") or random.SystemRandom().randrange(10**9))
    print(f"FAULT_SEED={seed}")
    return random.Random(seed)


@pytest.fixture(scope="session")
def sample(tmp_path_factory: pytest.TempPathFactory) -> tuple[State, State]:
    folder = tmp_path_factory.mktemp("sample")
    old, new = write_sample(folder)
    return make_state(old, folder / "out-old"), make_state(new, folder / "out-new")


@pytest.fixture(scope="session")
def renamed(sample: tuple[State, State], tmp_path_factory: pytest.TempPathFactory) -> State:
    folder = tmp_path_factory.mktemp("renamed")
    state = make_state(write_renamed(sample[1].content, folder / "site"), folder / "out")
    assert state.tree.keys() == sample[1].tree.keys()
    return state


@pytest.fixture(scope="session")
def small(tmp_path_factory: pytest.TempPathFactory) -> tuple[State, State]:
    folder = tmp_path_factory.mktemp("small")
    old, new = write_small(folder)
    return make_state(old, folder / "out-old"), make_state(new, folder / "out-new")


@pytest.fixture(scope="session")
def library(tmp_path_factory: pytest.TempPathFactory) -> Path:
    compiler = shutil.which("cc") or shutil.which("gcc")
    if not compiler:
        pytest.skip("there is no C compiler")
    path = tmp_path_factory.mktemp("shim") / "shim.so"
    subprocess.run([compiler, "-O1", "-shared", "-fPIC", "-o", path, SHIM, "-ldl"], check=True)
    return path


@pytest.fixture
def shim(library: Path, tmp_path: Path) -> Shim:
    """It meets calls below the test's folder `under`."""
    (tmp_path / "under").mkdir()
    return Shim(library, tmp_path, tmp_path / "under")


@pytest.fixture
def started(shim: Shim, small: tuple[State, State], tmp_path: Path) -> Iterator[Started]:
    started = Started(tmp_path, shim.environment, small[1])
    yield started
    started.close()
