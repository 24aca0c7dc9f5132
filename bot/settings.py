"""The settings, read from the environment once at start. All problems are reported together."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Literal
from zoneinfo import ZoneInfo

from bot.store.encryption import Cipher, UnreadableSecret, new_secret

_PREFIX = "LOTSE_"
_WEBHOOK_SECRET = re.compile(r"[A-Za-z0-9_-]{1,256}")
_HIGHEST_PORT = 65535


class WrongSettings(Exception):
    """Settings that cannot be used, one sentence for each."""

    def __init__(self, problems: list[str]) -> None:
        super().__init__("\n".join(problems))
        self.problems = problems


@dataclass(frozen=True, slots=True)
class Settings:
    """What the operator can choose; ``docs/settings.md`` explains each."""

    database_url: str
    http_host: str
    http_port: int
    public_url: str | None
    telegram_token: str | None
    telegram_api: str
    telegram_mode: Literal["polling", "webhook"]
    telegram_webhook_secret: str
    rasa_url: str | None
    rasa_token: str | None
    content_dir: Path
    data_dir: Path
    secret_key: str
    timezone: ZoneInfo
    log_format: Literal["text", "json"]


# Where the parts of the project lie that no setting moves.
_ROOT = Path(__file__).parent.parent
LOCALES_DIR = _ROOT / "locales"
EXAMPLES_DIR = _ROOT / "nlu_data" / "data"
DANGER_DIR = _ROOT / "nlu_data" / "danger"

NAMES = (
    "DATABASE_URL",
    "HTTP_HOST",
    "HTTP_PORT",
    "PUBLIC_URL",
    "TELEGRAM_TOKEN",
    "TELEGRAM_API",
    "TELEGRAM_MODE",
    "TELEGRAM_WEBHOOK_SECRET",
    "RASA_URL",
    "RASA_TOKEN",
    "CONTENT_DIR",
    "DATA_DIR",
    "SECRET_KEY",
    "TIMEZONE",
    "LOG_FORMAT",
)


def read_settings(environment: Mapping[str, str]) -> Settings:
    """Read all settings; WrongSettings names everything that is wrong, each with its variable."""
    reader = _Reader(environment)
    data_dir = Path(reader.text("DATA_DIR", "var"))
    settings = Settings(
        database_url=reader.database_url(),
        http_host=reader.text("HTTP_HOST", "127.0.0.1"),
        http_port=reader.port(),
        public_url=reader.address("PUBLIC_URL"),
        telegram_token=reader.telegram_token(),
        telegram_api=reader.address("TELEGRAM_API") or "https://api.telegram.org",
        telegram_mode="webhook" if reader.choice("TELEGRAM_MODE", ("polling", "webhook")) == "webhook" else "polling",
        telegram_webhook_secret=reader.webhook_secret(data_dir),
        rasa_url=reader.address("RASA_URL"),
        rasa_token=reader.text("RASA_TOKEN", "") or None,
        content_dir=reader.folder("CONTENT_DIR", "content"),
        data_dir=data_dir,
        secret_key=reader.secret_key(data_dir),
        timezone=reader.timezone(),
        log_format="json" if reader.choice("LOG_FORMAT", ("text", "json")) == "json" else "text",
    )
    if settings.telegram_mode == "webhook" and not settings.public_url:
        reader.problems.append("LOTSE_PUBLIC_URL is missing: the webhook mode needs the outside address of Lotse")
    if reader.problems:
        raise WrongSettings(reader.problems)
    return settings


def unknown_settings(environment: Mapping[str, str]) -> list[str]:
    """The variables that begin with LOTSE_ but are no settings."""
    known = {f"{_PREFIX}{name}{suffix}" for name in NAMES for suffix in ("", "_FILE")}
    return sorted(name for name in environment if name.startswith(_PREFIX) and name not in known)


class _Reader:
    def __init__(self, environment: Mapping[str, str]) -> None:
        self._environment = environment
        self.problems: list[str] = []

    def text(self, name: str, default: str) -> str:
        """The setting, from LOTSE_NAME or from the file that LOTSE_NAME_FILE names."""
        value, file = self._environment.get(_PREFIX + name), self._environment.get(f"{_PREFIX}{name}_FILE")
        if value and file:
            self.problems.append(f"{_PREFIX}{name} and {_PREFIX}{name}_FILE are both set: keep one of them")
        if file:
            try:
                return Path(file).read_text(encoding="utf-8").strip()
            except OSError as error:
                self.problems.append(f"{_PREFIX}{name}_FILE: {file} cannot be read ({error.strerror})")
        return value.strip() if value else default

    def choice(self, name: str, choices: tuple[str, ...]) -> str:
        value = self.text(name, choices[0])
        if value not in choices:
            self.problems.append(f"{_PREFIX}{name} is {value!r}: it must be {' or '.join(choices)}")
        return value

    def address(self, name: str) -> str | None:
        value = self.text(name, "").rstrip("/")
        if value and not re.match(r"https?://[^/\s]+", value):
            self.problems.append(f"{_PREFIX}{name} is {value!r}: it must begin with http:// or https://")
        return value or None

    def port(self) -> int:
        value = self.text("HTTP_PORT", "8080")
        if not value.isdigit() or not 0 <= int(value) <= _HIGHEST_PORT:
            self.problems.append(f"LOTSE_HTTP_PORT is {value!r}: it must be a number up to {_HIGHEST_PORT}")
            return 0
        return int(value)

    def database_url(self) -> str:
        value = self.text("DATABASE_URL", "sqlite+aiosqlite:///var/lotse.db")
        if not value.startswith(("sqlite+aiosqlite:", "postgresql+psycopg:")):
            self.problems.append("LOTSE_DATABASE_URL must begin with sqlite+aiosqlite:/// or postgresql+psycopg://")
        return value

    def folder(self, name: str, default: str) -> Path:
        path = Path(self.text(name, default))
        if not path.is_dir():
            self.problems.append(f"{_PREFIX}{name}: there is no folder {path}")
        return path

    def timezone(self) -> ZoneInfo:
        value = self.text("TIMEZONE", "Europe/Berlin")
        try:
            return ZoneInfo(value)
        except (KeyError, ValueError, OSError):
            self.problems.append(f"LOTSE_TIMEZONE is {value!r}: it must be a name such as Europe/Berlin")
            return ZoneInfo("UTC")

    def telegram_token(self) -> str | None:
        value = self.text("TELEGRAM_TOKEN", "")
        if value and not re.fullmatch(r"\d+:[A-Za-z0-9_-]+", value):
            self.problems.append("LOTSE_TELEGRAM_TOKEN is not what BotFather gives: digits, a colon, letters")
        return value or None

    def webhook_secret(self, data_dir: Path) -> str:
        value = self.text("TELEGRAM_WEBHOOK_SECRET", "")
        if not value:
            return self._kept(data_dir / "webhook-secret", lambda: new_secret().rstrip("="))
        if not _WEBHOOK_SECRET.fullmatch(value):
            self.problems.append("LOTSE_TELEGRAM_WEBHOOK_SECRET must be 1 to 256 of A-Z a-z 0-9 _ -")
        return value

    def secret_key(self, data_dir: Path) -> str:
        value = self.text("SECRET_KEY", "") or self._kept(data_dir / "secret-key", new_secret)
        try:
            Cipher(value)
        except UnreadableSecret as error:
            self.problems.append(str(error))
        return value

    def _kept(self, path: Path, make: Callable[[], str]) -> str:
        """A secret that was made at the first start and lies in the data folder since, readable by us alone."""
        try:
            if not path.exists():
                path.parent.mkdir(parents=True, exist_ok=True)
                path.touch(mode=0o600)
                path.write_text(make(), encoding="utf-8")
            return path.read_text(encoding="utf-8").strip()
        except OSError as error:
            self.problems.append(f"LOTSE_DATA_DIR: {path} cannot be written ({error.strerror})")
            return make()
