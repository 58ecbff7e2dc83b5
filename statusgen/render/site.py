"""Everything that is published, by path, in all languages of a site."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from itertools import chain

from statusgen.history.seen import Seen, read_seen
from statusgen.history.snapshot import Snapshot, complete_snapshot
from statusgen.history.translated import Translator
from statusgen.model.theme import Theme
from statusgen.render.dress import Dress, make_dress
from statusgen.render.files import FilePlan, render_file
from statusgen.render.pages import Plan
from statusgen.render.tree import Begun, Tree, begin_tree, complete_tree, list_maps


@dataclass(frozen=True, slots=True)
class SitePlan:
    """`trees` are one for each language, the site's own first, which `dress` and `pages` are of. `files` and `changed`
    as those of a tree, of all of them. `translators` remember what they translated."""

    dress: Dress
    trees: tuple[Tree, ...]
    files: Mapping[str, FilePlan]
    changed: tuple[str, ...]
    translators: Mapping[str, Translator] = field(default_factory=dict, compare=False, repr=False)

    @property
    def pages(self) -> Plan:
        return self.trees[0].pages

    def find_tree(self, tag: str) -> Tree | None:
        return next((tree for tree in self.trees if tree.dress.layout.language == tag), None)


@dataclass(frozen=True, slots=True)
class BegunSite:
    """What is known of a site before its figures are, by trees, and what customers see of each in its language."""

    dress: Dress
    trees: tuple[tuple[Seen, Begun, Tree | None], ...]
    translators: Mapping[str, Translator]

    @property
    def fresh(self) -> Iterator[tuple[str, FilePlan]]:
        """Files of entries that may be others than in the plan before, by path."""
        return chain.from_iterable(begun.placed for _, begun, _ in self.trees)


def plan_site(snapshot: Snapshot, theme: Theme, before: SitePlan | None = None) -> SitePlan:
    """`before` is any earlier plan, from which all that has not changed is taken over. Raises jinja2.TemplateError and
    CatalogueError."""
    return complete_plan(snapshot, begin_plan(snapshot.seen, theme, before))


def begin_plan(seen: Seen, theme: Theme, before: SitePlan | None) -> BegunSite:
    """Raises jinja2.TemplateError and CatalogueError."""
    site = seen.content.site
    if before and before.dress.site.language != site.language:
        # What was a language's tree then is of another kind than the one of the site's own.
        before = None
    own = before.find_tree(site.language) if before else None
    dress = make_dress(seen.content, theme, before.dress if before else None)
    old = before.translators if before else {}
    translators = {tag: old.get(tag) or Translator(tag) for tag in site.languages}
    others: list[tuple[Seen, Dress, Tree | None]] = []
    for tag, translator in translators.items():
        tree = before.find_tree(tag) if before else None
        told = read_seen(translator.translate(seen.content), seen.now, tree.pages.snapshot.seen if tree else None)
        others.append((told, make_dress(told.content, theme, tree.dress if tree else None, dress), tree))
    dresses = {one.layout.language: one for _, one, _ in others}
    if dresses.keys() != dress.others.keys() or any(dresses[tag] is not dress.others[tag] for tag in dresses):
        dress = replace(dress, others=dresses)
    whole = ((seen, dress, own), *others)
    return BegunSite(dress, tuple((told, begin_tree(told, one, tree), tree) for told, one, tree in whole), translators)


def complete_plan(snapshot: Snapshot, begun: BegunSite) -> SitePlan:
    """The whole plan of which one has been begun. Raises jinja2.TemplateError."""
    (_, first, own), *rest = begun.trees
    others = []
    for seen, one, old in rest:
        told = complete_snapshot(seen, old.pages.snapshot if old else None)
        others.append(complete_tree(told, one, old))
    main = complete_tree(snapshot, first, own, tuple(chain.from_iterable(map(list_maps, others))))
    trees = (main, *others)
    files = {path: file for tree in trees for path, file in tree.files.items()} if others else main.files
    changed = tuple(chain.from_iterable(tree.changed for tree in trees))
    return SitePlan(begun.dress, trees, files, changed, begun.translators)


def render_site(plan: SitePlan) -> Iterator[tuple[str, bytes]]:
    for path, file in plan.files.items():
        yield path, render_file(file, plan.dress)
