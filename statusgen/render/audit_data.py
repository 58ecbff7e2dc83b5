"""Corrections as a table, as CSV and as JSON, for `statusgen audit`."""

from __future__ import annotations

import csv
import json
from collections.abc import Container, Iterable
from dataclasses import dataclass
from datetime import datetime
from fractions import Fraction
from typing import Any

from statusgen.history.promise_changes import SiteChange
from statusgen.history.shifts import Shift
from statusgen.history.snapshot import Snapshot
from statusgen.model.audit import Correction
from statusgen.render.record import describe_correction, short_id
from statusgen.render.uptime_data import Lines, as_plain_cell
from statusgen.render.uptime_words import format_share, format_signed

HEAD = ("COMMIT", "DATE", "FILE", "COMPONENT", "EFFECT", "WHAT")
COLUMNS = ("commit", "authored_at", "file", "title", "component", "lost_seconds", "lost_minutes", "what")
UNTOLD = "-"


@dataclass(frozen=True, slots=True)
class Row:
    """A correction with its effects on months, by component."""

    correction: Correction
    words: tuple[str, ...]
    shifts: tuple[tuple[str, tuple[Shift, ...]], ...]


@dataclass(frozen=True, slots=True)
class Rows:
    """Oldest first. What was before `cut_at` is missing."""

    corrections: tuple[Row, ...]
    site_changes: tuple[SiteChange, ...]
    cut_at: datetime | None


def find_rows(snapshot: Snapshot, site_changes: Iterable[SiteChange], chosen: Container[str] | None) -> Rows:
    """Of all commits, or of those that are `chosen` by their ids."""
    audit, site = snapshot.content.audit, snapshot.content.site
    found: dict[tuple[str, str], dict[str, list[Shift]]] = {}
    for (component, _), month in sorted(snapshot.shifts.months.items()):
        for shift in month.shifts:
            found.setdefault(shift.correction.key, {}).setdefault(component, []).append(shift)
    rows = tuple(
        Row(c, describe_correction(c, site), tuple((k, tuple(v)) for k, v in found.get(c.key, {}).items()))
        for c in (audit.corrections if audit else ())
        if chosen is None or c.commit.id in chosen
    )
    changes = tuple(change for change in site_changes if chosen is None or change.commit.id in chosen)
    return Rows(rows, changes, audit.cut_at if audit else None)


def render_table(rows: Rows) -> str:
    lines = [HEAD]
    for row in rows.corrections:
        commit = row.correction.commit
        head = (short_id(commit), _instant(commit.authored_at), row.correction.path)
        for component, seconds in _effects(row):
            effect = format_signed(seconds) if component else UNTOLD
            lines.append((*head, component or UNTOLD, effect, "; ".join(row.words)))
    for change in rows.site_changes:
        what = f"{change.what}: {change.before or 'none'} → {change.after or 'none'}"
        head = (short_id(change.commit), _instant(change.commit.authored_at), "site.yaml")
        lines.append((*head, change.component or UNTOLD, UNTOLD, what))
    widths = [max(len(line[column]) for line in lines) for column in range(len(HEAD))]
    told = ["  ".join(cell.ljust(width) for cell, width in zip(line, widths, strict=True)).rstrip() for line in lines]
    return "\n".join(told) + "\n"


def render_csv(rows: Rows) -> str:
    """RFC 4180, with exact seconds; those of changes in site.yaml are not told."""
    lines = Lines()
    writer = csv.writer(lines, lineterminator="\r\n")
    writer.writerow(COLUMNS)
    for row in rows.corrections:
        correction, commit = row.correction, row.correction.commit
        for component, seconds in _effects(row):
            told = ("; ".join(row.words), correction.title, correction.path)
            what, title, path = (as_plain_cell(text) for text in told)
            lost = (_number(seconds), _minutes(seconds)) if component else ("", "")
            writer.writerow((commit.id, _instant(commit.authored_at), path, title, component, *lost, what))
    for change in rows.site_changes:
        what = f"{change.what}: {change.before or 'none'} → {change.after or 'none'}"
        head = (change.commit.id, _instant(change.commit.authored_at), "site.yaml", "")
        writer.writerow((*head, change.component, "", "", what))
    return "".join(lines)


def render_json(rows: Rows) -> str:
    data = {
        "complete_since": _instant(rows.cut_at) if rows.cut_at else None,
        "corrections": [_correction_json(row) for row in rows.corrections],
        "site_changes": [
            {
                "commit": change.commit.id,
                "authored_at": _instant(change.commit.authored_at),
                "component": change.component or None,
                "what": change.what,
                "before": change.before or None,
                "after": change.after or None,
            }
            for change in rows.site_changes
        ],
    }
    return json.dumps(data, ensure_ascii=False, indent=2) + "\n"


def _correction_json(row: Row) -> dict[str, Any]:
    correction = row.correction
    return {
        "commit": correction.commit.id,
        "authored_at": _instant(correction.commit.authored_at),
        "file": correction.path,
        "title": correction.title,
        "what": list(row.words),
        "effects": [
            {
                "component": component,
                "lost_seconds": _number(_sum(shifts)),
                "lost_minutes": _minutes(_sum(shifts)),
                "months": [
                    {
                        "period": shift.before.period.key,
                        "percent_before": float(format_share(shift.before)),
                        "percent_after": float(format_share(shift.after)),
                        "lost_seconds": _number(shift.seconds),
                    }
                    for shift in shifts
                ],
            }
            for component, shifts in row.shifts
        ],
    }


def _effects(row: Row) -> list[tuple[str, Fraction]]:
    """By component; one without a component where none is touched."""
    return [(component, _sum(shifts)) for component, shifts in row.shifts] or [("", Fraction(0))]


def _sum(shifts: Iterable[Shift]) -> Fraction:
    return sum((shift.seconds for shift in shifts), Fraction(0))


def _minutes(seconds: Fraction) -> float:
    """To two decimals; the seconds are exact."""
    return float(round(seconds / 60, 2))


def _number(value: Fraction) -> int | float:
    return value.numerator if value.denominator == 1 else float(value)


def _instant(at: datetime) -> str:
    return f"{at:%Y-%m-%dT%H:%M:%SZ}"
