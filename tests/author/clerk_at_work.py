"""Random commands, one after the other, and what must come of them by a second reckoning."""

from __future__ import annotations

import random
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from desks import Desk
from styles import CHANGES, INCIDENTS

from statusgen.author.lines import split_lines
from statusgen.model.entries import Change, Incident
from statusgen.model.site import Content

ZONE = ZoneInfo("Europe/Berlin")
COMPONENTS = ("api", "web", "db")
STATES = ("operational", "degraded_performance", "partial_outage", "major_outage", "under_maintenance")
TITLES = (
    "Errors on the API", "API: errors", "# 1 is down", "It's \"slow\"", "no", "12:30:45", "- [x] {y}",
    "Ärger & Verdruß", "停電", "key: value: more", "~", "null", "@home *bold* &c", "ends with colon:",
    "a" * 200, "C:\\temp\\new",
)  # fmt: skip
TEXTS = (
    "We look.", "One.\n\nTwo.", "- a\n- b", "### Head\n\nText", "```\n## resolved @ 2020-01-01 00:00\n```",
    "{{ next }} {%",
    "`## x`", "a <!-- not shown --> b", "<script>x</script>", "---\n\nrule", "*so* | _much_", "=======", "> quote",
    "Zeile mit Ümläuten – und 🙈", "1. one\n2. two", "    code", "title: x", "\\n \\", "\u202bעברית", "a\r\nb",
)  # fmt: skip


@dataclass
class Reckoning:
    """What is asked for. Times of updates are those that were given, None for now."""

    title: str
    states: dict[str, str]
    updates: list[tuple[str, str, dict[str, str]]] = field(default_factory=list)
    window: tuple[datetime, datetime] | None = None
    over: bool = False


class Clerk:
    def __init__(self, desk: Desk, seed: int) -> None:
        self.desk, self.dice = desk, random.Random(seed)
        self.entries: dict[str, Reckoning] = {}
        self.at = datetime.now(UTC).replace(second=0, microsecond=0) - timedelta(hours=20)
        style = self.dice.choice(list(INCIDENTS))
        desk.write("incidents/2026-11-03-kept.md", INCIDENTS[style])
        desk.write("changes/2036-12-03-kept.md", CHANGES[self.dice.choice(list(CHANGES))])
        content, _ = desk.check()
        self.entries |= {kept.path: as_reckoned(kept) for kept in content.incidents}
        self.entries |= {kept.path: as_reckoned(kept) for kept in content.changes}

    def act(self) -> None:
        """One command. Only its file changes, and of that only the lines that it is about."""
        before = self._files()
        arguments, path, only_adds = self.dice.choice([self.open, self.update, self.update, self.resolve, self.schedule,
                                                       self.move, self.step])()  # fmt: skip
        if not arguments:
            return
        written = self.desk.do(*arguments)
        self.entries[written] = self.entries.pop(path)
        after = self._files()
        assert {name for name in after if before.get(name) != after[name]} == {written}, arguments
        if only_adds and path:
            assert is_kept(before[path], after[path]), arguments

    def open(self) -> tuple[list[str], str, bool]:
        title, text, states = self.dice.choice(TITLES), self._text(), self._states()
        status = self.dice.choice(("investigating", "identified"))
        self.entries[""] = Reckoning(" ".join(title.split()), states, [(status, text, {})])
        options = [part for item in states.items() for part in ("--component", "=".join(item))]
        return (
            ["incident", "open", "--status", status, "-m", text, "--at", self._later(), "--yes", *options, "--", title],
            "",
            False,
        )

    def update(self) -> tuple[list[str], str, bool]:
        path = self._one(lambda entry: not entry.window)
        status, text, states = (
            self.dice.choice(("investigating", "identified", "monitoring")),
            self._text(),
            self._states(),
        )
        self.entries[path].updates.append((status, text, states))
        self.entries[path].over = False
        options = [part for item in states.items() for part in ("--component", "=".join(item))]
        options += self.dice.choice([[], ["--next", "45m"]])
        return (
            [
                "incident",
                "update",
                self._name(path),
                "--status",
                status,
                "-m",
                text,
                "--at",
                self._later(),
                "-y",
                *options,
            ],
            path,
            True,
        )

    def resolve(self) -> tuple[list[str], str, bool]:
        path = self._one(lambda entry: not entry.window and not entry.over)
        if not path:
            return [], "", False
        text = self._text()
        self.entries[path].updates.append(("resolved", text, {}))
        self.entries[path].over = True
        return ["incident", "resolve", self._name(path), "-m", text, "--at", self._later(), "--yes"], path, True

    def schedule(self) -> tuple[list[str], str, bool]:
        title, text, names = self.dice.choice(TITLES), self._text(), self.dice.sample(COMPONENTS, 2)
        starts, length = self._ahead(), timedelta(minutes=self.dice.randrange(10, 600))
        self.entries[""] = Reckoning(" ".join(title.split()), dict.fromkeys(names, "under_maintenance"),
                                     [("scheduled", text, {})], (starts, starts + length))  # fmt: skip
        how = self.dice.choice([["--duration", f"{length.seconds // 60}m"], ["--ends", wall(starts + length)]])
        return (
            [
                "change",
                "schedule",
                "--starts",
                wall(starts),
                *how,
                "--component",
                ",".join(names),
                "-m",
                text,
                "--yes",
                "--",
                title,
            ],
            "",
            False,
        )

    def move(self) -> tuple[list[str], str, bool]:
        path = self._one(lambda entry: bool(entry.window) and not entry.over)
        window = self.entries[path].window if path else None
        if not window:
            return [], "", False
        starts, text, length = self._ahead(), self._text(), window[1] - window[0]
        how: list[str] = []
        if self.dice.random() < 0.5:
            length = timedelta(minutes=self.dice.randrange(10, 600))
            how = self.dice.choice([["--duration", f"{length.seconds // 60}m"], ["--ends", wall(starts + length)]])
        self.entries[path].window = starts, starts + length
        self.entries[path].updates.append(("scheduled", text, {}))
        return ["change", "move", self._name(path), "--starts", wall(starts), *how, "-m", text, "--yes"], path, False

    def step(self) -> tuple[list[str], str, bool]:
        path = self._one(lambda entry: bool(entry.window) and not entry.over)
        if not path:
            return [], "", False
        begun = any(status == "in_progress" for status, _, _ in self.entries[path].updates)
        word, status = self.dice.choice(
            [("complete", "completed"), ("cancel", "cancelled")] + [("start", "in_progress")] * (not begun)
        )
        text = self._text()
        self.entries[path].updates.append((status, text, {}))
        self.entries[path].over = status != "in_progress"
        return ["change", word, self._name(path), "-m", text, "--yes"], path, True

    def _files(self) -> dict[str, bytes]:
        top = self.desk.content
        return {path.relative_to(top).as_posix(): path.read_bytes() for path in top.rglob("*") if path.is_file()}

    def _one(self, fits: object) -> str:
        assert callable(fits)
        found = [path for path, entry in self.entries.items() if fits(entry)]
        return self.dice.choice(found) if found else ""

    def _name(self, path: str) -> str:
        return path.rpartition("/")[2].removesuffix(".md")

    def _text(self) -> str:
        return self.dice.choice(TEXTS)

    def _states(self) -> dict[str, str]:
        return {name: self.dice.choice(STATES) for name in self.dice.sample(COMPONENTS, self.dice.randint(0, 2))}

    def _later(self) -> str:
        self.at += timedelta(minutes=self.dice.randint(0, 30))
        return f"{self.at:%Y-%m-%d %H:%M} UTC"

    def _ahead(self) -> datetime:
        return datetime(2036, 6, 1, tzinfo=UTC) + timedelta(minutes=self.dice.randrange(60 * 24 * 90))


