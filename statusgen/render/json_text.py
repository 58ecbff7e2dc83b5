"""JSON in as few bytes as it takes, in any language."""

from __future__ import annotations

import json
from collections.abc import Callable

# Made once: json.dumps would make one for each call.
to_json: Callable[[object], str] = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode
