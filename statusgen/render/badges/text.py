"""How wide a text is, where no font can be asked."""

from __future__ import annotations

import unicodedata
from functools import lru_cache

# Advances of DejaVu Sans, which Verdana shares but for a hundredth or two, in hundredths of the font's size.
_BY_ADVANCE = {
    27: "'", 28: "ijlìíîï", 29: "IJÌÍÎÏ", 32: " ,.\xa0·", 34: "/:;\\|¦", 35: "f", 36: "-", 39: "()[]t", 40: "!¡²³¹",
    41: "r", 46: '"', 47: "ªº", 50: "*_`§¨¯°´¸–", 52: "sz", 53: "?¿", 55: "cç", 56: "L", 58: "Fk", 59: "vxyýÿ",
    60: "PÞ", 61: "TYao«»Ýàáâãäåðòóôõöø", 62: "eèéêë", 63: "ESbdghnpquÈÉÊËßñùúûüþ", 64: "$0123456789{}¢£¤¥µ¶",
    66: "K", 68: "AVÀÁÂÃÄÅ", 69: "BRXZ", 70: "CÇ", 73: "UÙÚÛÜ", 75: "HNÑ", 77: "DGÐ", 78: "&", 79: "OQÒÓÔÕÖØ", 82: "w",
    84: "#+<=>^~¬±×÷", 86: "M", 95: "%", 97: "m¼½¾Æ", 98: "æ", 99: "W", 100: "@©®…—",
}  # fmt: skip
ADVANCES = {letter: advance for advance, letters in _BY_ADVANCE.items() for letter in letters}
# Letters of other alphabets are between those of Latin; ideographs fill a square, and pictures are wider than it.
OTHER, SQUARE, PICTURE = 68, 100, 125
JOINER = "\u200d"
ELLIPSIS = "…"


@lru_cache(maxsize=4096)
def width_of(text: str, size: int) -> float:
    """In the unit of the font's `size`."""
    return sum(advance for _, advance in _advances(text)) * size / 100


def shorten(text: str, limit: float, size: int) -> str:
    """The text, or its begin and `…` where it is wider than `limit`. What is drawn as one is not taken apart."""
    if width_of(text, size) <= limit:
        return text
    room = limit * 100 / size - ADVANCES[ELLIPSIS]
    end = 0
    for place, advance in _advances(text):
        room -= advance
        if room < 0:
            break
        end = place + 1
    # Marks and joined pictures have no advance of their own, so the last one that fits may be half of what is drawn.
    while 0 < end < len(text) and (_is_mark(text[end]) or text[end - 1] == JOINER):
        end -= 1
    return text[:end].rstrip() + ELLIPSIS


def _advances(text: str) -> list[tuple[int, int]]:
    """(place, advance) of each character."""
    found = []
    before = ""
    for place, letter in enumerate(text):
        found.append((place, 0 if before == JOINER else ADVANCES.get(letter) or _estimate(letter)))
        before = letter
    return found


def _estimate(letter: str) -> int:
    if _is_mark(letter):
        return 0
    if ord(letter) >= 0x1F000 or unicodedata.category(letter) == "So":
        return SQUARE if ord(letter) >= 0x20000 else PICTURE
    return SQUARE if unicodedata.east_asian_width(letter) in "WF" else OTHER


def _is_mark(letter: str) -> bool:
    """Whether it is drawn on the letter before it, or not at all, as joiners and tones of skin."""
    return unicodedata.category(letter) in ("Mn", "Me", "Cf") or "\U0001f3fb" <= letter <= "\U0001f3ff"
