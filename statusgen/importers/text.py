"""Texts of other tools as YAML, as addresses and as times."""

import json
import re
import unicodedata
from datetime import UTC, datetime

from statusgen.parse.text import drop_hidden

SPACE = re.compile(r"[^\S\xa0\u202f]+")
# What YAML reads as this very string without quotes.
_PLAIN = re.compile(r"[A-Za-z0-9](?:[\w ./()+,–’'-]|:(?=[^\s]))*(?<! )")


def clean_text(text: str) -> str:
    """Without control characters, unpaired surrogates, noncharacters; white space but for no-break ones is a blank."""
    text = SPACE.sub(" ", text)
    return "".join(
        char for char in text if unicodedata.category(char) not in {"Cc", "Cs"} and char not in "\ufffe\uffff"
    )


def quote(text: str) -> str:
    """A YAML scalar that reads as this very string; white space is collapsed, control characters are dropped."""
    text = " ".join(clean_text(text).split())
    return text if _PLAIN.fullmatch(text) else json.dumps(text, ensure_ascii=False)


def quote_or(text: str, default: str) -> str:
    """The same, and the default where nothing of the text can be seen."""
    return quote(text if drop_hidden(clean_text(text)).strip() else default)


def slugify(text: str, length: int = 64) -> str:
    """Lower-case ASCII letters, digits and single hyphens; `""` if nothing is left."""
    ascii_text = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode().lower()
    return re.sub(r"[^a-z0-9]+", "-", ascii_text).strip("-")[:length].strip("-")


def write_time(at: datetime) -> str:
    """To the minute or, where there are any, to the second."""
    at = at.astimezone(UTC)
    return f"{at:%Y-%m-%d %H:%M:%S} UTC" if at.second else f"{at:%Y-%m-%d %H:%M} UTC"
