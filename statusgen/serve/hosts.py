"""By which names a preview answers: another site's name that leads here would let that site read all pages."""

from __future__ import annotations

import socket
from contextlib import suppress
from dataclasses import dataclass
from functools import cache
from ipaddress import ip_address
from urllib.parse import urlsplit

LOCAL = frozenset({"localhost", "127.0.0.1", "::1"})


@dataclass(frozen=True, slots=True)
class Hosts:
    """`host` is what was asked for, and `address` the one that is listened at for it."""

    host: str
    address: str

    @property
    def is_local(self) -> bool:
        """Whether only this machine can ask."""
        return ip_address(self.address.partition("%")[0]).is_loopback

    @property
    def refusal(self) -> str:
        """Why another name gets nothing."""
        if self.is_local:
            return "This preview answers to localhost only. To be reached by another name, it needs --host."
        return "This preview answers to IP addresses, to localhost and to the names of its machine."

    def allows(self, header: str) -> bool:
        """Whether the Host of a request is ours."""
        try:
            name = urlsplit(f"//{header}").hostname
        except ValueError:
            return False
        if not name:
            return False
        if name in LOCAL or name == self.host.lower():
            return True
        # Whoever leads a name here cannot do so with an address in figures.
        return not self.is_local and (_is_address(name) or name in _own_names())


def _is_address(name: str) -> bool:
    with suppress(ValueError):
        return bool(ip_address(name.partition("%")[0]))
    return False


@cache
def _own_names() -> frozenset[str]:
    """This machine's, also as its neighbours find it. Asked when it matters: the name service may take long."""
    names = {name.lower() for name in (socket.gethostname(), socket.getfqdn())}
    short = {name.partition(".")[0] for name in names if not _is_address(name)}
    return frozenset(names | short | {f"{name}.local" for name in short})
