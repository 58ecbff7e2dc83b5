"""An author whose every incident, change and update bears a word of its own, by which it is known whatever becomes of
its file."""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from watching import Clock, Repo

STATES = ("degraded_performance", "partial_outage", "major_outage")


@dataclass
class Remark:
    """An update. Without a time it has that of its commit."""

    word: str
    status: str
    at: datetime | None
    version: int = 0

    def text(self) -> str:
        when = f" @ {self.at:%Y-%m-%d %H:%M} UTC" if self.at else ""
        return f"## {self.status}{when}\n\n{self.word} in version {self.version}.\n\n"


@dataclass
class Paper:
    """A file with its entry. `window` is that of planned work."""

    word: str
    path: str
    head: str
    window: tuple[datetime, timedelta] | None = None
    name: str = ""
    version: int = 0
    remarks: list[Remark] = field(default_factory=list)

    def text(self) -> str:
        lines = [f"title: {self.word} no. {self.version}", self.head]
        if self.window:
            start, length = self.window
            lines += [f"starts: {start:%Y-%m-%d %H:%M}", f"duration: {length // timedelta(minutes=1)}m"]
        lines += [f"id: {self.name}"] if self.name else []
        newline = "\n"
        return f"---\n{newline.join(lines)}\n---\n\n" + "".join(remark.text() for remark in self.remarks)


class Scribe:
    """`words` has each that is in use."""

    def __init__(self, repo: Repo, clock: Clock, seed: int) -> None:
        self.repo, self.clock, self.dice = repo, clock, random.Random(seed)
        self.papers: list[Paper] = []
        self.gone: list[Paper] = []
        self.count = 0
        self._new_incident()
        self._new_change()
        self.repo.commit()

    def step(self) -> str:
        """What was done, in one commit."""
        steps: list[tuple[int, Callable[[], None]]] = [
            *((4, self._new_incident), (4, self._new_change), (8, self._remark), (4, self._reword), (2, self._retitle)),
            *((2, self._drop_remark), (2, self._move), (1, self._rename), (2, self._delete), (1, self._put_back)),
            *((4, self._reschedule), (1, self._nothing)),
        ]
        weights, acts = zip(*steps, strict=True)
        self.clock.move(minutes=self.dice.randint(1, 300))
        act = self.dice.choices(acts, weights)[0]
        act()
        self.repo.commit()
        return str(act.__name__)

    def _word(self) -> str:
        self.count += 1
        return f"w{self.count}x"

    def _save(self, paper: Paper) -> None:
        self.repo.write({paper.path: paper.text()})

    def _pick(self) -> Paper:
        if not self.papers:
            self._new_incident()
        return self.dice.choice(self.papers)

    def _new_incident(self) -> None:
        word = self._word()
        paper = Paper(word, f"incidents/{word}.md", f"components: {{api: {self.dice.choice(STATES)}}}")
        paper.remarks.append(self._new_remark("investigating"))
        self.papers.append(paper)
        self._save(paper)

    def _new_change(self) -> None:
        word = self._word()
        start = self.clock.now.replace(second=0) + timedelta(minutes=self.dice.randint(-500, 3000))
        window = start, timedelta(minutes=self.dice.choice([30, 60, 600]))
        paper = Paper(word, f"changes/{word}.md", "components: [web]", window)
        if self.dice.randrange(3):
            paper.remarks.append(self._new_remark("scheduled"))
        self.papers.append(paper)
        self._save(paper)

    def _new_remark(self, status: str) -> Remark:
        """Each of its own minute, or of its commit."""
        at = self.clock.now.replace(second=0) - timedelta(minutes=1)
        return Remark(self._word(), status, at if self.dice.randrange(3) else None)

    def _remark(self) -> None:
        paper = self._pick()
        kinds = ("scheduled", "in_progress", "verifying", "completed", "cancelled") if paper.window else (
            "investigating", "identified", "monitoring", "resolved")  # fmt: skip
        paper.remarks.append(self._new_remark(self.dice.choice(kinds)))
        self._save(paper)

    def _reword(self) -> None:
        paper = self._pick()
        for remark in paper.remarks[:1]:
            remark.version += 1
        self._save(paper)

    def _retitle(self) -> None:
        paper = self._pick()
        paper.version += 1
        self._save(paper)

    def _drop_remark(self) -> None:
        paper = self._pick()
        if len(paper.remarks) > 1:
            paper.remarks.pop()
        self._save(paper)

    def _move(self) -> None:
        """Into another folder, with the same name."""
        paper = self._pick()
        kind, _, rest = paper.path.partition("/")
        target = f"{kind}/{self.dice.randint(2024, 2026)}/{rest.rpartition('/')[2]}"
        self._put(paper, target)

    def _rename(self) -> None:
        """Under a name that says more; its address stays."""
        paper = self._pick()
        paper.name = paper.name or paper.path.rpartition("/")[2].removesuffix(".md")
        target = f"{paper.path.rpartition('/')[0]}/{paper.word}-{self._word()}.md"
        self._put(paper, target)
        self._save(paper)

    def _put(self, paper: Paper, target: str) -> None:
        if target != paper.path:
            self.repo.move(paper.path, target)
            paper.path = target

    def _delete(self) -> None:
        paper = self._pick()
        self.papers.remove(paper)
        self.gone.append(paper)
        self.repo.delete(paper.path)

    def _put_back(self) -> None:
        if self.gone:
            paper = self.gone.pop()
            self.papers.append(paper)
            self._save(paper)

    def _reschedule(self) -> None:
        changes = [paper for paper in self.papers if paper.window]
        for paper in changes and [self.dice.choice(changes)]:
            start, length = paper.window or (self.clock.now, timedelta())
            paper.window = start + timedelta(minutes=self.dice.randint(-2000, 4000)), length
            self._save(paper)

    def _nothing(self) -> None:
        self.repo.write({"messages/note.md": f"A note of {self.clock.now}."})
