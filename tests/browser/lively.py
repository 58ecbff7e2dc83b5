"""A site whose files change while a page of it is looked at, under the strictest policy."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from pathlib import Path

from browsing import POLICY
from embedding import Host, hosting

sys.path.append(str(Path(__file__).parents[1] / "render"))
from sites import NOW, make_site

COUNT = 20
SITE = (
    "name: Acme\nurl: https://status.acme.example/\ntime_zone: Europe/Berlin\n"
    "groups: {edge: Edge network, core: Core}\ncomponents:\n"
    + "".join(f"  c{n}: {{name: Service {n}, group: {'edge' if n % 2 else 'core'}}}\n" for n in range(COUNT))
    + "  zürich: {name: Zürich region}\n"
).replace("zürich:", "zurich:")
PLACE = "incidents/2026-11-20-slow.md"
PAGE = "incidents/2026-11-20-slow/"
INCIDENT = """---
title: Slow answers
components: {c1: degraded_performance}
---

## investigating @ 2026-11-20 11:00

We look into it.

## identified @ 2026-11-20 11:30

It is the cache.
"""
MORE = "\n## monitoring @ 2026-11-20 12:30\n\nA fix is in place.\n"
# Half past one in the afternoon, an hour and a half after NOW, in Berlin's summer-less November.
CHANGE = """---
title: New disks
components: [c2]
starts: 2026-11-20 14:00
duration: 30m
---
"""
FILES = {"site.yaml": SITE, PLACE: INCIDENT, "changes/disks.md": CHANGE}


def old_incident(at: datetime, title: str, component: str) -> str:
    said = (("investigating", at), ("resolved", at + timedelta(hours=1)))
    head = f"---\ntitle: {title}\ncomponents: {{{component}: major_outage}}\n---\n"
    return head + "".join(f"\n## {status} @ {when:%Y-%m-%dT%H:%MZ}\n\nText.\n" for status, when in said)


@contextmanager
def lively(files: dict[str, str], now: datetime = NOW) -> Iterator[Host]:
    with hosting(make_site(files, now)) as host:
        host.policy = POLICY
        yield host
