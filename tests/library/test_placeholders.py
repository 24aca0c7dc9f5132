import pytest

from bot.library.placeholders import Placeholder, fill, find, read, sentences
from bot.library.text import Run

PRICE, GONE, TOWN_HALL = Placeholder("fact", "price"), Placeholder("fact", "gone"), Placeholder("office", "town-hall")


def value(placeholder: Placeholder) -> Run | None:
    return {
        PRICE: Run("63 €"),
        TOWN_HALL: Run("Rathaus", link="https://stadt.example"),
        Placeholder("fact", "phone"): Run("112", bold=True, link="tel:112"),
        Placeholder("topic", "bus"): Run("Bus und Bahn", topic="bus"),
    }.get(placeholder)


def filled(*runs: Run | str) -> tuple[Run, ...]:
    return fill(tuple(Run(run) if isinstance(run, str) else run for run in runs), value)


def text(*runs: Run | str) -> str:
    return "".join(run.text for run in filled(*runs))


@pytest.mark.parametrize(
    ("inside", "placeholder"),
    [
        ("fact:price", PRICE),
        ("fact:price|number", Placeholder("fact", "price", bare=True)),
        ("topic:bus", Placeholder("topic", "bus")),
        ("office:town-hall", TOWN_HALL),
        ("price", None),
        ("fact: price", None),
        ("Fact:price", None),
        ("fact:", None),
        ("topic:bus|number", None),
        ("fact:price|euro", None),
        ("event:fair", None),
    ],
)
def test_four_forms_are_known(inside: str, placeholder: Placeholder | None) -> None:
    assert read(inside) == placeholder


def test_every_placeholder_is_found_with_its_place() -> None:
    assert list(find("ab {fact:price} {oops}")) == [(3, "{fact:price}", PRICE), (16, "{oops}", None)]


def test_a_value_stands_in_the_place_of_its_placeholder() -> None:
    assert filled("Es kostet {fact:price}.") == (Run("Es kostet 63 €."),)


def test_the_style_of_the_value_adds_to_the_style_around_it() -> None:
    assert filled(Run("Ruf {fact:phone} an", italic=True)) == (
        Run("Ruf ", italic=True),
        Run("112", bold=True, italic=True, link="tel:112"),
        Run(" an", italic=True),
    )
    assert filled(Run("{office:town-hall}", bold=True)) == (Run("Rathaus", bold=True, link="https://stadt.example"),)


def test_a_topic_keeps_the_page_that_it_opens() -> None:
    assert filled("Siehe {topic:bus}")[1] == Run("Bus und Bahn", topic="bus")


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("Vorher. Es kostet {fact:gone}. Nachher.", "Vorher. Nachher."),
        ("Es kostet {fact:gone}. Nachher!", "Nachher!"),
        ("Vorher? Es kostet {fact:gone}", "Vorher?"),
        ("{fact:gone}", ""),
        ("قبل. السعر {fact:gone} في الشهر؟ بعد.", "قبل. بعد."),
        ("Eins.  {fact:gone} und {fact:price}. Drei.", "Eins. Drei."),
    ],
)
def test_a_value_that_is_gone_takes_its_sentence_with_it_and_the_rest_reads_well(before: str, after: str) -> None:
    assert text(before) == after


def test_a_sentence_goes_as_a_whole_even_where_it_changes_its_style() -> None:
    assert filled(
        "Vorher. Es kostet ", Run("genau {fact:gone}", bold=True), " im Monat. ", Run("Nachher", bold=True)
    ) == (
        Run("Vorher. "),
        Run("Nachher", bold=True),
    )


def test_a_number_with_a_point_is_no_end_of_a_sentence() -> None:
    assert text("Es kostet 1.50 und {fact:gone}. Nachher.") == "Nachher."
    assert sentences("Um 10.30 Uhr. Dann nicht.") == ["Um 10.30 Uhr.", "Dann nicht."]


def test_nothing_is_lost_where_nothing_is_gone() -> None:
    assert text("Eins. ", Run("Zwei!", bold=True), " Drei {fact:price}.") == "Eins. Zwei! Drei 63 €."


def test_braces_of_an_unknown_form_stay_as_they_are() -> None:
    assert text("Ein {geschweiftes} Wort") == "Ein {geschweiftes} Wort"


def test_neighbours_of_one_style_are_one_run() -> None:
    assert filled("a {fact:price}", " b") == (Run("a 63 € b"),)
