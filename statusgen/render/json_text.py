"""JSON in as few bytes as it takes, in any language."""

from __future__ import annotations

import json
from collections.abc import Callable
from json.encoder import encode_basestring

# Made once: json.dumps would make one for each call.
to_json: Callable[[object], str] = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode
text_to_json: Callable[[str], str] = encode_basestring
# What a shape leaves open, for JSON and for text that has nothing to escape. No text of an author holds these.
HOLE, PLAIN_HOLE = "\0", "\1"


def make_shape(value: object) -> str:
    """A `%` format of JSON, which is filled, in the order of its holes, in a fraction of the time of an encoder."""
    text = to_json(value).replace("%", "%%")
    return text.replace(to_json(HOLE), "%s").replace(to_json(PLAIN_HOLE), '"%s"')
