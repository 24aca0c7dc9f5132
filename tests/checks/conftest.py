from pathlib import Path

import pytest

from tests.support.content import SmallContent


@pytest.fixture
def content(tmp_path: Path) -> SmallContent:
    """A small content base without a mistake."""
    return SmallContent(tmp_path)
