"""Which markdown and HTML may stand in content. Parsing warns about the rest, rendering removes or escapes it."""

import re

_TAGS = """
a abbr b blockquote br caption code col colgroup dd del details div dl dt em h1 h2 h3 h4 h5 h6 hr i img ins kbd li mark
ol p pre q s samp small span strong sub summary sup table tbody td tfoot th thead tr tt u ul var wbr
"""
ALLOWED_TAGS = frozenset(_TAGS.split())
ALLOWED_SCHEMES = frozenset({"http", "https", "mailto", "tel"})
# Converting takes time by the square of these, minutes for a file of 1 MB. No person writes so many.
MAX_LENGTH = 100_000
MAX_MARKS = 2000
MARKS = re.compile(r"[<\[]|^ {0,3}(?:#|```|~~~)", re.MULTILINE)


def is_too_much(text: str) -> bool:
    """Whether a text is shown as it was written, because it is too long or has too many marks to be converted."""
    return len(text) > MAX_LENGTH or (len(text) > MAX_MARKS and len(MARKS.findall(text)) > MAX_MARKS)
