"""Which credentials are withdrawn, as one long row of bits (W3C Bitstring Status List v1.0). Pure.

A list holds so many credentials that whoever asks for it does not tell which one they have in hand.
"""

import base64
import gzip
import zlib
from collections.abc import Iterable

SIZE = 131_072  # bits: the least that the standard allows


def encoded(positions: Iterable[int]) -> str:
    """Return a list in which these bits are set, the first bit being the leftmost."""
    bits = bytearray(SIZE // 8)
    for position in positions:
        bits[position // 8] |= 0x80 >> (position % 8)
    packed = gzip.compress(bytes(bits), mtime=0)  # the same list is the same text
    return "u" + base64.urlsafe_b64encode(packed).decode().rstrip("=")


def is_set(text: str, position: int) -> bool:
    """Say whether a bit of an encoded list is set. Raises ValueError for what is no list, or is not in it."""
    bits = _unpacked(text)
    if not 0 <= position < len(bits) * 8:
        message = "not in this list"
        raise ValueError(message)
    return bool(bits[position // 8] & (0x80 >> (position % 8)))


def _unpacked(text: str) -> bytes:
    if not text.startswith("u"):
        message = "not base64url"
        raise ValueError(message)
    packed = base64.b64decode(text[1:] + "=" * (-len(text[1:]) % 4), altchars=b"-_", validate=True)
    unpacking = zlib.decompressobj(wbits=31)
    try:
        bits = unpacking.decompress(packed, SIZE)  # bytes: eight lists; a bomb stops there
    except zlib.error as error:
        message = "not packed with gzip"
        raise ValueError(message) from error
    if len(bits) < SIZE // 8 or not unpacking.eof:
        message = "a list of the wrong length"
        raise ValueError(message)
    return bits
