"""The API's documents of a site, read back, and their schema."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from functools import cache
from typing import Any

from jsonschema import Draft202012Validator

from statusgen.render.api.schema import make_schema

FOLDER = "api/v2/"
# By path below /api/v2/: the name in the schema, and the keys in their order.
DOCUMENTS = {
    "summary.json": ("summary", "page status components incidents scheduled_maintenances"),
    "status.json": ("status", "page status"),
    "components.json": ("components", "page components"),
    "incidents.json": ("incidents", "page incidents"),
    "incidents/unresolved.json": ("unresolved", "page incidents"),
    "scheduled-maintenances.json": ("scheduled_maintenances", "page scheduled_maintenances"),
    "scheduled-maintenances/upcoming.json": ("upcoming", "page scheduled_maintenances"),
    "scheduled-maintenances/active.json": ("active", "page scheduled_maintenances"),
}


@cache
def validator(name: str) -> Draft202012Validator:
    return Draft202012Validator({"$ref": f"#/$defs/{name}", "$defs": make_schema()["$defs"]})


def read_documents(site: Mapping[str, bytes]) -> dict[str, Any]:
    """By path below /api/v2/, without the schema."""
    found = {path.removeprefix(FOLDER): data for path, data in site.items() if path.startswith(FOLDER)}
    return {path: json.loads(data) for path, data in found.items() if path != "schema.json"}


def find_wrong(documents: Mapping[str, Any]) -> Iterator[str]:
    """What the schema does not allow, and keys that are not in their order."""
    for path, document in documents.items():
        name, keys = DOCUMENTS.get(path, ("incident", "page incident"))
        yield from (f"{path}: {error.json_path}: {error.message}" for error in validator(name).iter_errors(document))
        if list(document) != keys.split():
            yield f"{path}: {list(document)}"
