"""Encryption of columns that hold what people wrote (Fernet: AES-128-CBC with HMAC-SHA256).

The secret may be a list, separated by commas: the first one encrypts, every one decrypts. That is how a key rotates.
"""

from cryptography.fernet import Fernet, InvalidToken, MultiFernet


class UnreadableSecret(ValueError):
    """A secret key that is none, or data that none of the keys can open."""


class Cipher:
    """Encrypts and decrypts texts."""

    def __init__(self, secret: str) -> None:
        keys = [key.strip() for key in secret.split(",") if key.strip()]
        try:
            self._fernet = MultiFernet([Fernet(key) for key in keys])
        except ValueError as error:
            raise UnreadableSecret(
                "LOTSE_SECRET_KEY must hold keys of 32 bytes in URL-safe base64, separated by commas"
            ) from error

    def encrypt(self, text: str) -> bytes:
        """Encrypt with the first key."""
        return self._fernet.encrypt(text.encode())

    def decrypt(self, data: bytes) -> str:
        """Decrypt with whichever key fits; UnreadableSecret if none does."""
        try:
            return self._fernet.decrypt(data).decode()
        except InvalidToken as error:
            raise UnreadableSecret("none of the keys in LOTSE_SECRET_KEY opens this data") from error


def new_secret() -> str:
    """A new random key."""
    return Fernet.generate_key().decode()
