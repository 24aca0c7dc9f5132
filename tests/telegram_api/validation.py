"""Holds every request against the Bot API: first its description, then the rules it states in prose.

``check`` returns the parameters with their real types, or raises ``ViolationError``. It is stricter than Telegram,
which overlooks unknown parameters and takes "5" for a number: a bot that relies on that is wrong all the same.
"""

import json
import re
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

from tests.telegram_api import markup
from tests.telegram_api.errors import ViolationError

Parameters = dict[str, Any]

_DESCRIPTION = json.loads(Path(__file__).with_name("description.json").read_text("utf-8"))
METHODS: frozenset[str] = frozenset(_DESCRIPTION["methods"])
UPDATE_KINDS: frozenset[str] = frozenset(_DESCRIPTION["update_kinds"])
_TYPES: dict[str, Any] = _DESCRIPTION["types"]

LONGEST_TEXT = 4096
_LONGEST_SOURCE_BYTES = 1 << 15
_BUTTON_DECORATION = {"text", "icon_custom_emoji_id", "style"}
_BUTTON_STYLES = {"danger", "success", "primary"}


class Upload:
    """A file that came with a request."""


def check(method: str, given: Mapping[str, Any]) -> Parameters:
    """The parameters of a request to ``method``; ``given`` are a form's strings or the values of a JSON body."""
    if method not in METHODS:
        raise ViolationError("Not Found", status=404)
    fields = _DESCRIPTION["methods"][method]["fields"]
    types = {field["name"]: field["types"] for field in fields}
    decoded = {name: _decoded(name, value, types[name]) if name in types else value for name, value in given.items()}
    _check_fields(decoded, fields, method, top=True)
    if method in _RULES_OF_METHODS:
        _RULES_OF_METHODS[method](decoded)
    if "language_code" in decoded:
        _language_code(decoded["language_code"])
    if "allowed_updates" in decoded:
        _update_kinds(decoded["allowed_updates"])
    return decoded


def _decoded(name: str, value: Any, types: Sequence[str]) -> Any:
    """What a form's string stands for."""
    if not isinstance(value, str):
        return value
    if "String" in types:
        return int(value) if "Integer" in types and re.fullmatch(r"-?\d+", value) else value
    try:
        return json.loads(value)
    except ValueError:
        raise ViolationError(f'can\'t parse "{name}" JSON object: {value!r} is no {" or ".join(types)}') from None


def _check_fields(values: Mapping[str, Any], fields: Sequence[Mapping[str, Any]], path: str, *, top: bool) -> None:
    known = {field["name"]: field for field in fields}
    for name in values:
        if name not in known:
            raise ViolationError(f'{path} has no {"parameter" if top else "field"} "{name}"')
    for name, field in known.items():
        if name in values:
            _check_value(values[name], field["types"], f"{path}.{name}")
        elif field["required"]:
            raise ViolationError("message text is empty" if (top and name == "text") else f"{path}.{name} is empty")


def _check_value(value: Any, types: Sequence[str], path: str) -> None:
    for kind in types:
        if kind.startswith("Array of ") and isinstance(value, list):
            for index, item in enumerate(value):
                _check_value(item, [kind.removeprefix("Array of ")], f"{path}[{index}]")
            return
        if _is_simple(value, kind):
            return
    kind_of_object = _fitting(value, types) if isinstance(value, dict) else None
    if kind_of_object is None:
        raise ViolationError(f"{path} must be {' or '.join(types)}, not {value!r}")
    _check_fields(value, _TYPES[kind_of_object]["fields"], path, top=False)
    if kind_of_object in _RULES_OF_TYPES:
        _RULES_OF_TYPES[kind_of_object](value)


def _is_simple(value: Any, kind: str) -> bool:
    match kind:
        case "Integer":
            return isinstance(value, int) and not isinstance(value, bool)
        case "String":
            return isinstance(value, str)
        case "Boolean":
            return isinstance(value, bool)
        case "InputFile":
            return isinstance(value, Upload)
    return False


def _fitting(value: Mapping[str, Any], types: Sequence[str]) -> str | None:
    """Which of the types of objects is meant. A lone one is; among several, required fields and constants decide."""
    kinds: list[str] = [subtype for kind in types if kind in _TYPES for subtype in _TYPES[kind].get("subtypes", [kind])]
    if len(kinds) == 1:
        return kinds[0]
    for kind in kinds:
        required = [field for field in _TYPES[kind]["fields"] if field["required"]]
        if all(field["name"] in value for field in required) and all(
            value[field["name"]] == field["constant"] for field in required if "constant" in field
        ):
            return kind
    return None


def _send_message(parameters: Parameters) -> None:
    _chat_id(parameters["chat_id"])
    _text(parameters)


def _edit_message_text(parameters: Parameters) -> None:
    if "rich_message" in parameters:
        raise ViolationError("this fake shows no rich messages")
    if "text" not in parameters:
        raise ViolationError("message text is empty")
    if "inline_message_id" in parameters:
        raise ViolationError("this fake has no inline messages")
    if "chat_id" not in parameters:
        raise ViolationError("chat_id is empty")
    if "message_id" not in parameters:
        raise ViolationError("message identifier is not specified")
    _chat_id(parameters["chat_id"])
    _text(parameters)


def _chat_id(value: int | str) -> None:
    if isinstance(value, str) and not re.fullmatch(r"@\w+", value):
        raise ViolationError("chat_id is empty" if not value else f"chat not found: {value!r} is no chat_id")


