"""The web server: routes of the channels, headers that protect every page, errors in plain words."""

from collections.abc import Awaitable, Callable, Iterable

from aiohttp import web

Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]

# Nothing may be loaded from anywhere but here; nothing runs that is not a file of ours (CSP level 3).
_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; "
    "manifest-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'"
)
_HEADERS = {
    "Content-Security-Policy": _POLICY,
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), browsing-topics=()",
    "Cross-Origin-Opener-Policy": "same-origin",
}
_LONGEST_BODY = 256 * 1024


def create_server(routes: Iterable[web.AbstractRouteDef], *, secure: bool) -> web.Application:
    """The application with all routes. ``secure``: it is reached by https only, and browsers may insist on that."""
    headers = dict(_HEADERS)
    if secure:
        headers["Strict-Transport-Security"] = "max-age=31536000"

    async def protect(_request: web.Request, response: web.StreamResponse) -> None:
        for name, value in headers.items():
            response.headers.setdefault(name, value)

    app = web.Application(client_max_size=_LONGEST_BODY)
    app.on_response_prepare.append(protect)
    app.add_routes(routes)
    return app
