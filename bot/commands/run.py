"""``lotse run``: everything."""

import argparse
import asyncio
import logging
import signal

from bot.app import serve
from bot.commands.logs import configure_logs
from bot.commands.progress import say
from bot.settings import Settings
from bot.understanding.examples import BrokenExamples

log = logging.getLogger(__name__)


def add(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add the command."""
    parser = commands.add_parser("run", help="run Lotse: web chat, Telegram if a token is set, delivery")
    parser.add_argument(
        "--demo", action="store_true", help="fill an empty database with a sample office, marked as such"
    )
    parser.set_defaults(run=_run)


def _run(arguments: argparse.Namespace, settings: Settings) -> int:
    configure_logs(settings.log_format)
    try:
        asyncio.run(_serve(settings, demo=arguments.demo))
    except (BrokenExamples, OSError) as error:
        log.error("%s", error)  # noqa: TRY400 - the sentence says what to do, a trace would hide it
        return 1
    return 0


async def _serve(settings: Settings, *, demo: bool) -> None:
    stop = asyncio.Event()
    loop = asyncio.get_running_loop()
    for number in (signal.SIGINT, signal.SIGTERM):
        loop.add_signal_handler(number, stop.set)
    await serve(settings, demo=demo, say=say, stop=stop)
