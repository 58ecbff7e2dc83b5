"""What has been compiled once serves every site that would compile the very same."""

from __future__ import annotations

from types import CodeType
from zoneinfo import ZoneInfo

from statusgen.model.language import ENGLISH, Language
from statusgen.model.site import Site
from statusgen.model.theme import Theme
from statusgen.render.assets import Assets
from statusgen.render.templates import make_environment

HELLO = Language("fr", {"Hello": ("Bonjour",)})


def compiled(text: str, language: Language = ENGLISH, zone: str = "Europe/Berlin") -> tuple[CodeType, str]:
    """Of a template: its code, and the page."""
    theme = Theme("test", {"compiled.html": text}, {})
    site = Site("Test", "https://status.example/", ZoneInfo(zone))
    template = make_environment(theme, Assets({}, {}), site, language).get_template("compiled.html")
    return template.root_render_func.__code__, template.render()


def test_the_same_text_is_compiled_once() -> None:
    text = '{{ _("Hello") }} {{ zone }}'
    assert compiled(text)[0] is compiled(text)[0]


def test_another_text_language_or_zone_is_compiled_anew() -> None:
    pages = [
        compiled('{{ _("Hello") }} {{ zone }}'),
        compiled('{{ _("Hello") }}! {{ zone }}'),
        compiled('{{ _("Hello") }} {{ zone }}', HELLO),
        compiled('{{ _("Hello") }} {{ zone }}', zone="UTC"),
    ]
    said = ["Hello Europe/Berlin", "Hello! Europe/Berlin", "Bonjour Europe/Berlin", "Hello UTC"]
    assert [page for _, page in pages] == said
    assert len({id(code) for code, _ in pages}) == len(pages)
