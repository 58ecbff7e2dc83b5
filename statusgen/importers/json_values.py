"""JSON of other tools: whatever is not as expected is as if it were not there."""

import json
from datetime import UTC, datetime
from typing import Any

from statusgen.importers.dates import read_time
from statusgen.importers.markdown import clean

Object = dict[str, Any]


def parse_json(data: bytes) -> tuple[Any, str]:
    """(value, what is wrong): None with something wrong."""
    try:
        return json.loads(data.decode("utf-8-sig")), ""
    except (ValueError, RecursionError) as error:
        return None, f"no JSON: {' '.join(str(error).split())[:120]}"


def objects(value: Any) -> list[Object]:
    return [item for item in value if isinstance(item, dict)] if isinstance(value, list) else []


def text(holder: Object, key: str) -> str:
    value = holder.get(key)
    if isinstance(value, str):
        return clean(value)
    return str(value) if isinstance(value, int | float) else ""


def time(holder: Object, *keys: str) -> datetime | None:
    """The first of the keys that has a time."""
    found = (read_time(text(holder, key), UTC)[0] for key in keys)
    return next((at for at in found if at), None)
