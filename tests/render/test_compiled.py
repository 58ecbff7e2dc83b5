"""What has been compiled once serves every site that would compile the very same."""

from __future__ import annotations

from types import CodeType
from zoneinfo import ZoneInfo

from statusgen.model.language import ENGLISH, Language
from statusgen.model.site import Site
from statusgen.model.theme import Theme
from statusgen.render.assets import Assets
from statusgen.render.templates import make_environment

FRENCH = Language("fr", {"Hello": ("Bonjour",)})


def compiled(text: str, language: Language = ENGLISH, zone: str = "Europe/Berlin", tree: str = "") -> CodeType:
    theme = Theme("test", {"compiled.html": text}, {})
    site = Site("Acme", "https://a.example/", ZoneInfo(zone))
    environment = make_environment(theme, Assets({}, {}), site, language, tree)
    return environment.get_template("compiled.html").root_render_func.__code__


def test_the_same_text_is_compiled_once() -> None:
    assert compiled('{{ _("Hello") }}') is compiled('{{ _("Hello") }}')


def test_another_text_language_zone_or_tree_is_compiled_anew() -> None:
    text = '{{ _("Hello") }}'
    found = [
        compiled(text),
        compiled(f"{text}!"),
        compiled(text, FRENCH),
        compiled(text, zone="UTC"),
        compiled(text, tree="fr/"),
    ]
    assert len({id(code) for code in found}) == len(found)
    assert "Bonjour" in str(found[2].co_consts) and "Bonjour" not in str(found[0].co_consts)
