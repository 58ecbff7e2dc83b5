"""The same incidents as a Hugo site with a minimal theme: index, a page and JSON of each, paged lists, RSS and JSON."""

from __future__ import annotations

import re
from pathlib import Path

CONFIG = """\
baseURL = "https://status.example/"
title = "Bench"
disableKinds = ["taxonomy", "term"]
[pagination]
pagerSize = 50
[services.rss]
limit = 50
[outputs]
home = ["html", "rss", "json"]
section = ["html", "rss", "json"]
page = ["html", "json"]
"""
LAYOUTS = {
    "_default/baseof.html": '<!doctype html><html lang="en"><head><meta charset="utf-8"><title>{{ .Title }}</title>'
    '</head><body><main>{{ block "main" . }}{{ end }}</main></body></html>',
    "_default/single.html": '{{ define "main" }}<h1>{{ .Title }}</h1><p>{{ .Date.Format "2006-01-02" }}</p>'
    "{{ .Content }}{{ end }}",
    "_default/single.json": '{{ dict "title" .Title "url" .Permalink "date" .Date "text" .Plain | jsonify }}',
    "_default/list.html": '{{ define "main" }}<h1>{{ .Title }}</h1>{{ range .Paginator.Pages }}<p>'
    '<a href="{{ .RelPermalink }}">{{ .Title }}</a> {{ .Date.Format "2006-01-02" }}</p>{{ end }}'
    '{{ with .Paginator }}{{ if .HasNext }}<a href="{{ .Next.URL }}">Older</a>{{ end }}{{ end }}{{ end }}',
    "index.html": '{{ define "main" }}<h1>{{ .Site.Title }}</h1>{{ range first 50 .Site.RegularPages }}<p>'
    '<a href="{{ .RelPermalink }}">{{ .Title }}</a> {{ .Date.Format "2006-01-02" }}</p>{{ end }}{{ end }}',
    "_default/list.json": "{{ $list := slice }}{{ range first 50 .Site.RegularPages }}{{ $list = $list | append "
    '(dict "title" .Title "url" .Permalink "date" .Date) }}{{ end }}{{ $list | jsonify }}',
}


def write_hugo_site(content: Path, folder: Path) -> None:
    """`content` is a content folder as `write_content` makes it. Hugo wants a date in the front matter."""
    files = {"hugo.toml": CONFIG, **{f"layouts/{name}": text for name, text in LAYOUTS.items()}}
    files["layouts/index.json"] = LAYOUTS["_default/list.json"]
    for path in sorted((content / "incidents").rglob("*.md")):
        dated = re.sub(r"^---\n", f"---\ndate: {path.name[:10]}\n", path.read_text("utf-8"), count=1)
        files[f"content/incidents/{path.relative_to(content / 'incidents')}"] = dated
    for name, text in files.items():
        target = folder / name
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(text, "utf-8")
