import os
from pathlib import Path

import pytest

from tests.support.databases import sqlite_url

ROOT = Path(__file__).parent.parent.parent


@pytest.fixture
def database_url(tmp_path: Path) -> str:
    """The address of the database that the commands work on."""
    return sqlite_url(tmp_path)


@pytest.fixture(autouse=True)
def environment(monkeypatch: pytest.MonkeyPatch, tmp_path: Path, database_url: str) -> None:
    """The settings of a Lotse that keeps everything in a folder of the test, whatever the machine has set."""
    for name in [name for name in os.environ if name.startswith("LOTSE_")]:
        monkeypatch.delenv(name)
    monkeypatch.setenv("LOTSE_DATABASE_URL", database_url)
    monkeypatch.setenv("LOTSE_DATA_DIR", str(tmp_path / "var"))
    monkeypatch.setenv("LOTSE_CONTENT_DIR", str(ROOT / "content"))
