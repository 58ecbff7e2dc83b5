"""Messages of templates in another language."""

from __future__ import annotations

from zoneinfo import ZoneInfo

import pytest
from jinja2 import TemplateError

from statusgen.model.language import ENGLISH, Language
from statusgen.model.site import Site
from statusgen.model.theme import Theme
from statusgen.render.assets import Assets
from statusgen.render.catalogue import check_catalogue, parse_catalogue
from statusgen.render.templates import make_environment

CATALOGUE = r"""
msgid ""
msgstr ""
"Content-Type: text/plain; charset=utf-8\n"
"Plural-Forms: nplurals=3; plural=(n%10==1 && n%100!=11 ? 0 : n%10>=2 && n%10<=4 && (n%100<10 || n%100>=20) ? 1 : 2);\n"

msgid "Hello"
msgstr "<Привіт>"

msgid "began {at}, lasted {length}"
msgstr "{length} від {at}"

msgid "{n} incident"
msgid_plural "{n} incidents"
msgstr[0] "{n} інцидент"
msgstr[1] "{n} інциденти"
msgstr[2] "{n} інцидентів"

msgid "{a}Get updates{/a} by feed"
msgstr "Стрічкою {a}новини{/a}"

msgid "until {at}"
msgstr "до {time}"

#, fuzzy
msgid "Guessed"
msgstr "Hello"
"""
UKRAINIAN = parse_catalogue("uk", CATALOGUE.encode())
CASES = [
    ('{{ _("Hello") }}', "Hello", "&lt;Привіт&gt;"),
    ('<p title="{{ _("Hello") }}">', '<p title="Hello">', '<p title="&lt;Привіт&gt;">'),
    ('{{ _("Hello")|upper }}', "HELLO", "&lt;ПРИВІТ&gt;"),
    ('{{ _("began {at}, lasted {length}", at="<3", length=4) }}', "began &lt;3, lasted 4", "4 від &lt;3"),
    (
        '{% set x = _("began {at}, lasted {length}", at=1, length="{at}") %}{{ x }}',
        "began 1, lasted {at}",
        "{at} від 1",
    ),
    ('{{ _n(1, "{n} incident", "{n} incidents") }}', "1 incident", "1 інцидент"),
    ('{{ _n(3, "{n} incident", "{n} incidents") }}', "3 incidents", "3 інциденти"),
    ('{{ _n(11, "{n} incident", "{n} incidents") }}', "11 incidents", "11 інцидентів"),
    ('{{ _n(2, "an {a}hour{/a}", "{n} {a}hours{/a} {x}", a="?", x="&") }}', '2 <a href="?">hours</a> &amp;', None),
    (
        '{{ _("{a}Get updates{/a} by feed", a="f" ~ ".rss") }}',
        '<a href="f.rss">Get updates</a> by feed',
        'Стрічкою <a href="f.rss">новини</a>',
    ),
    (
        '{{ _("{a}Get updates{/a} by feed", a="\\"><b>") }}',
        '<a href="&#34;&gt;&lt;b&gt;">Get updates</a> by feed',
        None,
    ),
    ('{{ _("{strong}Ids{/strong} {code}ID{/code}") }}', "<strong>Ids</strong> <code>ID</code>", None),
    ("{% set x = _('Write {code}.atom{/code}') %}{{ x }}", "Write <code>.atom</code>", None),
    ("{{ _('See {a}docs{/a}', a='/?a&b') if true }}", 'See <a href="/?a&amp;b">docs</a>', None),
    # A translation that would leave something out, or asks for what is not given, is not taken.
    ('{{ _("until {at}", at=5) }}', "until 5", "until 5"),
    ('{{ _("Guessed") }}', "Guessed", "Guessed"),
]


@pytest.mark.parametrize(("template", "english", "ukrainian"), CASES)
def test_messages_are_said_in_the_language(template: str, english: str, ukrainian: str | None) -> None:
    assert render(template, ENGLISH) == english
    if ukrainian is not None:
        assert render(template, UKRAINIAN) == ukrainian


@pytest.mark.parametrize("template", ['{{ _("until {at}") }}', "{{ _(page) }}", '{{ _("a", "b") }}'])
def test_a_wrong_call_is_told_with_its_line(template: str) -> None:
    with pytest.raises(TemplateError) as caught:
        render(f"\n{template}", ENGLISH)
    assert getattr(caught.value, "lineno", 0) == 2


def test_code_says_plain_text() -> None:
    assert UKRAINIAN.say("began {at}, lasted {length}", at="<", length="{at}") == "{at} від <"
    assert UKRAINIAN.count(22, "{n} incident", "{n} incidents") == "22 інциденти"
    assert ENGLISH.count(1, "{n} incident", "{n} incidents") == "1 incident"


def test_a_later_catalogue_has_the_last_word() -> None:
    own = parse_catalogue("uk", CATALOGUE.encode(), b'msgid "Hello"\nmsgstr "Hi"\n')
    assert own.say("Hello") == "Hi"
    assert own.count(5, "{n} incident", "{n} incidents") == "5 інцидентів"


BROKEN = [
    ("<html>", "line 1"),
    ('msgid "a"\nmsgstr "b\n', "line 2"),
    ('msgid ""\nmsgstr ""\n"Plural-Forms: nplurals=2; plural=n/0;\\n"\n', "plurals"),
    ('msgid ""\nmsgstr ""\n"Plural-Forms: nplurals=2; plural=1%(n-1);\\n"\n', "plurals"),
    ('msgid ""\nmsgstr ""\n"Plural-Forms: nplurals=2; plural=0-1;\\n"\n', "plurals"),
    ('msgid ""\nmsgstr ""\n"plural-forms: nplurals=300000000; plural=0;\\n"\n', "10 plural forms"),
    ('msgid ""\nmsgstr ""\n"Plural-Forms: nplurals=2; plural=__import__;\\n"\n', "invalid token"),
]


@pytest.mark.parametrize(("text", "why"), BROKEN)
def test_what_is_no_catalogue_is_refused(text: str, why: str) -> None:
    with pytest.raises(ValueError, match=why):
        parse_catalogue("uk", text.encode())


def test_a_rule_that_fails_for_few_numbers_fails_nothing() -> None:
    rule = '"Plural-Forms: nplurals=2; plural=(1%(n-2000))*0;\\n"\n'
    language = parse_catalogue("uk", f'msgid ""\nmsgstr ""\n{rule}'.encode())
    assert language.count(2000, "{n} incident", "{n} incidents") == "2000 incidents"


def test_what_a_theme_says_wrongly_is_said_as_below_it() -> None:
    own = 'msgid "began {at}, lasted {length}"\nmsgstr "{when}"\n\nmsgid "Helo"\nmsgstr "Hi"\n'
    language = parse_catalogue("uk", CATALOGUE.encode(), own.encode())
    assert language.say("began {at}, lasted {length}", at=1, length=2) == "2 від 1"
    known = {"Hello", "began {at}, lasted {length}"}
    assert list(check_catalogue(own.encode(), known)) == [
        (1, "`began {at}, lasted {length}` has other placeholders: `{at}`, `{length}`, `{when}`"),
        (4, "there is no message `Helo`; did you mean `Hello`?"),
    ]


def render(template: str, language: Language) -> str:
    theme = Theme("test", {"page.html": template}, {})
    site = Site("Test", "https://status.example/", ZoneInfo("UTC"))
    environment = make_environment(theme, Assets({}, {}), site, language)
    return environment.get_template("page.html").render(page="x")
