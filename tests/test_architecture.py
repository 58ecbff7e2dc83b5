"""The house: which room imports which, which rooms are pure, and what a start costs."""

from __future__ import annotations

import ast
import json
from collections.abc import Iterator
from graphlib import TopologicalSorter
from pathlib import Path

import pytest
from command import ROOT, run_python

# A row imports the rows below it, never beside or above it.
ROWS = (
    {"__main__"},
    {"cli"},
    {"watch", "serve", "announce", "importers", "author", "explain"},
    {"build", "diff"},
    {"source", "parse", "render", "publish"},
    {"history"},
    {"model"},
    {"problems", "errors"},
    {"__init__"},
)
LEVELS = {room: level for level, rooms in enumerate(ROWS) for room in rooms}
PURE = ("model", "history", "parse", "render", "diff")
IMPURE_MODULES = {
    *("os", "io", "glob", "shutil", "tempfile", "fileinput", "mmap"),
    *("subprocess", "multiprocessing", "threading", "asyncio", "signal", "socket", "ssl", "http", "importlib"),
    *("time", "random", "secrets", "uuid", "locale", "getpass", "platform", "sys", "logging"),
}
PURE_PATHS = {"PurePath", "PurePosixPath"}
IMPURE_CALLS = {"open", "print", "input", "exec", "eval", "__import__"}
CLOCK = {"now", "today", "utcnow", "monotonic", "perf_counter"}
WRITING = {"write_bytes", "write_text", "mkdir", "makedirs", "unlink", "rmdir", "touch", "symlink_to", "rmtree"}
PROCESSES = {"system", "popen", "fork", "execv", "execve", "execvp", "spawnv", "posix_spawn"}
SLOW = {
    "watchdog",
    "sqlite3",
    "multiprocessing",
    "jinja2",
    "markdown",
    "feedparser",
    "yaml",
    "nh3",
    "rich",
    "dateutil",
    "statusgen.build",
    "statusgen.diff",
    "urllib.request",
}

PACKAGE = ROOT / "statusgen"
SOURCES = {path.relative_to(PACKAGE).as_posix(): path.read_text("utf-8") for path in sorted(PACKAGE.rglob("*.py"))}


def room_of(module: str) -> str:
    """`statusgen.parse.times` → `parse`."""
    parts = module.split(".")
    return parts[1] if len(parts) > 1 else "__init__"


def module_of(path: str) -> str:
    return ".".join(["statusgen", *path.removesuffix(".py").removesuffix("__init__").strip("/").split("/")]).strip(".")


def imports_of(source: str) -> Iterator[tuple[int, str]]:
    """(line, module) of every import, also of those inside functions; of `from a import b` both `a` and `a.b`."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Import):
            yield from ((node.lineno, name.name) for name in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield node.lineno, "." * node.level + (node.module or "")
            yield from ((node.lineno, f"{node.module}.{name.name}") for name in node.names)


def calls_of(source: str) -> Iterator[tuple[int, str, ast.Call]]:
    """(line, the name that is called without what stands before its last dot, the call)."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Call):
            name = getattr(node.func, "attr", "") or getattr(node.func, "id", "")
            yield node.lineno, str(name), node


def wrong_directions(path: str, source: str) -> list[str]:
    """Imports from beside or above."""
    here = room_of(module_of(path))
    wrong = []
    for line, module in imports_of(source):
        room = room_of(module)
        if module.startswith("."):
            wrong.append(f"{path}:{line} is relative")
        elif module.split(".")[0] == "statusgen" and room != here and LEVELS.get(room, 99) <= LEVELS[here]:
            wrong.append(f"{path}:{line} {here} imports {room}")
    return wrong


def impurities(path: str, source: str) -> list[str]:
    wrong = []
    for line, module in imports_of(source):
        top, _, name = module.partition(".")
        path_of_disk = top == "pathlib" and name not in PURE_PATHS | {""}
        if top in IMPURE_MODULES or path_of_disk or module == "urllib.request":
            wrong.append(f"{path}:{line} imports {module}")
    for line, name, call in calls_of(source):
        local = len(call.args) < {"astimezone": 1, "fromtimestamp": 2}.get(name, 0)  # without a zone
        if name in CLOCK | IMPURE_CALLS or local:
            wrong.append(f"{path}:{line} calls {name}")
    return wrong


