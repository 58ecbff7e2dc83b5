"""An author who plans work, and does at random to it all that authors do."""

from __future__ import annotations

import random
from datetime import datetime, timedelta

from watching import Clock, Repo

NAMES = ("a", "b", "c")
STATUSES = ("scheduled", "in_progress", "verifying", "completed", "cancelled")
HOUR = timedelta(hours=1)


class ChangeEditor:
    """Each step makes one commit, but for merges, and lets some time go by."""

    def __init__(self, repo: Repo, clock: Clock, seed: int) -> None:
        self.repo, self.clock, self.dice = repo, clock, random.Random(seed)
        # By name: front matter, and updates.
        self.heads: dict[str, dict[str, str]] = {}
        self.updates: dict[str, list[str]] = {}
        self.paths = {name: f"changes/{name}.md" for name in NAMES}

    def step(self) -> None:
        kinds = [self._plan, *[self._move] * 3, self._word, *[self._update] * 4, self._draft, self._delete, self._break]
        kinds += [self._except, self._except, self._back, self._rename, self._merge]
        step = self.dice.choice(kinds)
        step()
        self.repo.commit()
        self.clock.move(minutes=self.dice.choice((0, 1, 20, 60, 300, 1500)))

    def _at(self, ahead: int = 6) -> str:
        at = self.clock.now + self.dice.randint(-3, ahead) * HOUR / 2
        return f"{at:%Y-%m-%d %H:%M}"

    def _name(self) -> str:
        name = self.dice.choice(NAMES)
        if name not in self.heads:
            self._plan(name)
        return name

    def _plan(self, name: str = "") -> None:
        name = name or self.dice.choice(NAMES)
        self.heads[name] = {"title": f"Work {self.dice.randrange(9)}", "starts": self._at(), "duration": "90m"}
        self.heads[name] |= {"id": f"work-{name}", "components": self.dice.choice(("[api]", "{web: partial_outage}"))}
        if self.dice.random() < 0.4:
            self.heads[name]["repeat"] = self.dice.choice(("FREQ=DAILY", "FREQ=DAILY;COUNT=4", "FREQ=WEEKLY"))
        self.updates[name] = []
        if self.dice.random() < 0.7:
            self.updates[name].append(f"## scheduled @ {self._at(3)}\n\nSoon.\n")
        self._write(name)

    def _move(self) -> None:
        name = self._name()
        self.heads[name].pop("except", None)
        self.heads[name] |= {"starts": self._at(40), "duration": self.dice.choice(("30m", "2h", "5h"))}
        self._write(name)

    def _word(self) -> None:
        name = self._name()
        self.heads[name]["title"] = f"Work {self.dice.randrange(9)}"
        self._write(name)

    def _update(self) -> None:
        name = self._name()
        self.updates[name].append(
            f"## {self.dice.choice(STATUSES)} @ {self._at()}\n\nText {self.dice.randrange(99)}.\n"
        )
        self._write(name)

    def _back(self) -> None:
        name = self._name()
        self.updates[name] = self.updates[name][:-1]
        self._write(name)

    def _draft(self) -> None:
        name = self._name()
        if self.heads[name].pop("draft", None) is None:
            self.heads[name]["draft"] = "true"
        self._write(name)

    def _except(self) -> None:
        name = self._name()
        head = self.heads[name]
        if "repeat" in head:
            day = datetime.fromisoformat(head["starts"]).date()
            later = self.dice.choice(("", ", lasts: 20m, title: Other", f", announced: {self._at(3)}, duration: 3h"))
            what = later.replace("lasts", "duration") or ", cancelled: true"
            head["except"] = f"[{{on: {day}{what}}}]"
            self._write(name)

    def _delete(self) -> None:
        name = self._name()
        (self.repo.folder / self.paths[name]).unlink(missing_ok=True)

    def _break(self) -> None:
        self.repo.write({self.paths[self._name()]: "---\ntitle: [\n---\n"})

    def _rename(self) -> None:
        """Its address stays, as the file says what it is. What was deleted comes back where it was: else nothing tells
        that it is the same."""
        name = self._name()
        if (self.repo.folder / self.paths[name]).exists():
            new = f"changes/{self.dice.choice(('x', 'y'))}/{name}.md"
            self.repo.move(self.paths[name], new)
            self.paths[name] = new

    def _merge(self) -> None:
        """Two lines of work, each with commits of its own, whose times are mixed."""
        self.repo.commit()
        self.repo.git("checkout", "-q", "-B", "side")
        self._word()
        self.repo.commit()
        self.clock.move(minutes=5)
        self.repo.git("checkout", "-q", "main")
        self.dice.choice((self._move, self._update))()
        self.repo.commit()
        self.clock.move(minutes=5)
        self.repo.git("merge", "-q", "--no-edit", "--no-ff", "-X", self.dice.choice(("ours", "theirs")), "side")

    def _write(self, name: str) -> None:
        head = "\n".join(f"{key}: {value}" for key, value in self.heads[name].items())
        updates = "\n".join(self.updates[name])
        self.repo.write({self.paths[name]: f"---\n{head}\n---\n\nWhat we do.\n\n{updates}"})
