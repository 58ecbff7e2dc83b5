"""A folder with an Upptime repository -> all that is in it, file by file."""

import re
from collections import defaultdict
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from statusgen.errors import Error
from statusgen.importers.entries import Entry, SiteFacts, Source, Taken
from statusgen.importers.front_matter import decode
from statusgen.importers.json_values import Object, objects, parse_json, text
from statusgen.importers.source_files import read_files
from statusgen.importers.upptime.config import CONFIG, read_config, read_since
from statusgen.importers.upptime.issue import read_issue
from statusgen.importers.upptime.outages import (
    guess_outages,
    make_incident,
    names_by_slug,
    part_told,
    read_commits,
)
from statusgen.importers.upptime.spans import Outage

_FOLDERS = {
    "api": "figures that Upptime made; statusgen counts its own",
    "graphs": "pictures that Upptime made",
    ".github": "how Upptime runs",
    "assets": "the look of the old site",
}
_SUFFIXES = (".yml", ".yaml", ".json", ".tsv", ".log", ".txt")
_SUMMARY = "history/summary.json"
_LOGS = (".tsv", ".log", ".txt")


def take_upptime(source: Path) -> Taken:
    """`source` is the folder of the repository. Its issues are in files of JSON, as GitHub's API or `gh` gives them,
    and its commits in a file of the lines of `git log`. Raises Error where it is no such folder."""
    files = read_files(source, _FOLDERS, _SUFFIXES)
    data = files.data
    if CONFIG not in data and _SUMMARY not in data:
        raise Error(f"{source}: not an Upptime repository: neither {CONFIG} nor {_SUMMARY} is in it.")
    sources = list(files.others)
    site = _read_site(data, sources)
    summary = objects(parse_json(data[_SUMMARY])[0]) if _SUMMARY in data else []
    names = {**{one.old_id: one.name for one in site.components if one.old_id}, **names_by_slug(summary)}
    entries = _read_issues(data, names, sources)
    told = [
        Outage(name, state or "", entry.updates[0].at, entry.updates[-1].at if _is_over(entry) else None)
        for entry in entries
        if entry.kind == "incident"
        for name, state in entry.components
    ]
    replaced: set[str] = set()
    for path in data:
        if path.endswith(_LOGS):
            found = read_commits(decode(data[path])[0])
            fresh, others = part_told(found, told)
            replaced |= {make_incident(one).key for one in others}
            incidents = [make_incident(one) for one in fresh]
            entries += incidents
            told += fresh
            why = "" if found else "no commits of Upptime are in it"
            what = f"{len(found)} outages, of all of which issues tell"
            sources.append(Source(path, tuple(one.key for one in incidents), left_out=why, as_what=what))
    if _SUMMARY in data:
        notes: list[str] = []
        unknown, others = guess_outages(summary, told, notes)
        guessed = [make_incident(one) for one in unknown]
        replaced |= {make_incident(one).key for one in others}
        entries += guessed
        wrong = parse_json(data[_SUMMARY])[1]
        what = "minutes per day, of which the rest tells more"
        keys = tuple(one.key for one in guessed)
        sources.append(Source(_SUMMARY, keys, left_out=wrong, as_what=what, notes=tuple(notes)))
    entries.sort(key=lambda entry: (entry.starts_at or entry.updates[0].at, entry.slug_id))
    sources.sort(key=lambda one: one.path)
    notes_of_all = ("left out: addresses of the histories of sites, /history/SLUG",)
    return Taken(site, tuple(entries), tuple(sources), notes_of_all, frozenset(replaced))


def _read_site(data: Mapping[str, bytes], sources: list[Source]) -> SiteFacts:
    since: dict[str, str] = {}
    for path, content in data.items():
        history = re.fullmatch(r"history/([^/]+)\.ya?ml", path)
        if history and (day := read_since(content)):
            since[history[1]] = day
            sources.append(Source(path, as_what=f"since when it is watched: {day}"))
        elif path not in (CONFIG, _SUMMARY) and not path.endswith((".json", *_LOGS)):
            sources.append(Source(path, left_out="not content"))
    if CONFIG not in data:
        return SiteFacts()
    site, told = read_config(data[CONFIG], since)
    sources.append(told)
    return site


def _read_issues(data: Mapping[str, bytes], names: Mapping[str, str], sources: list[Source]) -> list[Entry]:
    """Of issues that several files have, the one that was updated last counts."""
    issues: dict[str, Object] = {}
    comments: defaultdict[str, list[Object]] = defaultdict(list)
    asked: dict[str, list[str]] = {}
    for path, content in data.items():
        if not path.endswith(".json") or path == _SUMMARY:
            continue
        value, wrong = parse_json(content)
        found = _issues_in(value)
        replies = [one for one in objects(value) if "issue_url" in one]
        if wrong or not (found or replies):
            sources.append(Source(path, left_out=wrong or "no issues are in it"))
            continue
        for reply in replies:
            comments[text(reply, "issue_url").rpartition("/")[2]].append(reply)
        if not found:
            sources.append(Source(path, as_what=f"{len(replies)} comments"))
            continue
        for issue in found:
            known = issues.setdefault(text(issue, "number"), issue)
            if _changed(known) < _changed(issue):
                issues[text(issue, "number")] = issue
        asked[path] = [text(issue, "number") for issue in found]
    entries: dict[str, Entry] = {}
    notes: dict[str, list[str]] = {}
    for number, issue in issues.items():
        notes[number] = []
        replies = objects(issue.get("comments")) or comments[number]
        entry, why = read_issue(issue, replies, lambda slug: names.get(slug, slug), notes[number])
        if entry is None:
            notes[number].append(f"left out: issue {number}, {text(issue, 'title')}: {why}")
        else:
            entries[number] = entry
    for path, numbers in asked.items():
        keys = tuple(entries[number].key for number in numbers if number in entries)
        told = [note for number in numbers for note in notes.pop(number, [])]
        sources.append(Source(path, keys, "" if keys else "no entry can be made of it", notes=tuple(told)))
    return list(entries.values())


def _issues_in(value: Any) -> list[Object]:
    top = value.get("issues") if isinstance(value, dict) else value
    found = objects(top) or ([value] if isinstance(value, dict) else [])
    return [one for one in found if "number" in one and "title" in one and "pull_request" not in one]


def _changed(issue: Object) -> str:
    return text(issue, "updated_at") or text(issue, "updatedAt")


def _is_over(entry: Entry) -> bool:
    return entry.updates[-1].status == "resolved"
