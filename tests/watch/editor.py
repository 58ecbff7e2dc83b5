"""An author who does at random all that authors and git's own housekeeping do to a repository."""

from __future__ import annotations

import random
from collections.abc import Callable

from texts import FOLDERS, Texts
from watching import Clock, Repo

GOOD_SITE = b"name: Acme\nurl: https://status.example/\ncomponents: {api: API, web: WEB}\n"
THEME = "themes/mine"
# A commit without any content is not published.
KEPT = "pages/about.md"


class Editor:
    """`commits` counts. The working tree is that of the branch `main`, except within a step."""

    def __init__(self, repo: Repo, clock: Clock, seed: int) -> None:
        self.repo, self.clock, self.dice = repo, clock, random.Random(seed)
        self.texts = Texts(self.dice)
        self.commits = 0
        self.done: dict[str, int] = {}
        self._begin()

    def step(self) -> None:
        """One thing, which makes no commit, one, or several."""
        kinds: list[tuple[int, Callable[[], None]]] = [
            *((24, self._new), (24, self._edit), (6, self._delete), (10, self._rename), (8, self._break)),
            *((5, self._break_and_rename), (6, self._site), (5, self._theme), (3, self._swap), (3, self._link)),
            *(
                (6, self._burst),
                (6, self._amend),
                (4, self._revert),
                (5, self._merge),
                (4, self._reset),
                (2, self._force),
            ),
            *((1, self._unrelated), (2, self._vanish), (1, self._gc), (2, self._repack), (3, self._pack_refs)),
        ]
        weights, steps = zip(*kinds, strict=True)
        step = self.dice.choices(steps, weights)[0]
        self.done[step.__name__] = self.done.get(step.__name__, 0) + 1
        step()
        if self.repo.run("status", "--porcelain").stdout or step == self._burst:
            self._commit()
        self._pass_time()

    def _begin(self) -> None:
        """What every history begins with, so that there is always something to show."""
        self.repo.write(
            {
                KEPT: "---\ntitle: About\n---\n\nUs.\n",
                "site.yaml": GOOD_SITE,
                f"../{THEME}/templates/404.html": b"<p>Gone.</p>",
            }
        )
        self._new()
        self._commit()

    def _commit(self, *options: str) -> None:
        self.repo.commit(None, *options)
        self.commits += 1

    def _pass_time(self) -> None:
        kind = self.dice.random()
        if kind < 0.7:
            self.clock.move(seconds=self.dice.randint(0, 1800))
        elif kind < 0.74:
            self.clock.move(days=self.dice.randint(1, 40))
        elif kind < 0.78:
            self.clock.move(hours=-self.dice.randint(1, 100))

    def _files(self) -> list[str]:
        """Of the content folder, but for site.yaml and links."""
        paths = sorted(path for path in self.repo.folder.rglob("*.*") if path.is_file() and not path.is_symlink())
        names = [path.relative_to(self.repo.folder).as_posix() for path in paths]
        return [name for name in names if "/" in name and name != KEPT]

    def _some_file(self) -> str:
        files = self._files()
        if not files:
            self._new()
            files = self._files()
        return self.dice.choice(files)

    def _name(self) -> str:
        folder = self.dice.choice((*FOLDERS, *["incidents"] * 4))
        return f"{folder}/{folder[0]}{self.dice.randrange(12)}.md"

    def _new(self) -> None:
        name = self._name()
        self.repo.write({name: self.texts.text(name, self.clock.now)})

    def _edit(self) -> None:
        """Changes a line, adds an update, or writes the file anew, which mends it."""
        name, dice = self._some_file(), self.dice
        path = self.repo.folder / name
        kind = dice.random()
        if kind < 0.4 and name.startswith("incidents"):
            update = f"\n## {dice.choice(('identified', 'monitoring', 'resolved'))}\n\n{self.texts.words()}.\n"
            path.write_bytes(path.read_bytes() + update.encode())
        elif kind < 0.6:
            path.write_bytes(path.read_bytes().replace(b"disk", b"machine", 1) + b"\nMore.\n")
        else:
            self.repo.write({name: self.texts.text(name, self.clock.now)})

    def _delete(self) -> None:
        self.repo.delete(self._some_file())

    def _rename(self) -> None:
        old, new = self._some_file(), self._name()
        if self.dice.random() < 0.1:
            new = new.replace(".md", ".txt")
        if not (self.repo.folder / new).is_symlink():
            self.repo.move(old, new)

    def _break(self) -> None:
        """By a slip of the hand, which leaves most as it was."""
        path = self.repo.folder / self._some_file()
        slips = ((b"title", b"titel"), (b"---", b"--", 1), (b"## ", b"## x"), (b"components", b"component"))
        path.write_bytes(path.read_bytes().replace(*self.dice.choice(slips)))

    def _break_and_rename(self) -> None:
        self._break()
        self._rename()

    def _site(self) -> None:
        path = self.repo.folder / "site.yaml"
        if self.dice.random() < 0.1:
            path.unlink(missing_ok=True)
        else:
            path.write_bytes(self.texts.site())

    def _theme(self) -> None:
        folder = self.repo.top / THEME
        if self.dice.random() < 0.1 and folder.exists():
            self.repo.git("rm", "-rq", "-f", "--ignore-unmatch", THEME)
        elif self.dice.random() < 0.2:
            self.repo.write({f"../{THEME}/assets/extra.css": f"/* {self.texts.words()} */"})
        else:
            self.repo.write({f"../{THEME}/templates/404.html": self.texts.page()})

    def _swap(self) -> None:
        one, other = (self.repo.folder / self._some_file() for _ in range(2))
        texts = one.read_bytes(), other.read_bytes()
        one.write_bytes(texts[1])
        other.write_bytes(texts[0])

    def _link(self) -> None:
        path = self.repo.folder / self._some_file()
        path.unlink()
        path.symlink_to("../site.yaml")

    def _burst(self) -> None:
        for _ in range(self.dice.randint(2, 8)):
            self._edit()
            self._commit()

    def _amend(self) -> None:
        self._edit()
        self._commit("--amend")

    def _revert(self) -> None:
        if self.repo.run("revert", "--no-edit", f"HEAD~{self.dice.randrange(3)}").returncode:
            self._tidy()
        elif (self.repo.folder / KEPT).exists():
            self.commits += 1
        else:
            # What every history begins with was taken back.
            self.repo.git("reset", "-q", "--hard", "HEAD~1")

    def _merge(self) -> None:
        """Two lines of work that begin some commits ago, in either order of parents."""
        self.repo.git("checkout", "-q", "-B", "side", self._earlier())
        for _ in range(self.dice.randint(1, 3)):
            self.dice.choice((self._new, self._edit, self._rename, self._break))()
            self._commit()
        self.repo.git("checkout", "-q", "main")
        if self.repo.run(
            "merge", "-q", "--no-edit", "--no-ff", "-X", self.dice.choice(("ours", "theirs")), "side"
        ).returncode:
            self._tidy()
        else:
            self.commits += 1

    def _reset(self) -> None:
        self.repo.git("reset", "-q", "--hard", self._earlier())

    def _force(self) -> None:
        self._reset()
        self._edit()
        self._commit()

    def _unrelated(self) -> None:
        self.repo.git("checkout", "-q", "--orphan", "fresh")
        self._begin()
        self.repo.git("checkout", "-q", "-B", "main")
        self.repo.git("branch", "-q", "-D", "fresh")

    def _vanish(self) -> None:
        """The branch is gone for a while, and comes back with something new."""
        head = self.repo.head
        self.repo.git("update-ref", "-d", "refs/heads/main")
        if self.dice.random() < 0.5:
            self.repo.git("pack-refs", "--all")
        self.repo.git("update-ref", "refs/heads/main", head)
        self._edit()
        self._commit()

    def _gc(self) -> None:
        """Nothing that no branch has is left."""
        self.repo.git("branch", "-q", "-D", *self._other_branches()) if self._other_branches() else None
        self.repo.git("reflog", "expire", "--expire=now", "--all")
        self.repo.git("gc", "-q", "--prune=now")

    def _repack(self) -> None:
        self.repo.git("repack", "-q", "-a", "-d")

    def _pack_refs(self) -> None:
        self.repo.git("pack-refs", "--all")

    def _earlier(self) -> str:
        """A commit up to five before the branch's, as far as there are so many."""
        found = self.repo.git("rev-list", "--first-parent", "--max-count", str(self.dice.randint(2, 6)), "HEAD").split()
        return found[-1]

    def _other_branches(self) -> list[str]:
        names = self.repo.git("for-each-ref", "--format=%(refname:short)", "refs/heads").split()
        return [name for name in names if name != "main"]

    def _tidy(self) -> None:
        """After what git could not do by itself."""
        self.repo.git("reset", "-q", "--hard")
        self.repo.git("clean", "-q", "-fd")
