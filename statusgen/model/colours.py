"""Colours and whether they can be read, by WCAG 2.2: relative luminance and contrast ratio."""

from __future__ import annotations

# What text needs against what is behind it (success criterion 1.4.3, level AA).
READABLE = 4.5
# What links of the default theme stand on, of its two backgrounds the one that is nearer to them.
LIGHT = "#f6f7f9"
DARK = "#171b21"
Rgb = tuple[int, int, int]


def contrast(one: str, other: str) -> float:
    """From 1 to 21, of two colours `#rrggbb`."""
    low, high = sorted((_luminance(parse_colour(one)), _luminance(parse_colour(other))))
    return (high + 0.05) / (low + 0.05)


def make_readable(colour: str, background: str) -> str:
    """The colour itself or, where it cannot be read, the nearest one on its way to black or white that can."""
    start = parse_colour(colour)
    goal = 0 if _luminance(parse_colour(background)) > 0.18 else 255
    for percent in range(0, 101, 2):
        mixed = "#" + "".join(f"{round(part + (goal - part) * percent / 100):02x}" for part in start)
        if contrast(mixed, background) >= READABLE:
            return mixed
    return "#000000" if goal == 0 else "#ffffff"


def text_on(colour: str) -> str:
    """White or black, whichever reads better on it; one of the two always does."""
    return "#ffffff" if contrast(colour, "#ffffff") >= READABLE else "#000000"


def parse_colour(colour: str) -> Rgb:
    return int(colour[1:3], 16), int(colour[3:5], 16), int(colour[5:7], 16)


def _luminance(colour: Rgb) -> float:
    red, green, blue = (_linear(part / 255) for part in colour)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _linear(part: float) -> float:
    return part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4
