"""Which names a preview answers to, by tables."""

from __future__ import annotations

import socket

import pytest

from statusgen.serve.hosts import Hosts

OTHERS = ["evil.example", "127.0.0.1.evil.example:80", "1.2.3", "localhost.evil", "", "[", "[::1", ":8000", "a b"]
OWN = ["localhost", "LOCALHOST:8000", "127.0.0.1:9", "[::1]:8000"]
FIGURES = ["192.168.0.7:8000", "10.0.0.1", "[fe80::1]:8000", "[2001:db8::1]"]


@pytest.mark.parametrize("header", OTHERS)
@pytest.mark.parametrize("address", ["127.0.0.1", "0.0.0.0", "::", "192.168.0.7", "fe80::1%eth0"])  # noqa: S104
def test_names_of_others(address: str, header: str) -> None:
    """Whoever can look, no site that has led its own name here may read."""
    assert not Hosts(address, address).allows(header)


@pytest.mark.parametrize("header", OWN)
@pytest.mark.parametrize("address", ["127.0.0.1", "127.0.0.5", "::1", "0.0.0.0", "::"])  # noqa: S104
def test_names_of_this_machine(address: str, header: str) -> None:
    assert Hosts(address, address).allows(header)


@pytest.mark.parametrize("header", [*FIGURES, socket.gethostname(), f"{socket.gethostname().upper()}:8000"])
def test_what_others_call_it(header: str) -> None:
    for address in ("0.0.0.0", "::", "192.168.0.7"):  # noqa: S104
        assert Hosts(address, address).allows(header)


@pytest.mark.parametrize("header", FIGURES)
def test_addresses_of_others_where_only_this_machine_can_look(header: str) -> None:
    hosts = Hosts("localhost", "127.0.0.1")
    assert not hosts.allows(header) and "--host" in hosts.refusal


@pytest.mark.parametrize("address", ["127.0.0.1", "192.168.0.7"])
def test_the_name_that_was_asked_for(address: str) -> None:
    hosts = Hosts("Status.Test", address)
    assert hosts.allows("status.test:8000") and not hosts.allows("other.test:8000")
