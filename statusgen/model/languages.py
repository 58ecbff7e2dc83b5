"""The languages that pages can be in: those that have a catalogue of what the software itself says."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from unicodedata import normalize


@dataclass(frozen=True, slots=True)
class Tongue:
    """`tag` is of BCP 47, `name` what the language calls itself and `english` what English calls it."""

    tag: str
    name: str
    is_rtl: bool = False
    english: str = ""


LANGUAGES = (
    Tongue("en", "English", english="English"),
    Tongue("id", "Bahasa Indonesia", english="Indonesian"),
    Tongue("de", "Deutsch", english="German"),
    Tongue("fr", "Français", english="French"),
    Tongue("es", "Español", english="Spanish"),
    Tongue("pt-BR", "Português (Brasil)", english="Brazilian Portuguese"),
    Tongue("ja", "日本語", english="Japanese"),
    Tongue("zh-Hans", "简体中文", english="Simplified Chinese"),
    Tongue("ar", "العربية", is_rtl=True, english="Arabic"),
    Tongue("nl", "Nederlands", english="Dutch"),
    Tongue("it", "Italiano", english="Italian"),
    Tongue("pl", "Polski", english="Polish"),
    Tongue("tr", "Türkçe", english="Turkish"),
    Tongue("uk", "Українська", english="Ukrainian"),
    Tongue("ko", "한국어", english="Korean"),
    Tongue("vi", "Tiếng Việt", english="Vietnamese"),
    Tongue("hi", "हिन्दी", english="Hindi"),
)
_BY_TAG = {tongue.tag: tongue for tongue in LANGUAGES}
_BY_ANY_CASE = {tongue.tag.casefold(): tongue.tag for tongue in LANGUAGES}
# What people write for the tags above.
_OTHER_TAGS = {
    **dict.fromkeys(("zh", "zh-cn", "zh-sg", "zh-hans-cn", "cn"), "zh-Hans"),
    **dict.fromkeys(("pt", "br", "pt-pt"), "pt-BR"),
    **dict.fromkeys(("in", "ind"), "id"),
    "jp": "ja", "kr": "ko", "ua": "uk", "vn": "vi", "ger": "de", "deu": "de", "fra": "fr", "spa": "es",
}  # fmt: skip
# What people call them beside the names above.
_PLAIN_NAMES = {"bahasa": "id", "portuguese": "pt-BR", "português": "pt-BR", "chinese": "zh-Hans", "中文": "zh-Hans"}


def _fold(name: str) -> str:
    """Letters alone: without accents, which some leave out, and without blanks and brackets."""
    return "".join(sign for sign in normalize("NFKD", name.casefold()) if sign.isalpha()).replace("ı", "i")


_BY_NAME = {_fold(name): tongue.tag for tongue in LANGUAGES for name in (tongue.name, tongue.english)}
_BY_NAME |= {_fold(name): tag for name, tag in _PLAIN_NAMES.items()}


def find_language(tag: str) -> Tongue | None:
    """By its tag as it is written there."""
    return _BY_TAG.get(tag)


def get_language(tag: str) -> Tongue:
    """Raises KeyError for what is not among LANGUAGES."""
    return _BY_TAG[tag]


def find_tag(written: str) -> str:
    """The tag that was meant: the same in another case or with `_`, what else people write for it, that of the language
    without its region, or of the one that is called so; "" where there is none."""
    folded = written.casefold().replace("_", "-")
    for one in (folded, folded.split("-")[0]):
        if found := _BY_ANY_CASE.get(one) or _OTHER_TAGS.get(one):
            return found
    return find_by_name(written)


def find_by_name(written: str) -> str:
    """The tag of the language that is called so in English or by itself, in any case and with or without accents."""
    return _BY_NAME.get(_fold(written), "")


def list_names(tags: Iterable[str]) -> str:
    """Of known languages in English: `German and Dutch`."""
    return list_words([get_language(tag).english for tag in tags])


def list_words(words: Sequence[str]) -> str:
    """`a, b and c`."""
    return " and ".join([*filter(None, [", ".join(words[:-1])]), *words[-1:]])
