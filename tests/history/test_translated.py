"""Content in another language: only words are others, and what did not change is the very same value."""

from __future__ import annotations

from dataclasses import fields, is_dataclass, replace
from datetime import timedelta
from typing import Any
from zoneinfo import ZoneInfo

from hypothesis import given
from hypothesis import strategies as st
from random_content import Moment, contents, in_order, moments, some
from random_moments import DAY

from statusgen.history.translated import Translator
from statusgen.model.entries import Action, Change, Page, ProblemReport
from statusgen.model.site import Component, Content, Group, Site
from statusgen.model.states import ProblemStatus
from statusgen.model.translations import SiteWords, Translation

SITE = Site("Acme", "https://a.example/", ZoneInfo("UTC"))
MOMENTS = moments(timedelta(minutes=15), 20 * DAY, 2 * DAY)
KINDS = ("incidents", "changes", "notices", "reports", "pages")


def with_words(content: Content) -> Content:
    """Some text in every update."""

    def tell(entry: Any) -> Any:
        return replace(entry, updates=tuple(replace(one, body=f"**{one.id}**") for one in entry.updates))

    incidents, changes = (tuple(map(tell, entries)) for entries in (content.incidents, content.changes))
    return in_order(replace(content, incidents=incidents, changes=changes))


def without_language(value: Any) -> Any:
    """The same value with `lang` and the like "" wherever it stands, and the site as it is in its own language."""
    if isinstance(value, tuple):
        return tuple(map(without_language, value))
    if not is_dataclass(value) or isinstance(value, type):
        return value
    named = {one.name: getattr(value, one.name) for one in fields(value) if one.init}
    plain = {name: "" if name in ("lang", "described_in") else without_language(part) for name, part in named.items()}
    return replace(value, **plain)


def entries_of(content: Content) -> dict[str, Any]:
    return {entry.path: entry for kind in KINDS for entry in getattr(content, kind)}


@given(st.data(), MOMENTS)
@some(60)
def test_without_translations_nothing_is_other_than_what_it_says_of_itself(data: st.DataObject, moment: Moment) -> None:
    content = with_words(data.draw(contents(moment)))
    found = Translator("id").translate(content)
    assert (found.site.url, found.site.language) == (f"{content.site.url}id/", "id")
    assert without_language(replace(found, site=content.site)) == without_language(content)
    assert without_language(replace(found.site, url=content.site.url, language="en")) == content.site
    assert {entry.lang for entry in entries_of(found).values()} <= {"en"}
    assert {update.lang for entry in entries_of(found).values() for update in getattr(entry, "updates", ())} <= {"en"}
    assert Translator("en").translate(content) is content


def draw_translations(data: st.DataObject, content: Content) -> tuple[Translation, ...]:
    found = []
    for path, entry in entries_of(content).items():
        if data.draw(st.booleans()):
            told = getattr(entry, "updates", ())
            updates = tuple(
                (update.id, data.draw(st.sampled_from("AB"))) for update in told if data.draw(st.booleans())
            )
            name = path.replace(".md", ".id.md")
            found.append(Translation(name, path, "id", data.draw(st.sampled_from("XY")), updates=updates))
    return tuple(sorted(found, key=lambda one: one.path))


@given(st.data(), MOMENTS)
@some(60)
def test_what_did_not_change_is_the_same(data: st.DataObject, moment: Moment) -> None:
    content = with_words(data.draw(contents(moment)))
    translator = Translator("id")
    before: tuple[Content, Content] | None = None
    for _ in range(3):
        content = replace(content, translations=draw_translations(data, content))
        found = translator.translate(content)
        assert found == Translator("id").translate(content)
        assert [one.path for kind in KINDS for one in getattr(found, kind)] == list(entries_of(content))
        if before:
            then, now = ({one.of: one for one in old.translations} for old in (before[0], content))
            shown, old = entries_of(found), entries_of(before[1])
            linked = any(isinstance(one, Change) and (one.repeat or one.occurrence) for one in shown.values())
            for path, entry in entries_of(content).items():
                # Beside a series, the title of one may be part of another.
                if then.get(path) == now.get(path) and not (linked and isinstance(entry, Change)):
                    assert shown[path] is old[path]
            assert found.site is before[1].site
        before = content, found
        assert translator.translate(content) is found
        assert all(
            one is two for one, two in zip(translator.translate(replace(content)).changes, found.changes, strict=True)
        )


