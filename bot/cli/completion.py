"""The terminal door to completion: `kb completion`. click writes the scripts; this installs them."""

import os
from pathlib import Path

import click
from click.shell_completion import get_completion_class

from bot.cli.command import LANG, command, kb
from bot.cli.command_help import terminal_lang
from bot.language import say
from bot.refused_values import why_not_opened
from index.errors import KbError

SHELLS = ("bash", "zsh", "fish")
# What loads the script; fish looks into its own folder.
_RC = {"bash": ".bashrc", "zsh": ".zshrc"}
_LOADS = {
    "bash": '[ -r "{script}" ] && . "{script}"  # kb completion',
    "zsh": '(( $+functions[compdef] )) || {{ autoload -Uz compinit && compinit }}; . "{script}"  # kb completion',
}


@command()
@click.argument("shell", type=click.Choice(SHELLS), required=False)
@click.option("--install", is_flag=True)
@LANG
def completion(shell: str | None, install: bool, lang: str | None) -> None:
    """Print the script that completes for SHELL, or install it."""
    spoken, running = lang or terminal_lang(), Path(os.environ.get("SHELL", "")).name
    shell = shell or running
    if shell not in SHELLS:
        raise KbError(say(spoken, "errors", "which_shell", shells=", ".join(SHELLS)))
    script = script_of(shell)
    if not install:
        click.echo(script)
        return
    try:
        for file in installed(shell, script):
            click.echo(say(spoken, "terminal", "written", file=file))
    except OSError as error:
        why = why_not_opened(spoken, error)
        raise KbError(say(spoken, "errors", "unwritable", file=error.filename, why=why)) from None
    click.echo(say(spoken, "terminal", "new_shell", shell=shell))


def script_of(shell: str) -> str:
    """What click writes for this shell."""
    shell_class = get_completion_class(shell)
    assert shell_class is not None
    return shell_class(kb, {}, "kb", "_KB_COMPLETE").source()


def installed(shell: str, script: str) -> list[Path]:
    """Write the script and, once, the line that loads it; the files that were written."""
    home = Path.home()
    if shell == "fish":
        file = _folder("XDG_CONFIG_HOME", home / ".config") / "fish/completions/kb.fish"
    else:
        file = _folder("XDG_DATA_HOME", home / ".local/share") / f"kb/completion.{shell}"
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(script, "utf-8")
    if shell not in _RC:
        return [file]
    rc = (_folder("ZDOTDIR", home) if shell == "zsh" else home) / _RC[shell]
    line = _LOADS[shell].format(script=file)
    before = rc.read_text("utf-8") if rc.is_file() else ""
    if line in before:
        return [file]
    with rc.open("a", encoding="utf-8") as opened:
        opened.write(f"{line}\n" if before.endswith("\n") or not before else f"\n{line}\n")
    return [file, rc]


def _folder(variable: str, default: Path) -> Path:
    return Path(os.environ.get(variable) or default)
