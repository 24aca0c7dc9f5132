from bot.i18n.catalogues import Catalogues
from bot.library.passages import passages
from tests.support.content import SmallContent


def test_a_page_is_found_by_its_summary_and_by_its_text(content: SmallContent, catalogues: Catalogues) -> None:
    library, _problems = content.read(catalogues)
    found = passages([library.pages["register-your-address", "de"]])
    assert {(passage.topic, passage.locale) for passage in found} == {("register-your-address", "de")}
    summary, text = (passage.text for passage in found)
    assert summary == "Wohnsitz anmelden. Melden Sie sich in 2 Wochen an."
    assert text == (
        "Wohnsitz anmelden. Gehen Sie zum Rathaus Musterstadt. Sie haben dafür 2 Wochen Zeit. Bringen Sie mit: "
        "Ihren Pass die Bescheinigung des Vermieters"
    )


def test_a_long_page_is_cut_between_its_lines_and_nothing_is_lost(
    content: SmallContent, catalogues: Catalogues
) -> None:
    sentences = [f"Satz Nummer {number} erklärt etwas über die Fahrt mit dem Bus." for number in range(40)]
    content.replace(
        "topics/everyday-life/bus-and-train/de.md", "- Es gilt nicht im ICE.", "- " + "\n- ".join(sentences)
    )
    library, _problems = content.read(catalogues)
    found = passages([library.pages["bus-and-train", "de"]])
    assert len(found) > 4
    assert all(len(passage.text) <= 500 and passage.text.startswith("Bus und Bahn. ") for passage in found)
    whole = " ".join(passage.text.removeprefix("Bus und Bahn. ") for passage in found)
    assert all(whole.count(sentence) == 1 for sentence in sentences)
