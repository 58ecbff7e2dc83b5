"""`statusgen completion`."""

from __future__ import annotations

import click

PROGRAM = "statusgen"


@click.command()
@click.argument("shell", type=click.Choice(["bash", "zsh", "fish"]))
def completion(shell: str) -> None:
    """Print what makes a shell complete commands, slugs, components, statuses and messages.

    \b
      bash:  echo 'eval "$(statusgen completion bash)"' >> ~/.bashrc
      zsh:   echo 'eval "$(statusgen completion zsh)"' >> ~/.zshrc
      fish:  statusgen completion fish > ~/.config/fish/completions/statusgen.fish
    """
    from click.shell_completion import get_completion_class

    from statusgen.cli.main import statusgen

    kind = get_completion_class(shell)
    assert kind, "click knows the three"  # noqa: S101
    click.echo(kind(statusgen, {}, PROGRAM, f"_{PROGRAM.upper()}_COMPLETE").source())
