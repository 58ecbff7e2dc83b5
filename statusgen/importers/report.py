"""What an import did, for the person who has to trust it."""

from collections.abc import Iterator
from dataclasses import dataclass

from statusgen.importers.entries import Source

_MOST_IN_LINE = 2


@dataclass(frozen=True, slots=True)
class Report:
    """`written`, `unchanged`, `kept` (edited by a person) and `removed` (by one) count files; in a dry run, those that
    would be. A note is one line. `paths`: where entries are, by their keys."""

    incidents: int
    changes: int
    updates: int
    written: int
    unchanged: int
    kept: int
    removed: int
    notes: tuple[str, ...]
    notices: int = 0
    pages: int = 0
    components: int = 0
    sources: tuple[Source, ...] = ()
    paths: tuple[tuple[str, str], ...] = ()
    dry_run: bool = False
    warnings: tuple[str, ...] = ()


def headline_of(report: Report) -> str:
    kinds = [(report.incidents, "incidents"), (report.changes, "changes")]
    kinds += [(count, word) for count, word in ((report.notices, "notices"), (report.pages, "pages")) if count]
    *most, last = [f"{count} {word if count != 1 else word[:-1]}" for count, word in kinds]
    done = "files would be written" if report.dry_run else "files written"
    removed = f", {report.removed} left out as removed" if report.removed else ""
    return (
        f"{', '.join(most)} and {last} with {report.updates} updates; "
        f"{report.written} {done}, {report.unchanged} unchanged, {report.kept} kept as edited{removed}."
    )


def lines_of(report: Report) -> Iterator[str]:
    """Warnings, then file by file, in the order of the source, then what is about no file of it. Notes stand below
    their file."""
    yield from report.warnings
    paths = dict(report.paths)
    for source in report.sources:
        targets = [paths[key] for key in source.keys if key in paths]
        if source.left_out:
            yield f"{source.path}: left out: {source.left_out}"
        elif len(targets) > _MOST_IN_LINE:
            yield f"{source.path} -> {len(targets)} files:"
            yield from (f"    {target}" for target in targets)
        elif targets:
            yield f"{source.path} -> {', '.join(targets)}"
        else:
            yield f"{source.path}: taken: {source.as_what}"
        yield from (f"    {note}" for note in source.notes)
    yield from report.notes
