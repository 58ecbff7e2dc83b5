"""The messages of templates and code, and the catalogues with their translations.

`python tests/locale/catalogues.py` brings all catalogues up to date: new messages come in without a translation, and
those that are gone go. Translators fill in what is empty."""

from __future__ import annotations

from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

from babel import Locale
from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_file
from babel.messages.pofile import read_po, write_po

from statusgen.model.languages import LANGUAGES

ROOT = Path(__file__).parent.parent.parent
FOLDER = ROOT / "themes" / "default" / "locale"
KEYWORDS = {"_": None, "say": None, "mark": None, "_n": (2, 3), "count": (2, 3)}
TAGS = tuple(tongue.tag for tongue in LANGUAGES if tongue.tag != "en")


def sources() -> Iterator[tuple[str, Path]]:
    """Kinds of files, and the files."""
    for path in sorted((ROOT / "themes").glob("*/templates/*.html")):
        yield "jinja2.ext:babel_extract", path
    for room in ("history", "render"):
        for path in sorted((ROOT / "statusgen" / room).rglob("*.py")):
            yield "python", path


def extract() -> Catalog:
    catalogue = Catalog(charset="utf-8", fuzzy=False)
    for method, path in sources():
        options = {"trimmed": "true"} if "jinja2" in method else {}
        for _, message, comments, _ in extract_from_file(method, str(path), KEYWORDS, ["Translators:"], options):
            catalogue.add(message, locations=[(path.relative_to(ROOT).as_posix(), 0)], auto_comments=comments)
    return catalogue


def read(tag: str) -> Catalog:
    path = FOLDER / f"{tag}.po"
    locale = Locale.parse(tag, sep="-")
    text = path.read_bytes() if path.exists() else b""
    return read_po(BytesIO(text), locale=locale) if text else Catalog(locale, charset="utf-8")


def write(tag: str, catalogue: Catalog) -> None:
    """Without dates and names, so that only what is said makes a difference."""
    text = BytesIO()
    write_po(
        text, catalogue, width=120, omit_header=True, sort_by_file=True, include_lineno=False, ignore_obsolete=True
    )
    head = (
        'msgid ""\nmsgstr ""\n"Language: {tag}\\n"\n"Content-Type: text/plain; charset=utf-8\\n"\n'
        '"Plural-Forms: {forms}\\n"\n\n'
    )
    forms = catalogue.plural_forms
    (FOLDER / f"{tag}.po").write_text(head.format(tag=tag, forms=forms) + text.getvalue().decode(), "utf-8")


def main() -> None:
    messages = extract()
    for tag in TAGS:
        catalogue = read(tag)
        catalogue.update(messages, no_fuzzy_matching=True)
        catalogue.obsolete.clear()
        write(tag, catalogue)


if __name__ == "__main__":
    main()
