"""Keys of signed notes (c2sp.org/signed-note): a name, a kind and an Ed25519 pair, as text. Pure.

A key's name, kind and public half make its id, so that a signature for one purpose never passes for
another. Signing keys are made here and kept by the caller.
"""

import base64
import binascii
from dataclasses import dataclass, field
from enum import IntEnum
from functools import cached_property
from hashlib import sha256

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

_SECRET = "PRIVATE+KEY+"  # noqa: S105 - the word that marks a stored signing key


class Malformed(ValueError):
    """Not written as the format demands. The sentence says what is wrong."""


class Kind(IntEnum):
    """What a key signs: notes, or (with the time) checkpoints that it has seen grow."""

    NOTE = 1
    COSIGNATURE = 4


@dataclass(frozen=True)
class VerifierKey:
    """One public key that somebody trusts: name, kind, 32 bytes. Printed as a vkey."""

    name: str
    kind: Kind
    public: bytes

    def __post_init__(self) -> None:
        """Refuse a name that a signature line could not carry."""
        if not self.name.isprintable() or set(self.name) & {"+", " "} or not self.name:
            raise Malformed(f"A key's name has neither spaces nor plus: {self.name!r}.")
        if len(self.public) != 32:
            raise Malformed(f"The key of {self.name} is not of 32 bytes.")

    @cached_property
    def id(self) -> bytes:
        """The four bytes that stand before each signature of this key."""
        return sha256(self.name.encode() + b"\n" + self._encoded).digest()[:4]

    @cached_property
    def _encoded(self) -> bytes:
        return bytes([self.kind]) + self.public

    @cached_property
    def _verifier(self) -> Ed25519PublicKey:
        return Ed25519PublicKey.from_public_bytes(self.public)

    def __str__(self) -> str:
        """Write the vkey: name+id+key."""
        return f"{self.name}+{self.id.hex()}+{written(self._encoded)}"

    def made(self, signature: bytes, message: bytes) -> bool:
        """Say whether the key's owner signed these very bytes."""
        try:
            self._verifier.verify(signature, message)
        except InvalidSignature:
            return False
        return True


def read_key(vkey: str) -> VerifierKey:
    """Read a vkey. The id must be the one that name, kind and key give."""
    name, _, rest = vkey.strip().partition("+")
    identity, _, encoded = rest.partition("+")
    kind, public = _read_material(encoded)
    key = VerifierKey(name, kind, public)
    if key.id.hex() != identity:
        raise Malformed(f"The id of {name}'s key does not match the key: a slip in copying?")
    return key


@dataclass(frozen=True)
class Signer:
    """One secret key. It is shown only by `secret`, which is for the file that keeps it."""

    key: VerifierKey
    _private: Ed25519PrivateKey = field(repr=False, compare=False)

    def sign(self, message: bytes) -> bytes:
        """Sign bytes. The caller has put what tells kinds apart into them."""
        return self._private.sign(message)

    def secret(self) -> str:
        """Write the key to be kept where nobody else reads."""
        seed = written(bytes([self.key.kind]) + self._private.private_bytes_raw())
        return f"{_SECRET}{self.key.name}+{self.key.id.hex()}+{seed}"


def new_signer(name: str, kind: Kind) -> Signer:
    """Make a fresh key. Its owner keeps `secret()` and publishes `key`."""
    return _signer(name, kind, Ed25519PrivateKey.generate())


def read_signer(secret: str) -> Signer:
    """Read what `secret` wrote. Errors never repeat the secret."""
    parts = secret.strip().removeprefix(_SECRET).split("+", 2)
    if not secret.strip().startswith(_SECRET) or len(parts) != 3:
        raise Malformed("This is not a signing key.")
    kind, seed = _read_material(parts[2])
    signer = _signer(parts[0], kind, Ed25519PrivateKey.from_private_bytes(seed))
    if signer.key.id.hex() != parts[1]:
        raise Malformed("The signing key is damaged.")
    return signer


def written(data: bytes) -> str:
    """Write bytes in base64."""
    return base64.b64encode(data).decode()


def read_base64(text: str) -> bytes:
    """Read base64 as only one writing of it: the standard alphabet, padded, no loose bits."""
    try:
        data = base64.b64decode(text, validate=True)
    except (binascii.Error, ValueError) as error:
        raise Malformed("This is not base64.") from error
    if written(data) != text:
        raise Malformed("This is not the one way to write it in base64.")
    return data


def _read_material(encoded: str) -> tuple[Kind, bytes]:
    material = read_base64(encoded)
    if not material or material[0] not in set(Kind):
        raise Malformed("Only Ed25519 keys are read: kinds 1 (notes) and 4 (cosignatures).")
    if len(material) != 33:
        raise Malformed("An Ed25519 key has 32 bytes.")
    return Kind(material[0]), material[1:]


def _signer(name: str, kind: Kind, private: Ed25519PrivateKey) -> Signer:
    public = private.public_key().public_bytes(Encoding.Raw, PublicFormat.Raw)
    return Signer(VerifierKey(name, kind, public), private)
