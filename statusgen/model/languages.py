"""The languages that pages can be in: those that have a catalogue of what the software itself says."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass


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


def find_language(tag: str) -> Tongue | None:
    """By its tag as it is written there."""
    return _BY_TAG.get(tag)


def get_language(tag: str) -> Tongue:
    """Raises KeyError for what is not among LANGUAGES."""
    return _BY_TAG[tag]


def same_tag(written: str) -> str:
    """The tag that is the same but for the case of its letters, and `_` for `-`; "" where there is none."""
    return _BY_ANY_CASE.get(written.casefold().replace("_", "-"), "")


def find_tag(written: str) -> str:
    """The tag that was meant: the same in another case or with `_`, what else people write for it, or that of the
    language without its region; "" where there is none."""
    folded = written.casefold().replace("_", "-")
    for one in (folded, folded.split("-")[0]):
        if found := _BY_ANY_CASE.get(one) or _OTHER_TAGS.get(one):
            return found
    return ""


def list_names(tags: Iterable[str]) -> str:
    """Of known languages in English: `German and Dutch`."""
    names = [get_language(tag).english for tag in tags]
    return " and ".join([*filter(None, [", ".join(names[:-1])]), *names[-1:]])
