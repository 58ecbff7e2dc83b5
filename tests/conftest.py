"""How thorough the tests are."""

from __future__ import annotations

import pytest
from hypothesis import settings


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--long", action="store_true", help="full counts where the default is a part of them")


def pytest_configure(config: pytest.Config) -> None:
    settings.register_profile("long")
    if config.getoption("--long"):
        settings.load_profile("long")


@pytest.fixture(scope="session")
def long(request: pytest.FixtureRequest) -> bool:
    """Whether there is time for full counts."""
    return bool(request.config.getoption("--long"))
