from datetime import date

import pytest

from bot.i18n.catalogues import Catalogues
from bot.library.offices import Office
from tests.support.content import SmallContent


def test_an_office_shows_what_is_confirmed(content: SmallContent, catalogues: Catalogues) -> None:
    library, problems = content.read(catalogues)
    assert problems == []
    assert library.offices["town-hall"] == Office(
        "town-hall", "Rathaus Musterstadt", "https://stadt.example", date(2026, 11, 1), email="rathaus@stadt.example"
    )
    poison = library.offices["poison-centre"]
    assert poison.phone is library.facts["poison"]
    assert poison.by_appointment_only


def test_what_is_unconfirmed_is_in_no_part_of_the_office(content: SmallContent, catalogues: Catalogues) -> None:
    content.replace("offices/town-hall.yaml", '"opening hours"', '"Mon 8:30, Kantweg 5"')
    library, problems = content.read(catalogues)
    assert problems == []
    assert "Kantweg" not in repr(library.offices["town-hall"])


@pytest.mark.parametrize(
    ("right", "wrong", "line", "what"),
    [
        ("source: R-01", "source: X-99", 3, "`X-99` does not exist"),
        ("source: R-01\n", "", 1, "`source` is missing"),
        ("https://stadt.example", "http://stadt.example", 2, "does not begin with https://"),
        ("website: https://stadt.example", "website:", 2, "`website` is missing"),
        ('name: "Rathaus Musterstadt"\n', "", 1, "`name` is missing"),
        ("assured: 2026-11-01\n", "", 1, "`assured` is missing"),
        ("email: rathaus@stadt.example", "phone: 05171 1234", 5, "no phone number of facts.yaml"),
        ("email: rathaus@stadt.example", "phone: ticket-price", 5, "no phone number of facts.yaml"),
        ("email: rathaus@stadt.example", "hours: 8-12", 5, "`hours` is not known"),
        ("email: rathaus@stadt.example", "by_appointment_only: always", 5, "must be yes or no"),
    ],
)
def test_an_office_that_is_not_right_is_left_out_and_named(
    content: SmallContent, catalogues: Catalogues, right: str, wrong: str, line: int, what: str
) -> None:
    path = content.replace("offices/town-hall.yaml", right, wrong)
    library, problems = content.read(catalogues)
    assert "town-hall" not in library.offices
    [problem] = [problem for problem in problems if problem.path == path]
    assert problem.line == line
    assert what in problem.what
    assert problem.cure
