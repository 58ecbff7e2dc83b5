"""The response to incidents as data: a part of /api/uptime.json and of its schema."""

from __future__ import annotations

import json
from collections.abc import Iterable

from statusgen.history.response_months import ResponseMonth, Spread
from statusgen.model.kept import kept
from statusgen.render.response_words import round_down, round_up


def response_json(months: Iterable[ResponseMonth]) -> str:
    return f'{{"months":[{",".join(map(_month_json, months))}]}}'


@kept
def _month_json(month: ResponseMonth) -> str:
    found = {
        "period": month.period.key,
        "incidents": month.incidents,
        "first_update": _spread(month.first_update),
        "identify": _spread(month.identify),
        "resolve": _spread(month.resolve),
        "longest_silence_seconds": month.silence,
        "next_updates": {"promised": month.next_due, "kept": month.next_kept},
        "response_promises": {"promised": month.promised, "kept": month.promises_kept},
        "mtbf_seconds": None if month.between is None else round_down(month.between),
    }
    return json.dumps(found, separators=(",", ":"))


def _spread(spread: Spread | None) -> dict[str, int] | None:
    if spread is None:
        return None
    return {
        "count": spread.count,
        "total_seconds": spread.total,
        "mean_seconds": round_up(spread.mean),
        "median_seconds": round_up(spread.median),
    }


_COUNT = {"type": "integer", "minimum": 0}
_KEPT = {"type": "object", "required": ["promised", "kept"], "properties": {"promised": _COUNT, "kept": _COUNT}}
_SPREAD = {
    "type": ["object", "null"],
    "required": ["count", "total_seconds", "mean_seconds", "median_seconds"],
    "properties": {
        "count": {"type": "integer", "minimum": 1},
        "total_seconds": _COUNT,
        "mean_seconds": {**_COUNT, "description": "total_seconds ÷ count, rounded up."},
        "median_seconds": {**_COUNT, "description": "Rounded up."},
    },
}
_MONTH = {
    "period": {"type": "string", "pattern": "^[0-9]{4}-[0-9]{2}$"},
    "incidents": {**_COUNT, "description": "Those that began in the month; planned work is none."},
    "first_update": {**_SPREAD, "description": "From the begin to the first public update."},
    "identify": {**_SPREAD, "description": "From the begin to the first update that says identified or monitoring."},
    "resolve": {**_SPREAD, "description": "From the begin to the end, of those that are over; its mean is MTTR."},
    "longest_silence_seconds": {
        "type": ["integer", "null"], "minimum": 0,
        "description": "From an update to the next, until it was resolved; while it is open also up to now."},
    "next_updates": {**_KEPT, "description": "Next updates that an update promised and whose time has come."},
    "response_promises": {**_KEPT, "description": "What `promises:` say of the incidents, where it is decided."},
    "mtbf_seconds": {
        "type": ["integer", "null"], "minimum": 0,
        "description": "Seconds of the month up to today's end in which no incident was open ÷ incidents, floored."},
}  # fmt: skip
RESPONSE_SCHEMA = {
    "type": "object",
    "required": ["months"],
    "description": "How incidents were responded to, each in the month in which it began.",
    "properties": {
        "months": {"type": "array", "items": {"type": "object", "required": list(_MONTH), "properties": _MONTH}}
    },
}