def test_every_room_has_its_row() -> None:
    assert {room_of(module_of(path)) for path in SOURCES} <= LEVELS.keys()


def test_imports_go_down() -> None:
    assert [line for path, source in SOURCES.items() for line in wrong_directions(path, source)] == []


def test_no_circles() -> None:
    modules = {module_of(path) for path in SOURCES}
    graph = {
        module_of(path): {module for _, module in imports_of(source)} & modules - {module_of(path)}
        for path, source in SOURCES.items()
    }
    assert len(list(TopologicalSorter(graph).static_order())) == len(modules)


def test_pure_rooms() -> None:
    pure = {path: source for path, source in SOURCES.items() if path.split("/")[0] in PURE}
    assert len(pure) > 30
    assert [line for path, source in pure.items() for line in impurities(path, source)] == []


def test_who_reads_the_clock_runs_processes_and_writes() -> None:
    imports = {path: {module.split(".")[0] for _, module in imports_of(source)} for path, source in SOURCES.items()}
    calls = {path: {name for _, name, _ in calls_of(source)} for path, source in SOURCES.items()}
    assert {path for path in SOURCES if "subprocess" in imports[path] or calls[path] & PROCESSES} == {"source/git.py"}
    assert {path for path in SOURCES if "multiprocessing" in imports[path]} == {"build/sharing.py", "build/workers.py"}
    assert {path for path in SOURCES if calls[path] & {"now", "today", "utcnow"}} == {"cli/options.py"}
    writers = {path for path in SOURCES if calls[path] & WRITING}
    # What is written elsewhere is the cache.
    assert {room_of(module_of(path)) for path in writers - {"build/cache.py"}} == {
        "publish",
        "importers",
        "author",
        "cli",
    }


@pytest.mark.parametrize(
    ("path", "line"),
    [
        ("model/x.py", "from statusgen.history.days import Day"),
        ("parse/x.py", "import statusgen.render.words"),
        ("parse/x.py", "from statusgen import render"),
        ("publish/x.py", "def f():\n    from statusgen.build import build_site"),
        ("problems.py", "from statusgen.errors import Error"),
        ("render/x.py", "from . import words"),
    ],
)
def test_a_wrong_direction_is_found(path: str, line: str) -> None:
    assert wrong_directions(path, line)


@pytest.mark.parametrize(
    "line",
    [
        *("import os", "import os.path", "from os import environ", "from pathlib import Path", "import time"),
        *("datetime.now(UTC)", "date.today()", "at.astimezone()", "datetime.fromtimestamp(0)", "open('x')"),
    ],
)
def test_an_impurity_is_found(line: str) -> None:
    assert impurities("model/x.py", line)


def test_files_are_short() -> None:
    files = [*PACKAGE.rglob("*.py"), *Path(__file__).parent.rglob("*.py")]
    lengths = {path.relative_to(ROOT).as_posix(): len(path.read_text("utf-8").splitlines()) for path in files}
    assert {name: length for name, length in lengths.items() if length > 300} == {}


@pytest.mark.parametrize("arguments", [["--help"], ["build", "--help"], ["incident", "open", "--help"], ["--version"]])
def test_help_imports_only_what_it_uses(arguments: list[str]) -> None:
    code = (
        "import json, sys, statusgen.cli.main as main\n"
        f"sys.argv[1:] = {arguments!r}\n"
        "try:\n    sys.exit(main.call())\n"
        "finally:\n    print(json.dumps(list(sys.modules)), file=sys.stderr)\n"
    )
    result = run_python("-c", code)
    assert result.returncode == 0
    loaded = set(json.loads(result.stderr))
    assert "statusgen.cli.main" in loaded
    assert loaded & SLOW == set()
