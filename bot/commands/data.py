"""``lotse data``: what is stored of a chat, its erasure, and what is past its time."""

import argparse
import asyncio
import json

from bot.app import clock
from bot.settings import Settings
from bot.store.encryption import Cipher
from bot.store.store import open_store
from bot.turns.housekeeping import forget

# A chat's id is unique within its channel; ids of different channels never look alike.
_CHANNELS = ("telegram", "web")


def add(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add the commands."""
    parser = commands.add_parser("data", help="privacy: export, erase, forget what is past its time")
    kinds = parser.add_subparsers(required=True, metavar="what")
    for name, text in (("export", "print all that is stored of a chat, as JSON"), ("erase", "erase all of it")):
        one = kinds.add_parser(name, help=text)
        one.add_argument("chat", help="the chat: a Telegram chat id, or the id of a web chat")
        one.set_defaults(run=_export if name == "export" else _erase)
    retention = kinds.add_parser("retention", help="forget what is past its time")
    retention.add_argument("--dry-run", action="store_true", help="only count it")
    retention.set_defaults(run=_retention)


def _export(arguments: argparse.Namespace, settings: Settings) -> int:
    async def export() -> int:
        store = open_store(settings.database_url, Cipher(settings.secret_key))
        async with store.begin() as transaction:
            found = [await transaction.everything_of(channel, arguments.chat) for channel in _CHANNELS]
        await store.close()
        print(json.dumps(found, ensure_ascii=False, indent=2, default=str))
        return 0

    return asyncio.run(export())


def _erase(arguments: argparse.Namespace, settings: Settings) -> int:
    async def erase() -> int:
        store = open_store(settings.database_url, Cipher(settings.secret_key))
        async with store.begin() as transaction:
            count = sum([await transaction.erase(channel, arguments.chat) for channel in _CHANNELS])
        await store.settle()
        await store.close()
        print(f"{count} entries erased")
        return 0

    return asyncio.run(erase())


def _retention(arguments: argparse.Namespace, settings: Settings) -> int:
    async def retain() -> int:
        store = open_store(settings.database_url, Cipher(settings.secret_key))
        counts = await forget(store, clock, rehearse=arguments.dry_run)
        await store.close()
        for kind, count in counts.items():
            print(f"{count} {kind} {'would be ' if arguments.dry_run else ''}forgotten")
        return 0

    return asyncio.run(retain())
