"""`theme:` in site.yaml: what is taken, what is refused with which words, and what is made of a colour."""

from __future__ import annotations

import re

import pytest
from bad_content import NOW
from command import ROOT
from hypothesis import given
from hypothesis import strategies as st

from statusgen.model.colours import DARK, LIGHT, READABLE, contrast, make_readable, text_on
from statusgen.model.looks import Looks
from statusgen.parse.site import parse_site
from statusgen.problems import Problem
from statusgen.render.looks import render_properties

COLOURS = st.integers(0, 0xFFFFFF).map(lambda number: f"#{number:06x}")
GOOD = {
    "{}": Looks(),
    "{name: compact}": Looks(theme="compact"),
    '{accent: "#05A"}': Looks(accent="#0055aa"),
    "{accent: '#0055aa', accent_dark: '#8CF'}": Looks(accent="#0055aa", accent_dark="#88ccff"),
    "{radius: 0}": Looks(radius="0"),
    "{radius: 32px}": Looks(radius="32px"),
    "{radius: 1.5rem, font: serif}": Looks(radius="1.5rem", font="serif"),
    "{logo: img/logo.svg, show_name: false}": Looks(files=(("logo", "img/logo.svg"),), show_name=False),
    "{favicon: favicon.ico}": Looks(files=(("favicon", "favicon.ico"),)),
}
BAD = [
    ("compact", "wrong-type", "below `theme:`, write `name: compact`"),
    ("[compact]", "wrong-type", "lines below it"),
    ("{name: ../etc}", "bad-token", "`../etc` is not a theme's name"),
    ("{accent: teal}", "bad-token", "`teal` is not a colour"),
    ("\n  accent: #0055aa", "bad-token", "`accent` has no value"),
    ("{accent: '#12345'}", "bad-token", "is not a colour"),
    ("{accent: 'red; } body { display: none'}", "bad-token", "is not a colour"),
    ("{accent: 'url(https://evil.example/)'}", "bad-token", "is not a colour"),
    ("{accent: '#ff0'}", "low-contrast", "cannot be read well on the light page: 1.0:1"),
    ("{accent_dark: '#113'}", "low-contrast", "on the dark page"),
    ("{radius: 33px}", "bad-token", "is not a radius"),
    ("{radius: 50%}", "bad-token", "is not a radius"),
    ("{radius: -1px}", "bad-token", "is not a radius"),
    ("{radius: 9.9rem}", "bad-token", "is not a radius"),
    ("{radius: '8px}*{all:unset'}", "bad-token", "is not a radius"),
    ("{font: serfi}", "bad-token", "did you mean `serif`?"),
    ("{font: 'x, y'}", "bad-token", "custom.css can name others"),
    ("{logo: https://example.com/logo.svg}", "bad-picture", "in the content folder"),
    ("{logo: ../logo.svg}", "bad-picture", "cannot be a picture"),
    ("{logo: /etc/logo.svg}", "bad-picture", "cannot be a picture"),
    ("{logo: a/../../logo.svg}", "bad-picture", "cannot be a picture"),
    ("{logo: logo.gif}", "bad-picture", ".svg, .png or .webp"),
    ("{logo: logo.ico}", "bad-picture", ".svg, .png or .webp"),
    ("{logo: 'logo.svg\"onload=x'}", "bad-picture", "cannot be a picture"),
    ("{show_name: false}", "bad-token", "without a logo"),
    ("{acent: '#05a'}", "unknown-key", "did you mean `accent`?"),
]


def read(theme: str) -> tuple[Looks | None, list[Problem]]:
    site, problems = parse_site(f"name: A\nurl: https://a.example/\ntheme: {theme}\n".encode(), NOW)
    return site.looks if site else None, problems


@pytest.mark.parametrize("theme", GOOD)
def test_what_is_taken(theme: str) -> None:
    looks, problems = read(theme)
    assert (looks, problems) == (GOOD[theme], [])


@pytest.mark.parametrize(("theme", "code", "words"), BAD)
def test_what_is_refused(theme: str, code: str, words: str) -> None:
    looks, problems = read(theme)
    assert [problem.code for problem in problems if problem.code != "yaml-comment"] == [code], problems
    told = problems[-1]
    assert words in f"{told.message} {told.hint}" and told.line >= 3
    assert (looks is None) == (told.severity == "error")


@given(COLOURS, st.sampled_from([LIGHT, DARK]))
def test_links_can_be_read_whatever_the_accent_is(colour: str, background: str) -> None:
    made = make_readable(colour, background)
    assert contrast(made, background) >= READABLE
    assert made == colour or contrast(colour, background) < READABLE
    assert contrast(colour, text_on(colour)) >= READABLE


def test_contrast_is_that_of_wcag() -> None:
    # Pairs whose ratios are widely published: the extremes, and the lightest grey that passes on white.
    assert contrast("#000000", "#ffffff") == 21
    assert contrast("#777777", "#777777") == 1
    assert 4.54 < contrast("#767676", "#ffffff") < 4.55 and 4.47 < contrast("#777777", "#ffffff") < 4.48


def test_the_backgrounds_are_those_of_the_default_theme() -> None:
    style = (ROOT / "themes/default/assets/style.css").read_text("utf-8")
    light, dark = style.split("prefers-color-scheme: dark", 1)
    values = [{*re.findall(r"--(?:page|card): (#\w{6})", part)} for part in (light, dark)]
    for colours, known, text in zip(values, (LIGHT, DARK), ("#000000", "#ffffff"), strict=True):
        assert known in colours
        # The one that is nearer to text: what reads there, reads on the other.
        assert contrast(known, text) == min(contrast(colour, text) for colour in colours)


@given(COLOURS, COLOURS, st.sampled_from(["", "0", "8px"]), st.sampled_from(["", "serif", "system-ui"]))
def test_properties_are_for_both_schemes(accent: str, dark: str, radius: str, font: str) -> None:
    css = render_properties(Looks(accent=accent, accent_dark=dark, radius=radius, font=font))
    light, _, at_night = css.partition("@media (prefers-color-scheme: dark) {")
    assert f"--accent: {accent};" in light and f"--accent: {dark};" in at_night
    assert css.count("{") == css.count("}") == 3
    assert ("--radius:" in light, "--font:" in light) == (bool(radius), bool(font))
    assert render_properties(Looks()) == ""
