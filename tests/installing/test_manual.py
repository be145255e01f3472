"""Manual pages and completion: are they whole, and do the programs that read them take them?"""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import click
import pytest
from click.testing import CliRunner

from webui.cli import COMMANDS, main
from webui.server.upkeep.manual import completions, pages


@pytest.fixture(scope="module")
def written(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("share")
    said = CliRunner().invoke(main, ["manual", str(folder)], prog_name="dispatches")
    assert said.exit_code == 0, said.output
    assert "completion for 3 shells" in said.output
    return folder


def _shown(written: Path, name: str) -> str:
    groff = shutil.which("groff")
    if groff is None:
        pytest.skip("needs groff, which is not on this machine")
    page = written / "man" / "man1" / f"{name}.1"
    command = [groff, "-man", "-ww", "-Kutf8", "-Tutf8", "-P-cbou", str(page)]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    assert done.stderr == ""
    return done.stdout


def test_every_command_and_every_option_has_its_place(written: Path) -> None:
    assert {f"dispatches-{name}.1" for name in COMMANDS} <= {
        one.name for one in (written / "man" / "man1").iterdir()
    }
    for name, text in pages(main).items():
        command: click.Command = main
        context = click.Context(main)
        for part in Path(name).stem.split("-")[1:]:
            assert isinstance(command, click.Group)
            found = command.get_command(context, part)
            assert found is not None
            command = found
        for option in command.params:
            if isinstance(option, click.Option) and not option.hidden:
                assert option.opts[0].replace("-", "\\-") in text, (name, option.opts)


def test_a_page_is_read_by_troff_as_the_command_says_it(written: Path) -> None:
    shown = " ".join(_shown(written, "dispatches-serve").split())
    assert "dispatches serve --port 8080 --workers 2" in shown
    assert "There is no log of queries." in shown
    assert "--update-every SECONDS" in shown
    assert "dispatches-entities-merge(1)" in _shown(written, "dispatches-entities")


@pytest.mark.parametrize("said", ["a\\b", ".TH not a heading", "'quoted'", "--x `y` ~ ^", "é ё"])
def test_whatever_a_command_says_is_printed_and_not_obeyed(said: str, tmp_path: Path) -> None:
    groff = shutil.which("groff")
    if groff is None:
        pytest.skip("needs groff, which is not on this machine")
    group = click.Group(params=[], help=f"About.\n\n{said} stands here.")
    (name,) = pages(group)
    page = tmp_path / "page.1"
    page.write_text(pages(group)[name], encoding="utf-8")
    command = [groff, "-Kutf8", "-man", "-Tutf8", "-P-cbou", str(page)]
    shown = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    assert f"{said} stands here." in " ".join(shown.split())


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_a_shell_takes_its_completion(written: Path, shell: str) -> None:
    program = shutil.which(shell)
    if program is None:
        pytest.skip(f"needs {shell}, which is not on this machine")
    (file,) = (written / name for name in completions(main) if name.startswith(shell))
    done = subprocess.run([program, "-n", str(file)], capture_output=True, text=True, check=True)
    assert done.stderr == ""


TYPED = {
    "dispatches reb": "rebuild",
    "dispatches serve --upd": "--update-every",
    "dispatches tokens ma": "make",
}


@pytest.mark.parametrize(("typed", "offered"), TYPED.items())
def test_tab_offers_what_there_is(typed: str, offered: str) -> None:
    words = {"COMP_WORDS": typed, "COMP_CWORD": str(len(typed.split()) - 1)}
    environment = {"_DISPATCHES_COMPLETE": "bash_complete", **words}
    said = CliRunner().invoke(main, prog_name="dispatches", env=environment)
    assert said.output == f"plain,{offered}\n"