def wall(at: datetime) -> str:
    return f"{at.astimezone(ZONE):%Y-%m-%d %H:%M}"


def is_kept(before: bytes, after: bytes) -> bool:
    """Whether all old lines are there in their order, whole, and the new ones stand together."""
    old, new = split_lines(before).lines, split_lines(after).lines
    if old and not old[-1].endswith(("\n", "\r")):
        old = (*old[:-1], old[-1] + "\n")
    start = next((i for i, (a, b) in enumerate(zip(old, new, strict=False)) if a != b), min(len(old), len(new)))
    return old[start:] == new[len(new) - len(old) + start :]


def shown(text: str) -> str:
    """As the parser has it."""
    return text.strip().replace("\r\n", "\n").replace("<!-- not shown -->", "")


def as_reckoned(entry: Incident | Change) -> Reckoning:
    told = [
        (update.status.value, update.body.strip(), {name: state.value for name, state in update.states})
        for update in entry.updates
    ]
    states = {name: state.value for name, state in entry.states}
    window = (entry.starts_at, entry.ends_at) if isinstance(entry, Change) else None
    over = entry.resolved_at is not None if isinstance(entry, Incident) else False
    return Reckoning(entry.title, states, told, window, over)


def agree(content: Content, asked: dict[str, Reckoning]) -> None:
    found = {one.path: as_reckoned(one) for one in content.incidents}
    found |= {one.path: as_reckoned(one) for one in content.changes}
    assert found.keys() == asked.keys()
    for path, entry in asked.items():
        told = [(status, shown(text), states) for status, text, states in entry.updates]
        assert (found[path].title, found[path].states, found[path].window) == (entry.title, entry.states, entry.window)
        assert found[path].updates == told, (path, found[path].updates, told)
