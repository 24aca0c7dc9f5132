from pathlib import Path

import pytest

from bot.settings import NAMES, Settings, WrongSettings, read_settings, unknown_settings
from bot.store.encryption import Cipher, new_secret


@pytest.fixture
def environment(tmp_path: Path) -> dict[str, str]:
    """The least that a Lotse in an empty folder needs."""
    (tmp_path / "content").mkdir()
    return {"LOTSE_DATA_DIR": str(tmp_path / "var"), "LOTSE_CONTENT_DIR": str(tmp_path / "content")}


def problems(environment: dict[str, str]) -> list[str]:
    with pytest.raises(WrongSettings) as caught:
        read_settings(environment)
    return caught.value.problems


def test_without_any_setting_lotse_runs_on_this_machine_alone(environment: dict[str, str]) -> None:
    settings = read_settings(environment)
    assert settings.database_url == "sqlite+aiosqlite:///var/lotse.db"
    assert (settings.http_host, settings.http_port) == ("127.0.0.1", 8080)
    assert settings.public_url is None
    assert settings.telegram_token is None
    assert settings.telegram_api == "https://api.telegram.org"
    assert settings.telegram_mode == "polling"
    assert (settings.rasa_url, settings.rasa_token) == (None, None)
    assert str(settings.timezone) == "Europe/Berlin"
    assert settings.log_format == "text"


def test_the_folders_have_their_defaults_too(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    (tmp_path / "content").mkdir()
    monkeypatch.chdir(tmp_path)
    settings = read_settings({})
    assert (settings.content_dir, settings.data_dir) == (Path("content"), Path("var"))


def test_every_setting_can_be_chosen(environment: dict[str, str], tmp_path: Path) -> None:
    key = new_secret()
    chosen = {
        **environment,
        "LOTSE_DATABASE_URL": "postgresql+psycopg://lotse@db/lotse",
        "LOTSE_HTTP_HOST": "0.0.0.0",
        "LOTSE_HTTP_PORT": "80",
        "LOTSE_PUBLIC_URL": "https://lotse.example/",
        "LOTSE_TELEGRAM_TOKEN": "123:abc_DEF-9",
        "LOTSE_TELEGRAM_API": "http://127.0.0.1:8081",
        "LOTSE_TELEGRAM_MODE": "webhook",
        "LOTSE_TELEGRAM_WEBHOOK_SECRET": "Sesam-oeffne_dich",
        "LOTSE_RASA_URL": "http://rasa:5005/",
        "LOTSE_RASA_TOKEN": "rasa-secret",
        "LOTSE_SECRET_KEY": key,
        "LOTSE_TIMEZONE": "Europe/Kyiv",
        "LOTSE_LOG_FORMAT": "json",
    }
    assert {name.removeprefix("LOTSE_") for name in chosen} == set(NAMES), "a setting that is not tried here"
    settings = read_settings(chosen)
    assert settings == Settings(
        database_url="postgresql+psycopg://lotse@db/lotse",
        http_host="0.0.0.0",
        http_port=80,
        public_url="https://lotse.example",
        telegram_token="123:abc_DEF-9",
        telegram_api="http://127.0.0.1:8081",
        telegram_mode="webhook",
        telegram_webhook_secret="Sesam-oeffne_dich",
        rasa_url="http://rasa:5005",
        rasa_token="rasa-secret",
        content_dir=tmp_path / "content",
        data_dir=tmp_path / "var",
        secret_key=key,
        timezone=settings.timezone,
        log_format="json",
    )
    assert str(settings.timezone) == "Europe/Kyiv"


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("LOTSE_DATABASE_URL", "mysql://root@localhost/lotse"),
        ("LOTSE_DATABASE_URL", "sqlite:///lotse.db"),
        ("LOTSE_HTTP_PORT", "eighty"),
        ("LOTSE_HTTP_PORT", "65536"),
        ("LOTSE_HTTP_PORT", "-1"),
        ("LOTSE_PUBLIC_URL", "lotse.example"),
        ("LOTSE_TELEGRAM_TOKEN", "my-token"),
        ("LOTSE_TELEGRAM_API", "api.telegram.org"),
        ("LOTSE_TELEGRAM_MODE", "pigeon"),
        ("LOTSE_TELEGRAM_WEBHOOK_SECRET", "not allowed: blanks"),
        ("LOTSE_TELEGRAM_WEBHOOK_SECRET", "x" * 257),
        ("LOTSE_RASA_URL", "rasa:5005"),
        ("LOTSE_CONTENT_DIR", "/nowhere/at/all"),
        ("LOTSE_SECRET_KEY", "too-short"),
        ("LOTSE_TIMEZONE", "Peine"),
        ("LOTSE_TIMEZONE", "../../etc/passwd"),
        ("LOTSE_LOG_FORMAT", "xml"),
    ],
)
def test_a_wrong_setting_is_named(environment: dict[str, str], name: str, value: str) -> None:
    [problem] = problems({**environment, name: value})
    assert name in problem


