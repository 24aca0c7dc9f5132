"""``lotse db``: the tables."""

import argparse
import asyncio

from bot.settings import Settings
from bot.store.encryption import Cipher
from bot.store.migrate import upgrade
from bot.store.store import open_store


def add(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add the command."""
    parser = commands.add_parser("db", help="the database")
    kinds = parser.add_subparsers(required=True, metavar="what")
    kinds.add_parser("upgrade", help="bring the tables to this version; safe to repeat").set_defaults(run=_upgrade)


def _upgrade(_arguments: argparse.Namespace, settings: Settings) -> int:
    async def bring() -> int:
        store = open_store(settings.database_url, Cipher(settings.secret_key))
        await upgrade(store.engine)
        await store.close()
        print("The tables are those of this version.")
        return 0

    return asyncio.run(bring())
