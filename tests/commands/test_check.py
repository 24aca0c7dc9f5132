from datetime import datetime, tzinfo
from pathlib import Path

import pytest

from bot.commands import check
from bot.commands.main import main
from tests.support.content import TODAY, SmallContent

ROOT = Path(__file__).parent.parent.parent


class Clock:
    """Stands for datetime: it is always noon of the day on which the tests take place."""

    @staticmethod
    def now(zone: tzinfo) -> datetime:
        return datetime(TODAY.year, TODAY.month, TODAY.day, 12, tzinfo=zone)


@pytest.fixture(autouse=True)
def _today(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(check, "datetime", Clock)


def test_everything_that_people_edit_is_checked_and_right(capsys: pytest.CaptureFixture[str]) -> None:
    status = main(["check"])
    lines = capsys.readouterr().out.splitlines()
    assert [line for line in lines if "error:" in line] == []
    assert [line.partition(":")[0] for line in lines if line.endswith("warnings")] == ["content", "nlu", "locales"]
    assert status == 0


def test_only_what_was_asked_for_is_checked(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["check", "locales"]) == 0
    assert capsys.readouterr().out == "locales: 0 errors, 0 warnings\n"


def test_a_mistake_is_shown_with_file_line_and_cure_and_ends_with_one(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    content = SmallContent(tmp_path)
    path = content.replace("facts.yaml", "unit: week", "unit: weak")
    monkeypatch.setenv("LOTSE_CONTENT_DIR", str(content.folder))
    assert main(["check", "content"]) == 1
    lines = capsys.readouterr().out.splitlines()
    assert any(line.startswith(f"{path}:1: error: The unit `weak` is not known. Use one of: ") for line in lines)
    assert lines[-1].startswith("content: ")


def test_warnings_alone_are_no_failure(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    # Half a year after the sources of the real content were read, they ask to be read again.
    copied = tmp_path / "content"
    for file in (ROOT / "content").rglob("*"):
        if file.is_file():
            target = copied / file.relative_to(ROOT / "content")
            target.parent.mkdir(parents=True, exist_ok=True)
            text = file.read_text(encoding="utf-8")
            target.write_text(text.replace("seen: 2026-11-22", "seen: 2026-05-01"), encoding="utf-8")
    monkeypatch.setenv("LOTSE_CONTENT_DIR", str(copied))
    assert main(["check", "content"]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert len(lines) > 1
    assert all(": warning: The source `" in line for line in lines[:-1])


def test_a_folder_that_holds_no_content_is_said_plainly(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "empty").mkdir()
    monkeypatch.setenv("LOTSE_CONTENT_DIR", str(tmp_path / "empty"))
    assert main(["check", "content"]) == 1
    assert "sources.yaml" in capsys.readouterr().out
