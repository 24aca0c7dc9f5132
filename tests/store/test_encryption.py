import pytest

from bot.store.encryption import Cipher, UnreadableSecret, new_secret

TEXT = "Ich heiße نور und wohne in der Musterstraße 1"


def test_what_one_key_closes_the_same_key_opens() -> None:
    cipher = Cipher(new_secret())
    closed = cipher.encrypt(TEXT)
    assert cipher.decrypt(closed) == TEXT
    assert b"Muster" not in closed


def test_the_same_text_never_looks_the_same_twice() -> None:
    cipher = Cipher(new_secret())
    assert cipher.encrypt("ja") != cipher.encrypt("ja")


def test_a_rotated_key_opens_the_old_data_and_closes_the_new() -> None:
    old, new = new_secret(), new_secret()
    before = Cipher(old).encrypt(TEXT)
    rotated = Cipher(f"{new}, {old}")
    assert rotated.decrypt(before) == TEXT
    assert Cipher(new).decrypt(rotated.encrypt(TEXT)) == TEXT
    with pytest.raises(UnreadableSecret):
        Cipher(old).decrypt(rotated.encrypt(TEXT))


def test_data_of_a_lost_key_is_said_to_be_unreadable() -> None:
    lost = Cipher(new_secret()).encrypt(TEXT)
    with pytest.raises(UnreadableSecret, match="LOTSE_SECRET_KEY"):
        Cipher(new_secret()).decrypt(lost)


@pytest.mark.parametrize("secret", ["", " , ", "short", "a" * 44 + "!", f"{new_secret()},half-a-key"])
def test_a_secret_that_is_no_key_is_refused_with_the_settings_name(secret: str) -> None:
    with pytest.raises(UnreadableSecret, match="LOTSE_SECRET_KEY"):
        Cipher(secret)
