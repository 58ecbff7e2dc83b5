"""`statusgen headers`."""

from __future__ import annotations

from pathlib import Path

import click

from statusgen.cli.options import content_option, current_time
from statusgen.cli.output import count_words, print_problems
from statusgen.cli.reading import refuse

HOSTS = ("nginx", "caddy", "netlify", "cloudflare")
EXAMPLE = "https://status.example.com/"


@click.command()
@click.option("--for", "host", type=click.Choice(HOSTS), required=True, help="What serves the site.")
@content_option
def headers(host: str, content: Path) -> None:
    """Print how a web server or a static host should serve the site.

    A file of its settings, with a reason for each: a strict Content-Security-Policy, how long what may be kept, types
    and character sets of feeds and calendars, who may read the API, and the page for what is not there. It is made for
    the `url` in site.yaml, also where that has a path; without a site.yaml, for an example.

    \b
      statusgen headers --for nginx > /etc/nginx/conf.d/status.conf     then: nginx -t
      statusgen headers --for caddy >> /etc/caddy/Caddyfile             then: caddy validate
      statusgen headers --for netlify > public/_headers
      statusgen headers --for cloudflare > public/_headers

    For a web server, change the folder and the certificate in it to yours. With netlify and cloudflare, `public` is
    the folder that you upload.
    """
    from statusgen.render.headers.caddy import render_caddy
    from statusgen.render.headers.files import render_cloudflare, render_netlify
    from statusgen.render.headers.nginx import render_nginx
    from statusgen.render.headers.rules import make_rules

    renderers = (render_nginx, render_caddy, render_netlify, render_cloudflare)
    url, languages = _read_site(content)
    click.echo(dict(zip(HOSTS, renderers, strict=True))[host](url, make_rules(languages)), nl=False)


def _read_site(content: Path) -> tuple[str, tuple[str, ...]]:
    """The site's address, and the other languages that it is in."""
    from statusgen.parse.site import parse_site
    from statusgen.source.folder import SITE, check_folder, read_site

    if content.is_dir():
        check_folder(content)
    data = read_site(content) if content.is_dir() else None
    if data is None:
        click.echo(f"There is no {content / SITE}, so this is for {EXAMPLE}", err=True)
        return EXAMPLE, ()
    site, problems = parse_site(data, current_time())
    if site is None:
        print_problems(problems, content, err=True)
        refuse(count_words(problems))
    return site.url, site.languages