def test_all_wrong_settings_are_named_at_once(environment: dict[str, str]) -> None:
    wrong = {
        "LOTSE_HTTP_PORT": "eighty",
        "LOTSE_TIMEZONE": "Peine",
        "LOTSE_SECRET_KEY": "too-short",
        "LOTSE_LOG_FORMAT": "xml",
    }
    found = problems({**environment, **wrong})
    assert len(found) == len(wrong)
    assert all(any(name in problem for problem in found) for name in wrong)


def test_a_secret_is_not_shown_when_it_is_refused(environment: dict[str, str]) -> None:
    wrong = {
        "LOTSE_TELEGRAM_TOKEN": "almost:a token",
        "LOTSE_SECRET_KEY": "almost-a-key",
        "LOTSE_TELEGRAM_WEBHOOK_SECRET": "almost a secret",
    }
    assert "almost" not in "\n".join(problems({**environment, **wrong}))


def test_the_webhook_mode_asks_for_the_outside_address(environment: dict[str, str]) -> None:
    [problem] = problems({**environment, "LOTSE_TELEGRAM_MODE": "webhook"})
    assert "LOTSE_PUBLIC_URL" in problem


@pytest.mark.parametrize(
    ("name", "content", "read"),
    [
        ("LOTSE_TELEGRAM_TOKEN", "123:abc\n", "123:abc"),
        ("LOTSE_TELEGRAM_WEBHOOK_SECRET", "Sesam\n", "Sesam"),
        ("LOTSE_RASA_TOKEN", "  rasa\n", "rasa"),
        ("LOTSE_DATABASE_URL", "postgresql+psycopg://a:b@db/c\n", "postgresql+psycopg://a:b@db/c"),
    ],
)
def test_a_secret_can_be_read_from_a_file(
    environment: dict[str, str], tmp_path: Path, name: str, content: str, read: str
) -> None:
    (tmp_path / "secret").write_text(content, encoding="utf-8")
    settings = read_settings({**environment, f"{name}_FILE": str(tmp_path / "secret")})
    assert getattr(settings, name.removeprefix("LOTSE_").lower()) == read


def test_a_secret_file_that_is_not_there_is_named(environment: dict[str, str], tmp_path: Path) -> None:
    [problem] = problems({**environment, "LOTSE_TELEGRAM_TOKEN_FILE": str(tmp_path / "gone")})
    assert "LOTSE_TELEGRAM_TOKEN_FILE" in problem
    assert "gone" in problem


def test_a_setting_and_its_file_together_are_a_contradiction(environment: dict[str, str], tmp_path: Path) -> None:
    (tmp_path / "token").write_text("123:abc", encoding="utf-8")
    both = {"LOTSE_TELEGRAM_TOKEN": "456:def", "LOTSE_TELEGRAM_TOKEN_FILE": str(tmp_path / "token")}
    [problem] = problems({**environment, **both})
    assert "LOTSE_TELEGRAM_TOKEN " in problem
    assert "LOTSE_TELEGRAM_TOKEN_FILE" in problem


def test_a_setting_that_is_set_to_nothing_is_not_set(environment: dict[str, str]) -> None:
    settings = read_settings({**environment, "LOTSE_TELEGRAM_TOKEN": "", "LOTSE_HTTP_PORT": "", "LOTSE_RASA_URL": ""})
    assert (settings.telegram_token, settings.http_port, settings.rasa_url) == (None, 8080, None)


def test_secrets_that_nobody_set_are_made_once_and_kept_for_us_alone(
    environment: dict[str, str], tmp_path: Path
) -> None:
    first, second = read_settings(environment), read_settings(environment)
    assert first.secret_key == second.secret_key
    assert first.telegram_webhook_secret == second.telegram_webhook_secret
    assert first.secret_key != first.telegram_webhook_secret
    Cipher(first.secret_key)
    for name in ("secret-key", "webhook-secret"):
        assert (tmp_path / "var" / name).stat().st_mode & 0o777 == 0o600


def test_two_installations_have_different_secrets(environment: dict[str, str], tmp_path: Path) -> None:
    other = {**environment, "LOTSE_DATA_DIR": str(tmp_path / "elsewhere")}
    assert read_settings(environment).secret_key != read_settings(other).secret_key


def test_a_secret_that_was_set_is_not_written_to_the_disk(environment: dict[str, str], tmp_path: Path) -> None:
    read_settings({**environment, "LOTSE_SECRET_KEY": new_secret(), "LOTSE_TELEGRAM_WEBHOOK_SECRET": "Sesam"})
    assert not (tmp_path / "var").exists()


def test_a_data_folder_that_cannot_be_made_is_named(environment: dict[str, str], tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    found = problems({**environment, "LOTSE_DATA_DIR": str(tmp_path / "file" / "var")})
    assert found
    assert all("LOTSE_DATA_DIR" in problem for problem in found)


def test_a_typing_error_in_a_name_is_found() -> None:
    environment = {"LOTSE_HTTP_PROT": "80", "LOTSE_HTTP_PORT": "80", "LOTSE_RASA_TOKEN_FILE": "x", "PATH": "/bin"}
    assert unknown_settings(environment) == ["LOTSE_HTTP_PROT"]
