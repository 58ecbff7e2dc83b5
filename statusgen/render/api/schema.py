"""The JSON Schema of every document: `#/$defs/NAME`, where names in capitals are those of their parts."""

from __future__ import annotations

from typing import Any

from statusgen.model.states import State
from statusgen.render.api.recent import NEWEST

Schema = dict[str, Any]

INDICATORS = ("none", "minor", "major", "critical", "maintenance")
INCIDENT = ("investigating", "identified", "monitoring", "resolved", "postmortem")
MAINTENANCE = ("scheduled", "in_progress", "verifying", "completed")
_TEXT: Schema = {"type": "string"}
_NAME: Schema = {"type": "string", "minLength": 1}
_FLAG: Schema = {"type": "boolean"}
_NULL: Schema = {"type": "null"}
_ADDRESS: Schema = {"type": "string", "pattern": "^https?://"}


def make_schema() -> Schema:
    documents = {
        "summary": _document(
            status=_ref("Status"),
            components=_components(),
            incidents=_list(_incident(INCIDENT[:3])),
            scheduled_maintenances=_list(_maintenance(MAINTENANCE[:3])),
        ),
        "status": _document(status=_ref("Status")),
        "components": _document(components=_components()),
        "incidents": _document(incidents=_list(_incident(INCIDENT), maxItems=NEWEST)),
        "unresolved": _document(incidents=_list(_incident(INCIDENT[:3]))),
        "incident": _document(incident=_incident(INCIDENT)),
        "scheduled_maintenances": _document(scheduled_maintenances=_list(_maintenance(MAINTENANCE), maxItems=NEWEST)),
        "upcoming": _document(scheduled_maintenances=_list(_maintenance(MAINTENANCE[:1]))),
        "active": _document(scheduled_maintenances=_list(_maintenance(MAINTENANCE[1:3]))),
    }
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "The state of the page, its components, incidents and scheduled maintenances",
        "description": "Each file of /api/v2/ is one of these; incidents/unresolved.json is `unresolved`, for example.",
        "anyOf": [_ref(name) for name in documents],
        "$defs": documents | _parts(),
    }


def _parts() -> dict[str, Schema]:
    component: Schema = {
        "id": _ref("Id"),
        "name": _NAME,
        "status": _ref("State"),
        **dict.fromkeys(("created_at", "updated_at"), _ref("Time")),
        "position": {"type": "integer", "minimum": 1, "description": "Among its group, or what is beside the groups."},
        "description": _or_null(_TEXT),
        "showcase": _FLAG,
        "start_date": {"type": ["string", "null"], "pattern": "^[0-9]{4}-[0-9]{2}-[0-9]{2}$"},
        "group_id": _or_null(_ref("Id")),
        "page_id": _ref("Id"),
        "group": {"const": False},
        "only_show_if_degraded": _FLAG,
    }
    group = component | {"group": {"const": True}, "group_id": _NULL}
    moved = {"code": _ref("Id"), "name": _NAME, "old_status": _ref("State"), "new_status": _ref("State")}
    page = {"id": _ref("Id"), "name": _NAME, "url": _ADDRESS, "time_zone": _NAME, "updated_at": _ref("Time")}
    return {
        "Id": {"type": "string", "pattern": "^[0-9a-z]{12}$"},
        "Time": {"type": "string", "pattern": "^[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}[.][0-9]{3}Z$"},
        "State": {"enum": [state.value for state in State]},
        "Page": _object(page),
        "Status": _object({"indicator": {"enum": list(INDICATORS)}, "description": _NAME}),
        "Component": _object(component),
        "Group": _object(group | {"components": _list(_ref("Id"))}),
        "AffectedComponent": _object(moved),
        "IncidentUpdate": _update(INCIDENT),
        "MaintenanceUpdate": _update(MAINTENANCE),
    }


def _update(statuses: tuple[str, ...]) -> Schema:
    return _object(
        {
            "id": _ref("Id"),
            "status": {"enum": list(statuses)},
            "body": _TEXT,
            "incident_id": _ref("Id"),
            **dict.fromkeys(("created_at", "updated_at", "display_at"), _ref("Time")),
            "affected_components": _or_null(_list(_ref("AffectedComponent"), minItems=1)),
            "deliver_notifications": _FLAG,
            "custom_tweet": _NULL,
            "tweet_id": _NULL,
        }
    )


def _incident(statuses: tuple[str, ...]) -> Schema:
    return _object(_entry(statuses, INDICATORS[:4], "IncidentUpdate"))


def _maintenance(statuses: tuple[str, ...]) -> Schema:
    window = dict.fromkeys(("scheduled_for", "scheduled_until"), _ref("Time"))
    return _object(_entry(statuses, INDICATORS[4:], "MaintenanceUpdate") | window)


def _entry(statuses: tuple[str, ...], impacts: tuple[str, ...], update: str) -> Schema:
    return {
        "id": _ref("Id"),
        "name": _NAME,
        "status": {"enum": list(statuses)},
        **dict.fromkeys(("created_at", "updated_at"), _ref("Time")),
        **dict.fromkeys(("monitoring_at", "resolved_at"), _or_null(_ref("Time"))),
        "impact": {"enum": list(impacts)},
        "shortlink": _ADDRESS,
        "started_at": _ref("Time"),
        "page_id": _ref("Id"),
        "incident_updates": _list(_ref(update)),
        "components": _list(_ref("Component")),
    }


def _document(**parts: Schema) -> Schema:
    return _object({"page": _ref("Page"), **parts})


def _components() -> Schema:
    return _list({"anyOf": [_ref("Component"), _ref("Group")]})


def _object(properties: Schema) -> Schema:
    """All of these, and nothing else."""
    return {"type": "object", "required": list(properties), "additionalProperties": False, "properties": properties}


def _list(items: Schema, **limits: int) -> Schema:
    return {"type": "array", "items": items, **limits}


def _or_null(schema: Schema) -> Schema:
    return {"anyOf": [schema, _NULL]}


def _ref(name: str) -> Schema:
    return {"$ref": f"#/$defs/{name}"}
