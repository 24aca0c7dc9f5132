"""Names, roles, contrast, sizes: what WCAG 2.2 AA asks for and a browser can measure, in light and in dark."""

from typing import Any

import pytest
from playwright.async_api import Browser, Page, expect

from tests.support.chromium import open_browser, visit
from tests.support.process import LotseProcess

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="session")]

QUESTION = {
    "de": "Wie melde ich meine Adresse an?",
    "ar": "كيف أسجل عنواني؟",
    "fr": "Comment déclarer mon adresse ?",
    "uk": "Як зареєструвати адресу?",
    "tr": "Adresimi nasıl kaydettiririm?",
}

# WCAG 2.2, 1.4.3 and 1.4.11: relative luminance of a text and of the nearest ground under it that is painted.
_FAINT = """() => {
    const parse = colour => {
        const [r, g, b, a = 1] = colour.match(/[\\d.]+/g).map(Number); return {rgb: [r, g, b], a}; };
    const linear = value => value / 255 <= .04045 ? value / 255 / 12.92 : ((value / 255 + .055) / 1.055) ** 2.4;
    const light = rgb => { const [r, g, b] = rgb.map(linear); return .2126 * r + .7152 * g + .0722 * b; };
    const ratio = (one, other) => {
        const [a, b] = [light(one), light(other)].sort((x, y) => y - x); return (a + .05) / (b + .05); };
    const ground = element => { for (let at = element; at; at = at.parentElement) {
        const {rgb, a} = parse(getComputedStyle(at).backgroundColor); if (a === 1) return rgb; }
        return parse(getComputedStyle(document.documentElement).backgroundColor).rgb; };
    const shown = element => element.checkVisibility() && !element.closest('.unseen, .skip');
    const faint = [];
    for (const element of document.querySelectorAll('body *')) {
        if (!shown(element)) continue;
        const style = getComputedStyle(element);
        const own = [...element.childNodes].filter(node => node.nodeType === 3).map(node => node.data).join('').trim();
        if (/[\\p{L}\\p{N}]/u.test(own)) {
            const size = parseFloat(style.fontSize), large = size >= 24 || size >= 18.66 && style.fontWeight >= 700;
            const value = ratio(parse(style.color).rgb, ground(element));
            if (value < (large ? 3 : 4.5)) faint.push(`text ${own.slice(0, 30)}: ${value.toFixed(2)}`);
        }
        if (element.matches('.row > *, textarea, dialog button') && parseFloat(style.borderTopWidth)) {
            const value = ratio(parse(style.borderTopColor).rgb, ground(element.parentElement));
            if (value < 3) faint.push(`edge ${own.slice(0, 30)}: ${value.toFixed(2)}`);
        }
    }
    const area = document.querySelector('textarea');
    if (area && area.checkVisibility()) {
        const value = ratio(parse(getComputedStyle(area, '::placeholder').color).rgb, ground(area));
        if (value < 4.5) faint.push(`placeholder: ${value.toFixed(2)}`);
    }
    return faint;
}"""

# Everything that is tapped on its own. A link in a sentence is excepted (WCAG 2.2, 2.5.8), a number to call is not.
_SMALL = """() => [...document.querySelectorAll(
        'button:not(.inline), .row > a, header a, .others a, textarea, a[href^="tel:"]')]
    .filter(element => element.checkVisibility() && !element.closest('dialog:not([open])'))
    .map(element => [element.textContent.trim(), element.getBoundingClientRect()])
    .filter(([, box]) => box.height < 44 || box.width < 24)
    .map(([text, box]) => `${text}: ${box.width.toFixed(0)}x${box.height.toFixed(0)}`)"""

# A word on a button that stands in two lines, or stands out of it.
_BROKEN = """() => [...document.querySelectorAll('.row > *, header a, #end, #leave')]
    .filter(button => button.checkVisibility())
    .flatMap(button => { const node = button.firstChild; const broken = [];
        for (const {0: word, index} of node.data.matchAll(/[^\\s\\u200b-]+/gu)) {
            const range = document.createRange(); range.setStart(node, index); range.setEnd(node, index + word.length);
            const lines = new Set([...range.getClientRects()].map(box => Math.round(box.bottom / 8))).size;
            const [text, edge] = [range.getBoundingClientRect(), button.getBoundingClientRect()];
            if (lines > 1 || text.left < edge.left || text.right > edge.right) broken.push(word);
        } return broken; })"""


async def nameless(page: Page) -> list[str]:
    """The roles of everything that can be operated and has no name for a screen reader."""
    inspector = await page.context.new_cdp_session(page)
    tree: dict[str, Any] = await inspector.send("Accessibility.getFullAXTree")
    operable = {"button", "link", "textbox", "dialog", "log"}
    found = [node for node in tree["nodes"] if not node["ignored"] and node["role"]["value"] in operable]
    assert found
    return [node["role"]["value"] for node in found if not node.get("name", {}).get("value", "").strip()]


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("language", ["de", "ar"])
async def test_every_part_has_a_name_enough_contrast_and_room_for_a_finger(
    browser: Browser, lotse: LotseProcess, language: str, scheme: str
) -> None:
    async with visit(browser, lotse.url, language=language, color_scheme=scheme) as visitor:
        page = visitor.page
        await visitor.start(language)
        await visitor.ask(QUESTION[language])
        await visitor.press(visitor.screens.last.locator('[data-press="emergency"]'))
        await expect(page.locator("section.emergency")).to_be_visible()
        await page.context.set_offline(offline=True)
        await visitor.write("?")
        await expect(page.get_by_role("alert")).to_be_visible()
        await visitor.shoot(f"all-parts-{language}-{scheme}")
        assert await page.evaluate(_FAINT) == []
        assert await page.evaluate(_SMALL) == []
        assert await nameless(page) == []
        doubled = (
            "[...document.querySelectorAll('[id]')].map(e => e.id).filter((id, at, all) => all.indexOf(id) !== at)"
        )
        assert await page.evaluate(doubled) == []

        await page.locator("#end").click()
        await expect(page.get_by_role("dialog")).to_be_visible()
        assert await page.evaluate(_FAINT) == []
        assert await page.evaluate(_SMALL) == []
        assert await nameless(page) == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