def _text(parameters: Parameters) -> None:
    source = parameters["text"]
    if not source:
        raise ViolationError("message text is empty")
    if len(source.encode("utf-8", "surrogatepass")) > _LONGEST_SOURCE_BYTES:
        raise ViolationError("text is too long")
    text = markup.read(source, parameters.get("parse_mode")).text
    if not text:
        raise ViolationError("text must be non-empty")
    if markup.units(text) > LONGEST_TEXT:
        raise ViolationError("message is too long")


def _answer_callback_query(parameters: Parameters) -> None:
    if markup.units(parameters.get("text", "")) > 200:
        raise ViolationError("MESSAGE_TOO_LONG")


def _get_updates(parameters: Parameters) -> None:
    if parameters.get("offset", 0) < 0:
        raise ViolationError("this fake knows no negative offset")
    if not 1 <= parameters.get("limit", 100) <= 100:
        raise ViolationError("limit must be from 1 to 100")
    if parameters.get("timeout", 0) < 0:
        raise ViolationError("timeout must not be negative")


def _set_my_commands(parameters: Parameters) -> None:
    if len(parameters["commands"]) > 100:
        raise ViolationError("BOT_COMMANDS_TOO_MUCH")


def _set_my_description(parameters: Parameters) -> None:
    if len(parameters.get("description", "")) > 512:
        raise ViolationError("description must have at most 512 characters")


def _set_my_short_description(parameters: Parameters) -> None:
    if len(parameters.get("short_description", "")) > 120:
        raise ViolationError("short description must have at most 120 characters")


def _set_webhook(parameters: Parameters) -> None:
    url = parameters["url"]
    if url and not url.startswith("https://"):
        raise ViolationError("bad webhook: An HTTPS URL must be provided for webhook")
    if (port := re.match(r"https://[^/]*:(\d+)(?:/|$)", url)) and port[1] not in ("443", "80", "88", "8443"):
        raise ViolationError("bad webhook: Webhook can be set up only on ports 80, 88, 443 or 8443")
    if not 1 <= parameters.get("max_connections", 40) <= 100:
        raise ViolationError("max_connections must be from 1 to 100")
    if "secret_token" in parameters:
        token = parameters["secret_token"]
        if not 1 <= len(token) <= 256:
            raise ViolationError("secret token is too long" if token else "secret token is empty")
        if not re.fullmatch(r"[A-Za-z0-9_-]+", token):
            raise ViolationError("secret token contains unallowed characters")


def _language_code(code: str) -> None:
    if not re.fullmatch(r"(?:[a-z]{2})?", code):
        raise ViolationError(f"Invalid language code specified: {code!r} has not two letters")


def _update_kinds(kinds: Sequence[str]) -> None:
    if unknown := set(kinds) - UPDATE_KINDS:
        raise ViolationError(f"there are no updates of the kind {', '.join(sorted(unknown))}")


def _inline_keyboard_button(button: Mapping[str, Any]) -> None:
    if not markup.shown(button["text"]).strip():
        raise ViolationError("inline keyboard button text must be non-empty")
    if "style" in button and button["style"] not in _BUTTON_STYLES:
        raise ViolationError(f"can't parse inline keyboard button: {button['style']!r} is no style")
    actions = sorted(button.keys() - _BUTTON_DECORATION)
    # Telegram overlooks an empty callback_data or url, and then finds a button that does nothing.
    if not [name for name in actions if name not in ("callback_data", "url") or button[name]]:
        raise ViolationError("can't parse inline keyboard button: Text buttons are unallowed in the inline keyboard")
    if len(actions) > 1:
        raise ViolationError(f"can't parse inline keyboard button: exactly one of {', '.join(actions)} must be given")
    if len(button.get("callback_data", "").encode("utf-8", "surrogatepass")) > 64:
        raise ViolationError("BUTTON_DATA_INVALID")
    if "url" in button and (problem := markup.problem_of_link(button["url"])):
        raise ViolationError(f"inline keyboard button URL '{button['url']}' is invalid: {problem}")


def _copy_text_button(button: Mapping[str, Any]) -> None:
    if not 1 <= markup.units(button["text"]) <= 256:
        raise ViolationError("BUTTON_COPY_TEXT_INVALID")


def _bot_command(command: Mapping[str, Any]) -> None:
    if not re.fullmatch(r"[a-z0-9_]{1,32}", command["command"]):
        raise ViolationError("BOT_COMMAND_INVALID")
    if not command["description"].strip():
        raise ViolationError("command description must be non-empty")
    if len(command["description"]) > 256:
        raise ViolationError("command description length must not exceed 256")


_RULES_OF_METHODS: dict[str, Callable[[Parameters], None]] = {
    "answerCallbackQuery": _answer_callback_query,
    "editMessageText": _edit_message_text,
    "getUpdates": _get_updates,
    "sendMessage": _send_message,
    "setMyCommands": _set_my_commands,
    "setMyDescription": _set_my_description,
    "setMyShortDescription": _set_my_short_description,
    "setWebhook": _set_webhook,
}
_RULES_OF_TYPES: dict[str, Callable[[Mapping[str, Any]], None]] = {
    "BotCommand": _bot_command,
    "CopyTextButton": _copy_text_button,
    "InlineKeyboardButton": _inline_keyboard_button,
}
