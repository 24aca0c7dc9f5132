import pytest

from bot.library.text import Listing, Paragraph, Run, UnreadableText, lines, plain, read_markdown


def test_a_paragraph_has_bold_italic_and_linked_runs() -> None:
    [paragraph] = read_markdown("Gehen Sie **heute** zum *Rathaus*: [Stadt](https://stadt.example/x).")
    assert paragraph == Paragraph(
        (
            Run("Gehen Sie "),
            Run("heute", bold=True),
            Run(" zum "),
            Run("Rathaus", italic=True),
            Run(": "),
            Run("Stadt", link="https://stadt.example/x"),
            Run("."),
        )
    )


def test_styles_add_up() -> None:
    [paragraph] = read_markdown("**[Stadt](https://stadt.example) und *mehr***")
    assert paragraph == Paragraph(
        (
            Run("Stadt", bold=True, link="https://stadt.example"),
            Run(" und ", bold=True),
            Run("mehr", bold=True, italic=True),
        )
    )


def test_lists_have_bullets_or_numbers() -> None:
    assert read_markdown("Bringen Sie mit:\n\n- den **Pass**\n- ein Foto\n\n1. eins\n2. zwei") == (
        Paragraph((Run("Bringen Sie mit:"),)),
        Listing(((Run("den "), Run("Pass", bold=True)), (Run("ein Foto"),))),
        Listing(((Run("eins"),), (Run("zwei"),)), numbered=True),
    )


def test_a_list_may_follow_its_sentence_without_a_blank_line() -> None:
    assert [type(block) for block in read_markdown("Bringen Sie mit:\n- den Pass")] == [Paragraph, Listing]


def test_a_line_break_inside_a_paragraph_is_a_blank() -> None:
    assert plain(read_markdown("eine\nZeile und  \nnoch eine")) == "eine Zeile und noch eine"


def test_what_a_chat_has_no_place_for_stays_plain_text() -> None:
    text = "# Titel\n\n| a | b |\n\n<b>fett</b> &amp; `code` https://stadt.example"
    blocks = read_markdown(text)
    assert all(not (run.bold or run.italic or run.link) for runs in lines(blocks) for run in runs)
    assert plain(blocks).splitlines()[0] == "# Titel"
    assert "<b>fett</b> &amp;" in plain(blocks)


def test_a_sign_that_is_meant_as_itself_can_be_escaped() -> None:
    assert plain(read_markdown(r"\*nicht kursiv\*")) == "*nicht kursiv*"


def test_a_list_inside_a_list_is_refused_with_its_line() -> None:
    with pytest.raises(UnreadableText, match="list inside a list") as caught:
        read_markdown("Text\n\n- eins\n  - darin\n")
    assert caught.value.line == 3


@pytest.mark.parametrize("address", ["http://stadt.example", "tel:112", "/anmeldung", "bild.png"])
def test_a_link_that_is_not_https_is_refused_with_its_line(address: str) -> None:
    with pytest.raises(UnreadableText) as caught:
        read_markdown(f"Text\n\n[hier]({address})")
    assert caught.value.line == 2


def test_a_script_is_no_address_at_all() -> None:
    assert read_markdown("[hier](javascript:alert)") == (Paragraph((Run("[hier](javascript:alert)"),)),)


def test_the_plain_text_has_a_line_for_each_paragraph_and_item() -> None:
    assert plain(read_markdown("eins\n\n- zwei\n- drei\n\nvier")) == "eins\nzwei\ndrei\nvier"
