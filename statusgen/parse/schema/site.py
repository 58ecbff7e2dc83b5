"""site.yaml."""

from __future__ import annotations

from statusgen.model.languages import LANGUAGES
from statusgen.model.service_level import Cycle, Measure
from statusgen.model.states import Impact
from statusgen.parse.checks.codes import CHANGEABLE
from statusgen.parse.checks.levels import Level
from statusgen.parse.looks import FONTS
from statusgen.parse.schema.parts import (
    PLAIN,
    STATES,
    Schema,
    day,
    duration,
    flag,
    keys,
    mapping,
    number,
    text,
    texts,
    words,
)

ID = {"pattern": "^[a-z0-9][a-z0-9_-]{0,79}$"}
IMPACTS = [impact.value for impact in Impact]
TAGS = [tongue.tag for tongue in LANGUAGES]


def site() -> Schema:
    return keys(
        "The site: what it is called, where it lives, and what it reports on.",
        ["name", "url"],
        name=text("Whose status it is."),
        url={"type": "string", "pattern": "^https?://", "description": "Where customers will find the page."},
        description=text("One sentence for search engines and previews."),
        time_zone=text("Whose wall clock times are read by, such as `Europe/Berlin`; `UTC` if nothing is said."),
        language={"enum": TAGS, "description": "The language of these texts and of entries; `en` if nothing is said."},
        languages=texts("The other languages that there are pages in.", TAGS),
        contact=text("An e-mail address: who is asked about planned work, in calendars."),
        id=text("The 12 letters and digits that a Statuspage had, where an import keeps it."),
        demo_today=day("Of a demonstration: all dates are moved so that this one is today."),
        groups=_named(
            "Components under one heading.",
            keys("A group.", ["name"], name=text("Its heading."), description=text("What it is about.")),
        ),
        components=_named(
            "The parts that customers know, by the ids that entries use.",
            keys(
                "A component.",
                ["name"],
                name=text("What customers call it."),
                description=text("What it does."),
                group=text("The id of its group."),
                since=day("From when on its uptime counts."),
                aliases=texts("Addresses that its page had before, such as `/affected/api/`: they lead to it."),
            ),
        ),
        promises=mapping("What customers are promised, by names of your choice.", _promise()),
        problems=keys(
            "When reports are due.",
            ["due"],
            due=_by_impact("How long after its end an incident needs a report, by its impact.", duration("How long.")),
            since=day("What was resolved before needs none."),
        ),
        checks=keys(
            "How much single checks matter here; `statusgen explain` lists them.",
            **{code: words(Level, f"`statusgen explain {code}` says what it is.") for code in sorted(CHANGEABLE)},
        ),
        feeds=keys(
            "What feeds announce.",
            hub={"type": "string", "pattern": "^https?://", "description": "A WebSub hub that passes news on."},
            begins=flag("Whether it is news that planned work begins as planned; `true` if nothing is said."),
            also=mapping("Where feeds are published too: `/index.xml: history.rss`.", {"type": "string"}),
        ),
        theme=keys(
            "How the page looks. A theme's files can change everything else.",
            name=text("A folder in `themes/` beside the content, or a shipped theme: `default`, `compact`, `brand`."),
            accent=_colour("The colour of links and surfaces."),
            accent_dark=_colour("The same on dark pages; without it, one that can be read is made of `accent`."),
            radius={"type": ["string", "number"], "description": "Of corners: `0`, `8px`, `.5rem`."},
            font={"enum": list(FONTS), "description": "Of those that machines have."},
            logo=_picture("Shown at the top; SVG, PNG or WebP."),
            logo_dark=_picture("Shown in its place on dark pages."),
            show_name=flag("Whether the name stands beside the logo; `true` if nothing is said."),
            favicon=_picture("Shown in the browser's tab while all is well."),
        ),
        links=mapping(
            "Links at the foot of every page, by their words.",
            {"type": "string", "pattern": "^(https?://|mailto:)"},
        ),
    )


def _colour(description: str) -> Schema:
    return {"type": "string", "pattern": "^#([0-9a-fA-F]{3}|[0-9a-fA-F]{6})$", "description": description}


def _picture(description: str) -> Schema:
    return {"type": "string", "description": f"{description} Its path in the content folder."}


def _named(description: str, whole: Schema) -> Schema:
    """`id: name`, or `id:` with more below it."""
    return mapping(description, {"anyOf": [{"type": PLAIN}, whole]}, propertyNames=ID)


def _by_impact(description: str, value: Schema) -> Schema:
    known = dict.fromkeys(IMPACTS[1:], value)
    return {"type": "object", "additionalProperties": False, "properties": known, "description": description}


def _promise() -> Schema:
    return keys(
        "A target, or how soon incidents are responded to, or both.",
        target=number("Percent of each period."),
        period=words(Cycle, "Of the calendar, in the site's zone; `month` if nothing is said."),
        components=texts("For which components; without these and groups, for all others."),
        groups=texts("For the components of which groups."),
        weights={
            "type": "object",
            "additionalProperties": False,
            "properties": dict.fromkeys(STATES[1:], number("From 0 to 1.")),
            "description": "How much of a second each state takes.",
        },
        credits=mapping("What part of the fee, in percent, is owed below which uptime.", number("Percent.")),
        changes=keys(
            "When planned work does not count.",
            announced=duration("How long before it has to be announced."),
            allowance=duration("How much of it a month."),
        ),
        hours=texts("When it is promised, if not always: `Mon-Fri 08:00-18:00`."),
        holidays=texts("Days on which nothing is promised."),
        response={
            "type": "object",
            "additionalProperties": False,
            "properties": dict.fromkeys(IMPACTS, _measures()),
            "description": "The most that a response may take, by the incident's impact.",
        },
    )


def _measures() -> Schema:
    told = {
        Measure.FIRST_UPDATE: "Until the first update.",
        Measure.BETWEEN_UPDATES: "From one update to the next.",
        Measure.RESOLVE: "Until it is resolved.",
    }
    return keys("Times from the begin of an incident.", **{str(one): duration(told[one]) for one in Measure})
