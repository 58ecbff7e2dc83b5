"""Whether each alias leads to one page only."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from datetime import UTC, datetime

from statusgen.model.languages import get_language
from statusgen.model.site import Site
from statusgen.parse.aliases import FOLDERS, address_of
from statusgen.parse.parsed import Parsed
from statusgen.problems import Problem, Severity

LAST = datetime.max.replace(tzinfo=UTC)
HINT = "an address leads to one page only: take one of them out"


def check_aliases(site: Site, files: Iterable[Parsed]) -> list[Problem]:
    """Aliases that are addresses of entries, or that two have."""
    problems = []
    for parsed, alias, line, owner in _find_clashes(site, list(files)):
        message = f"the alias `/{address_of(alias)}` is the address of {owner}"
        code, hint = "alias-taken", HINT
        if ":" in owner:
            code, message = "duplicate-alias", f"the alias `/{address_of(alias)}` is there twice"
            hint = f"by {owner}; {HINT}"
        severity: Severity = "warning" if parsed.draft else "error"
        problems.append(Problem(parsed.entry.path, line, code, message, hint, severity))
    return problems


def drop_clashes(site: Site, files: list[Parsed], added_at: Callable[[str], datetime | None]) -> list[Parsed]:
    """Without the aliases that clash, so that none hides a page, and none is taken from who had it first: `added_at`
    says by path when that was."""
    lost: defaultdict[str, set[tuple[str, int]]] = defaultdict(set)
    if not any(True for _ in _find_clashes(site, files)):
        return files
    for parsed, alias, line, _ in _find_clashes(site, files, lambda path: added_at(path) or LAST):
        lost[parsed.entry.path].add((alias, line))
    return [_without(parsed, lost[parsed.entry.path]) if parsed.entry.path in lost else parsed for parsed in files]


def _without(parsed: Parsed, lost: set[tuple[str, int]]) -> Parsed:
    aliases = tuple(one for one in parsed.aliases if one not in lost)
    entry = replace(parsed.entry, aliases=tuple(alias for alias, _ in aliases))
    return replace(parsed, entry=entry, aliases=aliases)


def _find_clashes(
    site: Site, files: list[Parsed], since: Callable[[str], datetime] = lambda _: LAST
) -> Iterator[tuple[Parsed, str, int, str]]:
    """(file, alias, line, owner): the path of the file whose page is there, or `path:line` of the other alias.

    Of two, the one that was there first has it, as `since` says by path."""
    asked = [(alias, parsed, line) for parsed in files for alias, line in parsed.aliases]
    if not asked:
        return
    owners = {alias.casefold(): "site.yaml:1" for alias in (*site.aliases, *dict(site.feeds_also))}
    trees = {tag.casefold(): get_language(tag).english for tag in site.languages}
    pages = {parsed.address: parsed.entry.path for parsed in files if not parsed.draft}

    def order(one: tuple[str, Parsed, int]) -> tuple[bool, datetime, str, int]:
        path = one[1].entry.path
        return one[1].draft, since(path), path, one[2]

    # A draft never takes an address from what is published.
    for alias, parsed, line in sorted(asked, key=order):
        folder, *rest = alias.casefold().split("/")
        if folder in trees:
            yield parsed, alias, line, f"the pages in {trees[folder]}"
        elif folder in FOLDERS and (owner := pages.get((FOLDERS[folder], rest[0]))):
            yield parsed, alias, line, owner
        elif other := owners.get(alias.casefold()):
            yield parsed, alias, line, other
        else:
            owners[alias.casefold()] = f"{parsed.entry.path}:{line}"
