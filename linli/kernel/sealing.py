"""Sealed values, over Tink's AES-256-GCM: each subject has a data key of its own, each data key is
wrapped under the master key. Pure: no Django, no file, no clock.

A sealed value opens only under its own key and only in the place it was sealed for, so that whoever can
write the database cannot move a ciphertext to another row or field and have it read there.
"""

import json
from typing import Any, NamedTuple, TypeAlias

import tink
from tink import aead, secret_key_access

Value: TypeAlias = str | bytes | int | float | bool | list[Any] | dict[str, Any] | None

aead.register()
_KIND = aead.aead_key_templates.AES256_GCM
_BLOCK = 64  # so that the length of a ciphertext does not tell a short answer from another
_BYTES, _JSON, _END = b"b", b"j", b"\x80"


class Misplaced(ValueError):
    """A sealed value that was changed, belongs to another place, or to another key."""


class Sealed(bytes):
    """A sealed value as it is kept."""

    __slots__ = ()


class Place(NamedTuple):
    """Where a sealed value belongs, for ever: table, code of the row, field."""

    table: str
    row: str
    field: str

    @property
    def bound(self) -> bytes:
        """The place as associated data: no two places share one."""
        return json.dumps(self, ensure_ascii=False).encode()


class Key:
    """The open data key of one subject, in memory for as long as the caller holds it."""

    __slots__ = ("_aead",)

    def __init__(self, handle: tink.KeysetHandle) -> None:
        self._aead = handle.primitive(aead.Aead)

    def seal(self, value: Value, place: Place) -> Sealed:
        """Return the value sealed for its place. The same value sealed twice looks different."""
        if isinstance(value, bytes):
            plain = _BYTES + value
        else:
            plain = _JSON + json.dumps(value, ensure_ascii=False, allow_nan=False).encode()
        plain += _END
        plain += bytes(-len(plain) % _BLOCK)
        return Sealed(self._aead.encrypt(plain, place.bound))

    def open(self, sealed: bytes, place: Place) -> Value:
        """Return the value. Raises Misplaced unless it was sealed with this key for this place."""
        try:
            plain: bytes = self._aead.decrypt(bytes(sealed), place.bound)
        except tink.TinkError:
            raise Misplaced(f"{place.table}.{place.field} of {place.row} does not open") from None
        said = plain[1:].rstrip(b"\0")[: -len(_END)]
        return said if plain[:1] == _BYTES else json.loads(said)

    def open_text(self, sealed: bytes, place: Place) -> str:
        """Return a value that was sealed as text."""
        value = self.open(sealed, place)
        if not isinstance(value, str):
            raise TypeError(f"{place.table}.{place.field} is not text")
        return value


class Keyring:
    """The master keys: the primary one wraps, older ones still unwrap until they are retired.

    `text` is the whole secret, a Tink keyset in JSON.
    """

    __slots__ = ("_aead", "ids", "primary", "text")

    def __init__(self, text: str) -> None:
        handle = tink.json_proto_keyset_format.parse(text, secret_key_access.TOKEN)
        told = json.loads(text)
        self._aead = handle.primitive(aead.Aead)
        self.text = text
        self.primary: int = told["primaryKeyId"]
        self.ids: frozenset[int] = frozenset(key["keyId"] for key in told["key"])

    @classmethod
    def fresh(cls) -> "Keyring":
        """Return a keyring of one new key."""
        handle = tink.new_keyset_handle(_KIND)
        return cls(tink.json_proto_keyset_format.serialize(handle, secret_key_access.TOKEN))

    def with_new_primary(self) -> "Keyring":
        """Return the same keys and one new, which wraps from now on."""
        new = Keyring.fresh()
        if new.primary in self.ids:  # one in four thousand million
            return self.with_new_primary()
        keys = json.loads(self.text)["key"] + json.loads(new.text)["key"]
        return Keyring(json.dumps({"primaryKeyId": new.primary, "key": keys}))

    def without_old(self) -> "Keyring":
        """Return the primary key alone: what only older ones wrapped never opens again."""
        keys = [key for key in json.loads(self.text)["key"] if key["keyId"] == self.primary]
        return Keyring(json.dumps({"primaryKeyId": self.primary, "key": keys}))

    def new_key(self, subject: str) -> tuple[Key, bytes]:
        """Return a new data key, open, and wrapped for the subject of this code."""
        handle = tink.new_keyset_handle(_KIND)
        return Key(handle), self._wrapped(handle, subject)

    def unwrap(self, wrapped: bytes, subject: str) -> Key:
        """Return the data key, open. Raises Misplaced when it is not this subject's or not ours."""
        return Key(self._handle(wrapped, subject))

    def rewrap(self, wrapped: bytes, subject: str) -> bytes:
        """Return the same data key, wrapped under the primary key. Raises as `unwrap` does."""
        return self._wrapped(self._handle(wrapped, subject), subject)

    def _wrapped(self, handle: tink.KeysetHandle, subject: str) -> bytes:
        said: bytes = tink.proto_keyset_format.serialize_encrypted(
            handle, self._aead, subject.encode()
        )
        return said

    def _handle(self, wrapped: bytes, subject: str) -> tink.KeysetHandle:
        try:
            return tink.proto_keyset_format.parse_encrypted(wrapped, self._aead, subject.encode())
        except tink.TinkError:
            raise Misplaced(f"the key of {subject} does not unwrap") from None
