"""Whether Lotse is alive, and whether it can answer."""

from collections.abc import Awaitable, Callable, Mapping

from aiohttp import web

Checks = Callable[[], Awaitable[Mapping[str, str]]]


def health_routes(checks: Checks) -> list[web.RouteDef]:
    """``/healthz``: this process runs. ``/readyz``: each part by name, with `ok` or what is wrong; 503 if any is."""

    async def alive(_request: web.Request) -> web.Response:
        return web.json_response({"status": "alive"})

    async def ready(_request: web.Request) -> web.Response:
        parts = await checks()
        # Content with mistakes in it is still answered from: an editor must look, but nobody is to be turned away.
        failing = any(state != "ok" for part, state in parts.items() if part != "content")
        return web.json_response(
            {"status": "not ready" if failing else "ready", **parts}, status=503 if failing else 200
        )

    return [web.get("/healthz", alive), web.get("/readyz", ready)]
