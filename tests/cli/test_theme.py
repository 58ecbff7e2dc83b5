"""`statusgen theme`, as a user runs it, and the theme that site.yaml names."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path

import pytest
from command import read_tree, run_statusgen

SITE = "name: Acme\nurl: https://status.acme.example/\ncomponents: {api: API}\n"
LOGO = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 3"><path d="M0 0h9v3z"/></svg>'


def write(folder: Path, files: Mapping[str, str | bytes]) -> None:
    for name, text in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(text if isinstance(text, bytes) else text.encode())


@pytest.fixture
def place(tmp_path: Path) -> Path:
    write(tmp_path, {"content/site.yaml": SITE})
    return tmp_path


def test_a_new_theme_looks_as_the_one_below_until_it_is_changed(place: Path) -> None:
    told = run_statusgen("theme", "new", "mine", "--extends", "compact", cwd=place)
    assert told.returncode == 0 and "statusgen serve --theme mine" in told.stdout
    checked = run_statusgen("theme", "check", cwd=place)
    assert checked.returncode == 0
    assert checked.stdout.splitlines() == [
        "mine/templates/base.html extends compact/base.html: blocks footer",
        "mine/templates/index.html extends compact/index.html: blocks notices",
        "mine/assets/custom.css: behind the stylesheet",
        "mine: no problems.",
    ]
    pages = []
    for name in ("mine", "compact"):
        built = run_statusgen("build", "--theme", name, "--at", "2026-11-20", "--output", name, cwd=place)
        assert built.returncode == 0
        pages.append((place / name / "index.html").read_text("utf-8"))
    own, below = (re.sub(r"style\.\w+\.css", "", page).replace("\n\n", "\n") for page in pages)
    assert own == below


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("new", "../mine"), "`../mine` cannot be a new theme's name"),
        (("new", "compact"), "`compact` cannot be a new theme's name"),
        (("new", "mine", "--extends", "nope"), "there is no theme `nope`"),
        (("new", "there"), "/themes/there exists already"),
        (("check", "nope"), "there is no theme `nope`"),
        (("check", "latin"), "theme latin: cannot read templates/404.html: 'utf-8' codec can't decode"),
    ],
)
def test_what_cannot_be_done_is_one_line(place: Path, arguments: tuple[str, ...], message: str) -> None:
    write(place, {"themes/there/assets/custom.css": "", "themes/latin/templates/404.html": b"\xff"})
    before = read_tree(place)
    result = run_statusgen("theme", *arguments, cwd=place)
    assert (result.returncode, result.stdout) == (2, "")
    assert message in result.stderr and result.stderr.startswith("error: ") and result.stderr.count("\n") == 1
    assert read_tree(place) == before


def test_check_tells_everything_at_once_with_template_and_line(place: Path) -> None:
    write(
        place,
        {
            "themes/bad/templates/404.html": '{% extends "base.html" %}\n{% block mian %}\n{% endblock %}\n',
            "themes/bad/templates/history.html": "\n{% if page %}",
            "themes/bad/templates/incident.html": '{% extends "default/incident.html" %}\n{% block main %}\n'
            "{{ super() }}\n{% if page.record %}{{ page.nothing }}{% endif %}\n{% endblock %}\n",
            "themes/bad/templates/month.html": "{{ page.month|no_filter }}",
            "themes/bad/templates/notice.html": "{% if 1 < 0 %}{{ typo }}{% endif %}",
            "themes/bad/templates/page.html": '<p style="color: red" onclick="x()">{{ page.page.title|duration }}</p>',
            "themes/bad/templates/uptime.html": '<p style="color: red" onclick="x()"></p><script>x</script>',
            "themes/bad/templates/working.html": '<img src="https://tracker.example/x.png" alt="">',
            "themes/bad/templates/incidnt.html": "",
            "themes/bad/assets/unused.png": "",
            "themes/bad/assets/custom.css": "/* --note: x */\n:root {\n  --page: #fff;\n  --crad: #eee;\n}\n",
        },
    )
    result = run_statusgen("theme", "check", "bad", cwd=place)
    assert result.returncode == 1
    found = re.findall(r"^themes/bad/(\S+): (\w+)\[theme\]: (.+)$", result.stdout, re.MULTILINE)
    expected = [
        ("assets/custom.css:4", "warning", "nothing reads the property `--crad`"),
        ("assets/unused.png", "warning", "no template uses this file"),
        ("templates/404.html:2", "warning", "no template that this extends has a block `mian`"),
        ("templates/history.html:2", "error", "Unexpected end of template."),
        ("templates/incident.html:4", "error", "has no attribute 'nothing'"),
        ("templates/incidnt.html", "warning", "no page and no template uses this file"),
        ("templates/month.html:1", "error", "No filter named 'no_filter'."),
        ("templates/notice.html:1", "error", "`typo` is nothing that this template is given"),
        ("templates/page.html:1", "error", "AttributeError"),
        ("templates/uptime.html", "warning", "the attribute `style`"),
        ("templates/uptime.html", "warning", "the attribute `onclick`"),
        ("templates/uptime.html", "warning", "`<script>` in the page"),
        ("templates/working.html", "warning", "is fetched from another host"),
    ]
    assert sorted((place, severity) for place, severity, _ in found) == sorted(row[:2] for row in expected)
    for where, _, words in expected:
        assert any(where == place and words in message for place, _, message in found), (where, words)
    assert result.stdout.splitlines()[-1] == "bad: 5 errors, 8 warnings."


def test_check_reads_catalogues(place: Path) -> None:
    write(
        place,
        {
            "themes/bad/templates/page.html": '{% extends "default/page.html" %}{% block head %}{{ _("Hello") }}'
            "{% endblock %}",
            "themes/bad/locale/de.po": 'msgid "Hello"\nmsgstr "Hallo"\n\nmsgid "Uptme"\nmsgstr "x"\n\n'
            'msgid "since {at}"\nmsgstr "{oops}"\n',
            "themes/bad/locale/fr.po": 'msgid "Uptime\nmsgstr "x"\n',
            "themes/bad/locale/zh.po": "",
        },
    )
    result = run_statusgen("theme", "check", "bad", cwd=place)
    assert result.returncode == 1
    assert re.findall(r"^themes/bad/locale/(\S+): (\w+)\[theme\]: (.+)$", result.stdout, re.MULTILINE) == [
        ("de.po:4", "warning", "there is no message `Uptme`; did you mean `uptime`?"),
        ("de.po:7", "warning", "`since {at}` has other placeholders: `{at}`, `{oops}`"),
        ("fr.po", "error", 'line 1 is none of a catalogue: msgid "Uptime'),
        ("zh.po", "error", "`zh` is no language that pages can be in"),
    ]


def test_site_yaml_names_the_theme_and_the_option_wins(place: Path) -> None:
    looks = 'theme: {name: compact, accent: "#0a5500", logo: img/logo.svg}\n'
    write(place, {"content/site.yaml": SITE + looks, "content/img/logo.svg": LOGO})
    assert run_statusgen("check", cwd=place).stdout == "no problems.\n"
    for option, table in (((), True), (("--theme", "default"), False)):
        assert run_statusgen("build", *option, cwd=place).returncode == 0
        home = (place / "output/index.html").read_text("utf-8")
        assert ('class="dense"' in home) == table
        (logo,) = re.findall(r'<img src="(assets/logo\.\w+\.svg)" width="9" height="3"', home)
        assert (place / "output" / logo).read_text("utf-8") == LOGO
    assert "compact: no problems.\n" in run_statusgen("theme", "check", cwd=place).stdout
    write(place, {"content/site.yaml": SITE + "theme: {name: compcat}\n"})
    checked = run_statusgen("check", cwd=place)
    assert checked.returncode == 1
    assert "content/site.yaml: error[theme]: there is no theme `compcat`" in checked.stdout


@pytest.mark.parametrize(
    ("looks", "message"),
    [
        ("{logo: lgo.svg}", "content/site.yaml:4: error[bad-picture]: there is no file `lgo.svg`\n    did you mean"),
        ("{logo: bad.svg}", "content/bad.svg: error[bad-picture]: this cannot be shown as the logo: it has `<script>`"),
        ("{favicon: logo.png}", "logo.png: error[bad-picture]: this cannot be shown as the favicon: it is no PNG"),
    ],
)  # fmt: skip
def test_a_picture_that_cannot_be_shown_stops_a_build(place: Path, looks: str, message: str) -> None:
    write(
        place,
        {
            "content/site.yaml": f"{SITE}theme: {looks}\n",
            "content/logo.svg": LOGO,
            "content/logo.png": LOGO,
            "content/bad.svg": LOGO.replace("</svg>", "<script>alert(1)</script></svg>"),
        },
    )
    for command in ("check", "build"):
        result = run_statusgen(command, cwd=place)
        assert result.returncode == 1 and message in result.stdout + result.stderr
    assert not (place / "output").exists()
