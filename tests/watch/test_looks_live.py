"""What site.yaml says of looks, in a branch that is watched: a mistake in it takes no page down."""

from __future__ import annotations

from pathlib import Path

from watching import SITE, Clock, Repo, Watcher

pytest_plugins = ["watch_fixtures"]
LOGO = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 3"><path d="M0 0h9v3z"/></svg>'


def test_looks_from_commit_to_commit(repo: Repo, tmp_path: Path, clock: Clock) -> None:
    with Watcher(repo.top, tmp_path / "watch", "--poll", "0.05", clock=clock) as watcher:

        def commit(theme: str, **files: str) -> tuple[str, list[str]]:
            """The home page, and the codes of what is wrong."""
            named = {f"../themes/mine/templates/{name}.html": text for name, text in files.items() if name != "logo"}
            logo = {"logo.svg": files["logo"]} if "logo" in files else {}
            repo.commit({"site.yaml": f"{SITE}theme: {theme}\n", **named, **logo})
            status = watcher.wait_for(repo.head)
            return watcher.page("index.html"), [problem["code"] for problem in status["problems"]]

        page, codes = commit("{name: compact, logo: logo.svg}", logo=LOGO)
        assert 'class="dense"' in page and "assets/logo." in page and codes == []
        # The last theme that worked is that of another name, so the page is shown in the default one.
        page, codes = commit("{name: compcat, logo: logo.svg}")
        assert 'class="bars"' in page and "assets/logo." in page and codes == ["theme"]
        page, codes = commit("{name: mine, logo: logo.svg}", index="<p>One</p>")
        assert (page, codes) == ("<p>One</p>", [])
        page, codes = commit("{name: mine, logo: logo.svg}", index="{{ no.such }}")
        assert (page, codes) == ("<p>One</p>", ["theme"])
        page, codes = commit("{name: brand, logo: logo.svg}", logo=LOGO.replace("<path", "<script"))
        assert 'class="band"' in page and "assets/logo." not in page and codes == ["bad-picture"]
        page, codes = commit("{name: brand, accent: teal}", logo=LOGO)
        assert 'class="band"' in page and codes == ["bad-token"]
        page, codes = commit("{name: default}")
        assert 'class="band"' not in page and "not-markdown" in codes
