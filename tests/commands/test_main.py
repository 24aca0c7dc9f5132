import os
import subprocess
import sys
from argparse import Namespace
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from bot.commands import main as main_module
from bot.commands.main import main
from bot.settings import Settings

ROOT = Path(__file__).parent.parent.parent
COMMANDS: tuple[list[str], ...] = (
    [],
    ["run"],
    ["chat"],
    ["ask"],
    ["understand"],
    ["check"],
    ["nlu"],
    ["nlu", "evaluate"],
    ["data"],
    ["data", "export"],
    ["data", "erase"],
    ["data", "retention"],
    ["db"],
    ["db", "upgrade"],
)


@pytest.mark.parametrize("command", COMMANDS, ids=" ".join)
def test_every_command_explains_itself(command: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as left:
        main([*command, "--help"])
    assert left.value.code == 0
    assert capsys.readouterr().out.startswith(" ".join(["usage: lotse", *command]))


@pytest.mark.parametrize("arguments", [[], ["dance"], ["data"], ["data", "export"], ["check", "spelling"], ["db"]])
def test_arguments_that_make_no_command_end_with_two(arguments: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as left:
        main(arguments)
    assert left.value.code == 2
    assert "usage: lotse" in capsys.readouterr().err


def test_wrong_settings_end_with_two_and_are_named_all_together(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("LOTSE_HTTP_PORT", "eighty")
    monkeypatch.setenv("LOTSE_TIMEZONE", "Peine")
    assert main(["check", "locales"]) == 2
    said = capsys.readouterr()
    assert [line.split()[:2] for line in said.err.splitlines()] == [
        ["lotse:", "LOTSE_HTTP_PORT"],
        ["lotse:", "LOTSE_TIMEZONE"],
    ]
    assert said.out == ""


def test_a_typing_error_in_the_name_of_a_setting_is_said_and_does_no_harm(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("LOTSE_HTTP_PROT", "80")
    assert main(["db", "upgrade"]) == 0
    assert "LOTSE_HTTP_PROT is no setting of Lotse" in capsys.readouterr().err


def test_who_stops_a_command_sees_no_trace_of_the_code(monkeypatch: pytest.MonkeyPatch) -> None:
    def stopped(_arguments: Namespace, _settings: Settings) -> int:
        raise KeyboardInterrupt

    def add(commands: Any) -> None:
        commands.add_parser("wait").set_defaults(run=stopped)

    monkeypatch.setattr(main_module, "_COMMANDS", (SimpleNamespace(add=add),))
    assert main(["wait"]) == 130


def test_a_reader_that_goes_away_is_no_error() -> None:
    """As in ``lotse check | head``: the pipe is closed while there is more to say."""
    reading, writing = os.pipe()
    os.close(reading)
    done = subprocess.run(
        [sys.executable, "-m", "bot", "db", "upgrade"],
        cwd=ROOT,
        env={**os.environ, "PYTHONUNBUFFERED": ""},
        stdout=writing,
        stderr=subprocess.PIPE,
        check=False,
    )
    os.close(writing)
    assert (done.returncode, done.stderr) == (0, b"")