async def test_the_emergency_page_is_readable_and_easy_to_hit(
    browser: Browser, lotse: LotseProcess, scheme: str
) -> None:
    async with visit(browser, lotse.url, color_scheme=scheme) as visitor:
        await visitor.open("/emergency/ar")
        await visitor.shoot(f"emergency-{scheme}")
        assert await visitor.page.evaluate(_FAINT) == []
        assert await visitor.page.evaluate(_SMALL) == []
        assert await nameless(visitor.page) == []
        assert await visitor.overhang() == 0


@pytest.mark.parametrize("language", sorted(QUESTION))
async def test_no_word_on_a_button_is_broken_on_a_small_phone(
    browser: Browser, lotse: LotseProcess, language: str
) -> None:
    async with visit(browser, lotse.url, language=language, is_mobile=True) as visitor:
        await visitor.start(language)
        assert await visitor.page.evaluate(_BROKEN) == []
        assert await visitor.overhang() == 0
        await visitor.ask(QUESTION[language])
        await visitor.shoot(f"phone-{language}")
        assert await visitor.page.evaluate(_BROKEN) == []
        assert await visitor.overhang() == 0


@pytest.mark.parametrize("language", ["de", "uk"])
async def test_text_of_twice_the_size_fits(lotse: LotseProcess, browser: Browser, language: str) -> None:
    async with (
        open_browser("--blink-settings=defaultFontSize=32") as large,
        visit(large, lotse.url, language=language) as visitor,
    ):
        await visitor.start(language)
        await visitor.ask(QUESTION[language])
        await visitor.shoot(f"large-{language}")
        size = await visitor.page.evaluate("parseFloat(getComputedStyle(document.documentElement).fontSize)")
        assert size == pytest.approx(34)
        assert await visitor.overhang() == 0
        await expect(visitor.page.locator("header .emergency")).to_be_in_viewport(ratio=1)
        await expect(visitor.page.locator("#ask button")).to_be_in_viewport(ratio=1)
        await expect(visitor.page.locator("#end")).to_be_in_viewport()
        assert await visitor.page.evaluate("document.querySelector('main').clientHeight") > 200


async def test_a_phone_on_its_side_still_shows_the_conversation(browser: Browser, lotse: LotseProcess) -> None:
    async with visit(browser, lotse.url, viewport={"width": 740, "height": 340}) as visitor:
        await visitor.start("de")
        await visitor.ask(QUESTION["de"])
        await visitor.shoot("landscape")
        assert await visitor.page.evaluate("document.querySelector('main').clientHeight") > 200
        await expect(visitor.page.locator("#end")).to_be_in_viewport(ratio=1)
        assert await visitor.overhang() == 0


async def test_a_screen_reader_hears_the_answer_and_not_its_buttons(browser: Browser, lotse: LotseProcess) -> None:
    async with visit(browser, lotse.url) as visitor:
        await visitor.start("de")
        answer = await visitor.ask(QUESTION["de"])
        heard = visitor.page.locator("#heard")
        assert await heard.get_attribute("aria-live") == "polite"
        await expect(heard.locator("p").last).to_have_attribute("lang", "de")
        spoken = await heard.locator("p").last.inner_text()
        assert spoken.startswith(await answer.locator("h2").inner_text())
        assert "Notfall" not in spoken
        assert "Quelle" not in spoken

        await visitor.page.reload()
        await expect(visitor.screens).to_have_count(2)
        assert await heard.inner_text() == "", "what was heard once is not read out again after a reload"


async def test_the_field_grows_with_the_question_up_to_a_limit(browser: Browser, lotse: LotseProcess) -> None:
    async with visit(browser, lotse.url) as visitor:
        await visitor.start("de")
        field = visitor.page.locator("#question")
        heights = []
        for lines in (0, 1, 3, 40):
            await field.fill("\n".join(["Frage"] * lines))
            heights.append(await field.evaluate("element => element.offsetHeight"))
        empty, one, three, many = heights
        assert empty == one < three < many < 200


async def test_nothing_blinks_for_whoever_asked_for_rest(browser: Browser, lotse: LotseProcess) -> None:
    for motion, animation in (("reduce", "none"), ("no-preference", "blink")):
        async with visit(browser, lotse.url, reduced_motion=motion) as visitor:
            await visitor.open()
            name = "getComputedStyle(document.querySelector('.dots'), '::before').animationName"
            assert await visitor.page.evaluate(name) == animation
