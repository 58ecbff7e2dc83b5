"""Ids for the components and groups that a source knows by their names."""

import hashlib
from collections.abc import Iterable, Mapping

from statusgen.importers.text import slugify

# `next=30m` in a heading is a promise, and /badges/status.svg is that of the whole page.
RESERVED = frozenset({"next", "status"})


def plan_component_ids(names: Iterable[str], known: Mapping[str, str], taken: Iterable[str] = ()) -> dict[str, str]:
    """Name -> id for each name: as `known` says, else a slug that no other name has and that is not `taken`."""
    ids = dict(known)
    used = {*ids.values(), *taken, *RESERVED}
    for name in sorted(set(names) - ids.keys()):
        slug = slugify(name) or f"component-{hashlib.sha256(name.encode()).hexdigest()[:6]}"
        if slug.endswith("-uptime"):
            # /badges/api-uptime.svg is the uptime of `api`.
            slug = f"uptime-{slug.removesuffix('-uptime')}"
        number, free = 2, slug
        while free in used:
            free, number = f"{slug}-{number}", number + 1
        used.add(free)
        ids[name] = free
    return ids


def is_free(old_id: str) -> bool:
    """Whether a component can keep the id that it had."""
    return bool(old_id) and old_id not in RESERVED and not old_id.endswith("-uptime")
