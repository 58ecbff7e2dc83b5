"""Old addresses: each sends readers on to a page that is there, and old feeds are the same as the new ones."""

from __future__ import annotations

from posixpath import dirname, join, normpath

from html_reader import read_html
from sites import SITE, make_sample, make_site

from statusgen.history.snapshot import take_snapshot
from statusgen.model.site import Component, Group
from statusgen.parse.aliases import FOLDERS, RESERVED
from statusgen.parse.feed_rules import _feeds_of
from statusgen.render.site import plan_site

ALSO = "feeds: {also: {/index.xml: history.rss, /affected/API/index.xml: components/api/feed.rss}}\n"
OLD = SITE.replace("api: API", "api: {name: API, aliases: [/affected/API/]}") + ALSO
UPDATES = "## investigating @ 2026-11-03 09:20\n\nWe look.\n"
END = "## resolved @ 2026-11-03 10:20\n\nFine.\n"
FILES = {
    "site.yaml": OLD,
    "incidents/a.md": f'---\ntitle: A <b> & "c"\naliases: [/issues/a/, /issues/a.html]\n---\n{UPDATES}',
    "incidents/later.md": f"---\ntitle: L\naliases: [/issues/l/]\n---\n{UPDATES.replace('2026', '2027')}",
    "incidents/over.md": f"---\ntitle: O\naliases: [/issues/o/, /issues/p/]\n---\n{UPDATES}{END}",
    "notices/n.md": "---\ntitle: N\npublish: 2026-11-03\naliases: [/issues/deep/er/n/]\n---\nText.\n",
    "pages/p.md": "---\ntitle: P\naliases: [/p/]\n---\nText.\n",
}
EXPECTED = {
    "affected/API/index.html": "components/api/index.html",
    "issues/a/index.html": "incidents/a/index.html",
    "issues/a.html": "incidents/a/index.html",
    "issues/o/index.html": "incidents/over/index.html",
    "issues/p/index.html": "incidents/over/index.html",
    "issues/deep/er/n/index.html": "notices/n/index.html",
    "p/index.html": "pages/p/index.html",
}


def test_readers_are_sent_on() -> None:
    files = make_site(FILES)
    for path, target in EXPECTED.items():
        elements = read_html(files[path]).elements
        (refresh,) = [a["content"] for _, a in elements if a.get("http-equiv") == "refresh"]
        (link,) = [a["href"] for tag, a in elements if tag == "a"]
        (canonical,) = [a["href"] for _, a in elements if a.get("rel") == "canonical"]
        assert refresh == f"0; url={link}"
        assert normpath(join(dirname(path), link, "index.html")) == target
        assert target in files
        assert canonical == "https://status.acme.example/status/" + target.removesuffix("index.html")
        assert {tag for tag, _ in elements} <= {"html", "head", "meta", "title", "link", "body", "p", "a"}
        assert any(a.get("name") == "robots" and a.get("content") == "noindex" for _, a in elements)
    assert b"<title>A &lt;b&gt; &amp; &#34;c&#34;</title>" in files["issues/a/index.html"]
    assert "issues/l/index.html" not in files
    listed = b"".join(data for path, data in files.items() if path.startswith("sitemap"))
    assert b"issues/" not in listed and b"affected/" not in listed


def test_old_feeds_are_the_new_ones() -> None:
    files = make_site(FILES)
    assert files["index.xml"] == files["history.rss"]
    assert files["affected/API/index.xml"] == files["components/api/feed.rss"]


def test_a_later_plan_is_that_of_a_fresh_start() -> None:
    from sites import NOW, default_theme, parse_files

    first = plan_site(take_snapshot(parse_files(FILES), NOW), default_theme())
    fewer = {path: text.replace("/issues/a/, ", "").replace("/issues/o/, ", "") for path, text in FILES.items()}
    snapshot = take_snapshot(parse_files(fewer), NOW)
    later = plan_site(snapshot, default_theme(), first)
    assert dict(later.files) == dict(plan_site(snapshot, default_theme()).files)
    gone = {"issues/a/index.html", "issues/o/index.html"}
    assert first.files.keys() - later.files.keys() == gone


def test_the_reserved_names_are_those_that_the_site_makes() -> None:
    tops = {path.split("/")[0] for path in make_sample()}
    assert tops <= RESERVED | FOLDERS.keys()
    assert len(tops) > len(RESERVED)


def test_the_known_feeds_are_those_that_are_published() -> None:
    files = make_site({"site.yaml": SITE})
    known = _feeds_of((Group("edge", ""),), tuple(Component(name, "") for name in ("api", "web", "db")))
    published = {path for path in files if path.rsplit("/")[-1].startswith(("feed.", "history."))}
    assert set(known) == published
