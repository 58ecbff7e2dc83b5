"""A theme is its own files over those of the theme that it extends."""

from __future__ import annotations

import pytest

from statusgen.errors import Error
from statusgen.source.theme import make_theme, shipped_names


def test_a_chain_of_themes() -> None:
    own = {
        "mine/theme.yaml": b"# as below\nextends: base\n",
        "mine/templates/404.html": b"mine",
        "mine/assets/custom.css": b"/* mine */",
        "base/theme.yaml": b"extends: compact",
        "base/templates/404.html": b"base",
        "base/templates/page.html": b"base",
        "base/assets/custom.css": b"/* base */",
        "other/templates/404.html": b"{% broken",
    }
    theme = make_theme("mine", own)
    assert [layer.name for layer in theme.layers] == ["default", "compact", "base", "mine"]
    texts = {name: theme.templates[name] for name in ("404.html", "base/404.html", "page.html", "mine/page.html")}
    assert list(texts.values()) == ["mine", "base", "base", "base"]
    assert theme.templates["index.html"] == theme.templates["compact/index.html"]
    assert theme.templates["default/index.html"] != theme.templates["index.html"]
    assert [theme.place_of(name) for name in ("404.html", "page.html", "index.html")] == [
        "404.html",
        "base/page.html",
        "compact/index.html",
    ]
    assert theme.own == {"404.html", "page.html", "mine/404.html", "mine/page.html", "base/404.html", "base/page.html"}
    style = theme.assets["custom.css"]
    assert style.index(b".dense") < style.index(b"/* base */") < style.index(b"/* mine */")


def test_a_whole_stylesheet_leaves_out_what_stood_behind_the_one_below() -> None:
    own = {"mine/theme.yaml": b"extends: compact", "mine/assets/style.css": b"a {}", "mine/assets/custom.css": b"b {}"}
    assets = make_theme("mine", own).assets
    assert (assets["style.css"], assets["custom.css"]) == (b"a {}", b"b {}")


def test_a_theme_may_lie_over_a_shipped_one_of_its_name() -> None:
    theme = make_theme("brand", {"brand/theme.yaml": b"extends: brand", "brand/templates/404.html": b"own"})
    assert [(layer.name, layer.own) for layer in theme.layers] == [
        ("default", False),
        ("brand", False),
        ("brand", True),
    ]
    assert theme.templates["404.html"] == "own" and "mark.svg" in theme.assets
    assert theme.templates["brand/404.html"] == theme.templates["default/404.html"]
    assert make_theme("brand", {"default/assets/x.css": b"x"}).assets["x.css"] == b"x"


@pytest.mark.parametrize(
    ("settings", "message"),
    [
        ({"mine": "extends: nope"}, "theme.yaml: it extends `nope`, but there is no theme `nope`"),
        ({"mine": "extends: mine"}, "theme.yaml: it extends `mine`, but there is no theme `mine`"),
        ({"mine": "extends: b", "b": "extends: mine"}, "themes extend each other in a circle: mine → b → mine"),
        ({"mine": "extend: compact"}, "theme.yaml: `extend` is not a key here; did you mean `extends`?"),
        ({"mine": "compact"}, "theme.yaml: it has lines such as `extends: default`"),
        ({"mine": "extends: ../x"}, "theme.yaml: `extends` is the name of a theme, such as `default`"),
        ({"mine": "extends: [compact]"}, "theme.yaml: `extends` is the name of a theme, such as `default`"),
        ({"mine": "a: b\nc: [\n"}, "theme.yaml:3: expected the node content, but found '<stream end>'"),
        ({"mine": "extends: !!python/object/apply:os.getcwd []"}, "theme.yaml: `extends` is the name of a theme"),
    ],
)  # fmt: skip
def test_what_cannot_be_extended_is_told(settings: dict[str, str], message: str) -> None:
    with pytest.raises(Error) as raised:
        make_theme("mine", {f"{name}/theme.yaml": text.encode() for name, text in settings.items()})
    assert str(raised.value).startswith(f"theme mine: {message}")


@pytest.mark.parametrize("text", ["", "# nothing\n", "extends:\n"])
def test_without_a_name_it_is_the_default_theme_s(text: str) -> None:
    theme = make_theme("mine", {"mine/theme.yaml": text.encode(), "mine/assets/a.svg": b""})
    assert [layer.name for layer in theme.layers] == ["default", "mine"]


def test_the_shipped_ones() -> None:
    assert shipped_names() == ["brand", "compact", "default"]
