"""From the plan of a feed to its bytes, in the format that its name says."""

from __future__ import annotations

from collections.abc import Callable

from statusgen.history.told import Told
from statusgen.model.entries import Notice
from statusgen.model.language import ENGLISH, Language
from statusgen.model.site import Site
from statusgen.render.addresses import CHANGES
from statusgen.render.feeds.atom import atom_entry, render_atom
from statusgen.render.feeds.items import Item, make_entry_item, make_item, tag_of
from statusgen.render.feeds.json_feed import json_item, render_json_feed
from statusgen.render.feeds.plan import HISTORY, FeedPlan, Head
from statusgen.render.feeds.rss import render_rss, rss_item

WRITERS: dict[str, Callable[[Item], str]] = {"rss": rss_item, "atom": atom_entry, "json": json_item}


def render_feed(plan: FeedPlan, site: Site, language: Language = ENGLISH) -> bytes:
    form = plan.name.rpartition(".")[2]
    texts = [_item_text(parts, plan.name in HISTORY, form, site, language) for parts in plan.items]
    head = Head(_title(plan, site, language), _description(site, language), language.tag)
    told = [part for parts in plan.items for part in parts]
    if form == "json":
        return render_json_feed(plan, site, head, texts)
    if form == "rss":
        return render_rss(plan, site, head, max((part.at for part in told), default=None), texts)
    feed_id = f"{tag_of(site)}:/history" if plan.path in HISTORY else site.url + plan.path
    newest = max((part.revised_at for part in told), default=None)
    return render_atom(plan, site, head, feed_id, newest, texts)


def _title(plan: FeedPlan, site: Site, language: Language) -> str:
    name = f"{site.name}: {plan.of}" if plan.of else site.name
    if plan.folder == CHANGES:
        return language.say("{name}: planned work", name=name)
    return language.say("{name} – Incident History", name=name) if plan.name in HISTORY else name


def _description(site: Site, language: Language) -> str:
    return site.description or language.say("Incidents and changes of {name}", name=site.name)


def _item_text(parts: tuple[Told, ...], whole: bool, form: str, site: Site, language: Language) -> str:
    """Kept with its entry: an item stands in the feeds of the site and of several components, and in the next ones."""
    entry, write = parts[-1].entry, WRITERS[form]
    if isinstance(entry, Notice):
        return write(make_item(parts[0], site, language))
    item_key, made_from = ("item", "" if whole else parts[0].name), (parts, site, language)
    kept = entry.kept.get(item_key)
    if kept is None or kept[0] != made_from:
        item = make_entry_item(parts, site, language) if whole else make_item(parts[0], site, language)
        kept = entry.kept[item_key] = (made_from, item, dict[str, str]())
    _, item, texts = kept
    if form not in texts:
        texts[form] = write(item)
    return str(texts[form])
