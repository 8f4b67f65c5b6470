"""Ed25519 keys and signatures as Verifiable Credentials write them: base58btc, Multikey, did:key. Pure."""

_LETTERS = "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz"
_ED25519 = b"\xed\x01"  # the multicodec of a public key
_LONGEST = 200  # letters; our longest value, a signature, has 88


def base58(data: bytes) -> str:
    """Write bytes in base58btc with the letter z, by which multibase marks it."""
    rest, letters = int.from_bytes(data, "big"), ""
    while rest:
        rest, place = divmod(rest, 58)
        letters = _LETTERS[place] + letters
    zeros = len(data) - len(data.lstrip(b"\0"))
    return "z" + "1" * zeros + letters


def read_base58(text: str) -> bytes:
    """Read what `base58` wrote. Raises ValueError for anything else."""
    if not text.startswith("z") or len(text) > _LONGEST:
        message = "not base58btc"
        raise ValueError(message)
    number = 0
    for letter in text[1:]:
        number = number * 58 + _LETTERS.index(letter)
    zeros = len(text[1:]) - len(text[1:].lstrip("1"))
    return b"\0" * zeros + number.to_bytes((number.bit_length() + 7) // 8, "big")


def did_key(public: bytes) -> str:
    """Return the did:key of a public Ed25519 key: a name that says the key itself, and needs nobody to tell it."""
    return "did:key:" + base58(_ED25519 + public)


def method_of(did: str) -> str:
    """Return the verification method of a did:key: its only key."""
    return f"{did}#{did.removeprefix('did:key:')}"


def read_did_key(did: str) -> bytes:
    """Return the 32 bytes of the key that a did:key, or its verification method, says. Raises ValueError."""
    name, _, fragment = did.partition("#")
    multikey = name.removeprefix("did:key:")
    material = read_base58(multikey)
    if name == multikey or fragment not in {"", multikey}:
        message = "not a did:key"
        raise ValueError(message)
    if not material.startswith(_ED25519) or len(material) != 34:
        message = "not an Ed25519 key"
        raise ValueError(message)
    return material[2:]
