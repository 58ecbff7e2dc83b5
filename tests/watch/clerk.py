"""An author who goes back to what is over, again and again."""

from __future__ import annotations

import random
from datetime import datetime, timedelta

from watching import Clock, Repo

SITE = """name: Acme
url: https://status.example/
time_zone: Europe/Berlin
components: {api: API, web: Website}
promises: {all: {target: 99.9, changes: {announced: 24h, allowance: 2h}}}
"""
STATES = ("degraded_performance", "partial_outage", "major_outage")


class Clerk:
    """Every step is a commit or several, on the branch that is checked out."""

    def __init__(self, repo: Repo, clock: Clock, seed: int) -> None:
        self.repo, self.clock, self.dice = repo, clock, random.Random(seed)
        self.number = 0
        repo.commit({"site.yaml": SITE, "incidents/i0.md": self._incident()})

    def step(self) -> None:
        steps = ((60, self._write), (8, self._delete), (6, self._move), (5, self._break), (6, self._put_back),
                 (9, self._merge), (4, self._amend), (2, self._reset))  # fmt: skip
        weights, kinds = zip(*steps, strict=True)
        self.dice.choices(kinds, weights)[0]()
        self.clock.move(minutes=self.dice.choice((0, 5, 90, 600, 3000, -120)))

    def _name(self) -> str:
        return self.dice.choice(("incidents/i{}.md", "incidents/i{}.md", "changes/c{}.md")).format(
            self.dice.randrange(4)
        )

    def _some(self) -> str:
        found = [path.relative_to(self.repo.folder).as_posix() for path in sorted(self.repo.folder.rglob("*.md"))]
        return self.dice.choice(found or ["incidents/i0.md"])

    def _write(self) -> None:
        name = self.dice.choice((self._name(), self._some()))
        self.repo.commit({name: self._incident() if name.startswith("incidents") else self._change()})

    def _delete(self) -> None:
        (self.repo.folder / self._some()).unlink(missing_ok=True)
        self.repo.commit()

    def _move(self) -> None:
        old = self._some()
        new = self.dice.choice((old.replace("/", "/moved-"), old.replace("/", "/_"), old.replace("moved-", "")))
        if (self.repo.folder / old).exists():
            self.repo.move(old, new)
        self.repo.commit()

    def _break(self) -> None:
        self.repo.commit({self._some(): "---\ntitle: [\n---\n"})

    def _put_back(self) -> None:
        before = self.repo.run("rev-parse", "HEAD~2")
        if before.returncode == 0:
            self.repo.git("checkout", "-q", before.stdout.decode().strip(), "--", ".")
        self.repo.commit()

    def _merge(self) -> None:
        self.number += 1
        name = f"work{self.number}"
        self.repo.git("checkout", "-q", "-b", name)
        for _ in range(self.dice.randint(1, 2)):
            self._write()
        self.repo.git("checkout", "-q", "main")
        if self.dice.random() < 0.7:
            self._write()
        if self.repo.run("merge", "-q", "--no-ff", "-m", "Merge", name).returncode:
            self.repo.git("checkout", "-q", self.dice.choice(("--ours", "--theirs")), "--", ".")
            self.repo.commit()

    def _amend(self) -> None:
        self.repo.commit(None, "--amend")

    def _reset(self) -> None:
        self.repo.run("reset", "-q", "--hard", "HEAD~1")
        self.repo.commit()

    def _incident(self) -> str:
        dice, began = self.dice, self._moment()
        title, component = dice.choice(("Errors", "Slow pages", "No mail")), dice.choice(("api", "web"))
        head = f"---\ntitle: {title}\ncomponents: {{{component}: {dice.choice(STATES)}}}\n"
        head += f"started: {began:%Y-%m-%d %H:%M} UTC\n" * dice.randrange(2) + "draft: true\n" * (dice.random() < 0.06)
        at = "" if dice.random() < 0.1 else f" @ {began:%Y-%m-%d %H:%M} UTC"
        text = f"{head}---\n\n## investigating{at}\n\nWe look into {dice.choice(('it', 'this'))}.\n"
        if dice.random() < 0.8:
            ended = began + timedelta(minutes=dice.choice((10, 20, 300)))
            text += (
                f"\n## resolved @ {ended:%Y-%m-%d %H:%M} UTC\n\nAll is well.\n" if at else "\n## resolved\n\nWell.\n"
            )
        return text

    def _change(self) -> str:
        dice, starts = self.dice, self._moment()
        counts = dice.choice(("", "counts_as_downtime: true\n", "counts_as_downtime: false\n"))
        repeat = "repeat: FREQ=DAILY;COUNT=3\n" * (dice.random() < 0.2)
        told = starts - timedelta(hours=dice.choice((2, 30)))
        return (
            f"---\ntitle: New disks\ncomponents: {{{dice.choice(('api', 'web'))}: partial_outage}}\n{counts}{repeat}"
            f"starts: {starts:%Y-%m-%d %H:%M} UTC\nduration: {dice.choice((1, 3))}h\n---\n\n"
            f"## scheduled @ {told:%Y-%m-%d %H:%M} UTC\n\nSoon.\n"
        )

    def _moment(self) -> datetime:
        return self.clock.now.replace(minute=0) - timedelta(hours=self.dice.choice((1, 2, 3, 30, 800)))