@given(st.data(), MOMENTS)
@some(40)
def test_words_are_those_of_the_translation(data: st.DataObject, moment: Moment) -> None:
    content = with_words(data.draw(contents(moment)))
    content = replace(content, translations=draw_translations(data, content))
    words = {one.of: one for one in content.translations}
    found = Translator("id").translate(content)
    for path, entry in entries_of(content).items():
        shown = entries_of(found)[path]
        assert (shown.title, shown.lang) == ((words[path].title, "") if path in words else (entry.title, "en"))
        for old, new in zip(getattr(entry, "updates", ()), getattr(shown, "updates", ()), strict=True):
            text = dict(words[path].updates).get(old.id) if path in words else None
            assert (new.body, new.lang) == ((old.body, "en") if text is None else (text, ""))
            assert replace(new, body=old.body, lang="") == old
    for series in found.changes:
        for one in series.deviations:
            assert one.change is None or (one.change in found.changes and one.title == one.change.title)


def test_what_is_translated_in_part() -> None:
    report = ProblemReport(
        "r", "problems/r.md", "A disk", "Body", ProblemStatus.OPEN, (), "Why", "", (Action("Swap", True),)
    )
    whole = Translation("problems/r.id.md", report.path, "id", "Sebuah disk", "", (), "Isi", "Sebab", "", ("Ganti",))
    page = Page("p", "pages/p.md", "About", "Us.")
    content = Content(SITE, reports=(report,), pages=(page,), translations=(whole,))
    found = Translator("id").translate(content)
    shown = found.reports[0]
    assert (shown.title, shown.body, shown.root_cause, shown.lang) == ("Sebuah disk", "Isi", "Sebab", "")
    assert shown.actions == (Action("Ganti", True),)
    assert found.pages == (replace(page, lang="en"),)
    for part in (replace(whole, root_cause=""), replace(whole, actions=()), replace(whole, body="")):
        found = Translator("id").translate(replace(content, translations=(part,)))
        assert found.reports == (replace(report, lang="en"),)
    # To another language, it is none.
    assert Translator("de").translate(content).reports[0].lang == "en"


def test_the_site_in_another_language() -> None:
    components = (
        Component("api", "API", "For machines"),
        Component("web", "Website"),
        Component("db", "Database", "Ours"),
    )
    site = replace(
        SITE,
        description="How it goes",
        components=components,
        groups=(Group("edge", "Edge"),),
        links=(("Docs", "https://d.example"), ("Mail", "mailto:a@a.example")),
        languages=("id", "de"),
        words=(
            SiteWords(
                "id", "site.id.yaml", "Acme ID", "Keadaan", (("web", "Situs"), ("db", "Basis data")),
                (("api", "Mesin"),), (("Docs", "Dokumen"),),
            ),
        ),
    )  # fmt: skip
    found = Translator("id").translate(Content(site)).site
    assert (found.name, found.description, found.url) == ("Acme ID", "Keadaan", "https://a.example/id/")
    assert found.components == (
        Component("api", "API", "Mesin", lang="en"),
        Component("web", "Situs"),
        Component("db", "Basis data", "Ours", described_in="en"),
    )
    assert found.groups == (Group("edge", "Edge", lang="en"),)
    assert found.links == (("Dokumen", "https://d.example"), ("Mail", "mailto:a@a.example"))
    german = Translator("de").translate(Content(site)).site
    assert german.components[0] == Component("api", "API", "For machines", lang="en", described_in="en")
    assert (german.name, german.components[1]) == ("Acme", Component("web", "Website", lang="en"))
