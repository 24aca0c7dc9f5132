"""The emergency page: the card as plain HTML. It needs no database, no understanding and no JavaScript."""

from collections.abc import Callable
from html import escape

from aiohttp import web

from bot.i18n.catalogues import Catalogues
from bot.i18n.isolates import isolate
from bot.i18n.languages import Direction, Languages
from bot.library.library import Library
from bot.library.text import Block, Paragraph, Run


def emergency_routes(
    library: Callable[[], Library], languages: Languages, catalogues: Catalogues
) -> list[web.RouteDef]:
    """``/emergency/<locale>``; an unknown locale shows the English card."""

    async def show(request: web.Request) -> web.Response:
        locale = languages.answer_language(languages.known(request.match_info.get("locale")))
        return web.Response(text=_page(library(), locale, languages, catalogues), content_type="text/html")

    return [web.get("/emergency", show), web.get("/emergency/{locale}", show)]


def _page(library: Library, locale: str, languages: Languages, catalogues: Catalogues) -> str:
    card, direction, phrases = library.card(locale), languages[locale].direction, catalogues[locale]
    body = "\n".join(_block(block, direction) for block in card.blocks)
    note = phrases("A machine translated this. It may contain mistakes.") if card.translation == "machine" else ""
    notes = f'<div class="notes"><p>{escape(note)}</p></div>' if note else ""
    others = "\n".join(
        f'<li><a href="/emergency/{one.code}" lang="{one.code}" dir="{one.direction}">{escape(one.name)}</a></li>'
        for one in languages.values()
        if one.interface and one.code != locale
    )
    return f"""<!doctype html>
<html lang="{locale}" dir="{direction}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="theme-color" content="#0b4f6c">
<meta name="color-scheme" content="light dark">
<title>{escape(card.title)} – Lotse</title>
<link rel="icon" href="/static/icon.svg" type="image/svg+xml">
<link rel="stylesheet" href="/static/chat.css">
</head>
<body class="page">
<header>
<img src="/static/icon.svg" alt="" width="36" height="36">
<div class="name"><strong>Lotse</strong></div>
<a class="home" href="/">{escape(phrases("Back to the chat"))}</a>
</header>
<main>
<section class="screen emergency">
<h1>🆘 {escape(isolate(card.title, direction))}</h1>
<p><strong>{escape(isolate(card.summary, direction))}</strong></p>
{body}
{notes}
</section>
<ul class="others">
{others}
</ul>
</main>
</body>
</html>
"""


def _block(block: Block, direction: Direction) -> str:
    if isinstance(block, Paragraph):
        return f"<p>{_runs(block.runs, direction)}</p>"
    name = "ol" if block.numbered else "ul"
    items = "".join(f"<li>{_runs(item, direction)}</li>" for item in block.items)
    return f"<{name}>{items}</{name}>"


def _runs(runs: tuple[Run, ...], direction: Direction) -> str:
    return "".join(_run(run, direction) for run in runs)


def _run(run: Run, direction: Direction) -> str:
    html = escape(isolate(run.text, direction))
    if run.link:
        html = f'<a href="{escape(run.link)}">{html}</a>'
    if run.italic:
        html = f"<em>{html}</em>"
    return f"<strong>{html}</strong>" if run.bold else html
