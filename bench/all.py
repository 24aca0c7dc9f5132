"""All measurements: ``make bench``."""

import asyncio

from bench import service, start

if __name__ == "__main__":
    asyncio.run(start.measure())
    asyncio.run(service.measure())
