"""``lotse ask``: one question, one answer."""

import argparse
import asyncio
import json
from typing import Any

from bot.app import Knowledge
from bot.channels.terminal.rendering import buttons, reply_text
from bot.commands.progress import say
from bot.conversation.replies import DidYouMean, NoAnswer, NotYetWritten, Privacy, Reply, TopicAnswer
from bot.conversation.state import State
from bot.conversation.utterance import Utterance
from bot.screens.composer import Composer
from bot.screens.screen import Screen
from bot.settings import Settings
from bot.store.arrivals import Arrival
from bot.turns import reading
from bot.turns.answers import Answers


def add(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add the command."""
    parser = commands.add_parser("ask", help="ask one question")
    parser.add_argument("text", help="the question, in any language that Lotse knows")
    parser.add_argument("--lang", help="the newcomer's language, such as ar")
    parser.add_argument("--json", action="store_true", help="everything about the answer, as JSON")
    parser.set_defaults(run=_run)


def _run(arguments: argparse.Namespace, settings: Settings) -> int:
    answer = asyncio.run(_ask(Knowledge(settings, say), arguments.text, arguments.lang))
    if arguments.json:
        print(json.dumps(answer, ensure_ascii=False))
    else:
        print(answer["reply"])
        print("\n" + "  ".join(f"[{label}]" for label in answer["buttons"]))
    return 0


async def _ask(knowledge: Knowledge, text: str, lang: str | None) -> dict[str, Any]:
    known = knowledge.languages.known(lang)
    locale = knowledge.languages.answer_language(known) if known else None
    arrival = Arrival("terminal", "ask", "ask", "text", text, (lang,) if lang else ())
    event = await reading.read(arrival, known, knowledge.engine, knowledge.danger)
    answers = Answers(State(locale=locale, chosen=locale is not None))
    if event is not None:
        await answers.work_out(event, knowledge.shelf.library.guide, knowledge.search, _nobody)
    composer = Composer(knowledge.shelf.library, knowledge.languages, knowledge.catalogues)
    screens = [composer.screen(reply) for reply in answers.replies]
    utterance = getattr(event, "utterance", None)
    return _described(knowledge, answers.replies, screens, utterance)


async def _nobody() -> tuple[()]:
    return ()


def _described(
    knowledge: Knowledge, replies: list[Reply], screens: list[Screen], utterance: Utterance | None
) -> dict[str, Any]:
    last = replies[-1]
    page = None
    if isinstance(last.meaning, TopicAnswer | Privacy) and last.meaning.topic:
        page = knowledge.shelf.library.page(last.meaning.topic, last.locale)
    source = page.topic.sources[0] if page else None
    return {
        "language": utterance.language if utterance and utterance.language else last.locale,
        "intent": utterance.intent if utterance else "out_of_scope",
        "decision": utterance.decision if utterance else "unknown",
        "topics": _topics(last),
        "reply": "\n\n".join(reply_text(screen) for screen in screens),
        "buttons": [button.label for screen in screens for button in buttons(screen)],
        "source": {"address": source.url, "date": page.topic.checked.isoformat()} if page and source else None,
        "translation": page.translation if page else None,
    }


def _topics(reply: Reply) -> list[str]:
    match reply.meaning:
        case TopicAnswer(topic=topic):
            return [topic]
        case Privacy(topic=topic) if topic:
            return [topic]
        case DidYouMean(intents=intents):
            return list(intents)
        case NoAnswer(topics=topics) | NotYetWritten(topics=topics):
            return list(topics)
        case _:
            return []
