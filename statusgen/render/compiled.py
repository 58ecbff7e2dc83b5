"""Templates are compiled once: that takes longer than making all pages of a small site."""

from __future__ import annotations

from types import CodeType
from zoneinfo import ZoneInfo

from jinja2.bccache import Bucket, BytecodeCache
from jinja2.utils import LRUCache

from statusgen.model.language import Language

# By what filters may know, name and text; some themes' worth.
_codes: LRUCache = LRUCache(1024)


class Compiled(BytecodeCache):
    """Gives one environment the code that another one with the same three has made of the same text.

    A filter of a constant is worked out when a template is compiled, so what filters know is a part of what it is."""

    def __init__(self, language: Language, zone: ZoneInfo, tree: str) -> None:
        self._about = language, zone, tree

    def load_bytecode(self, bucket: Bucket) -> None:
        code: CodeType | None = _codes.get((self._about, bucket.key, bucket.checksum))
        bucket.code = code

    def dump_bytecode(self, bucket: Bucket) -> None:
        _codes[(self._about, bucket.key, bucket.checksum)] = bucket.code
