"""Unified social credit codes (GB 32100): eighteen characters, the last of which guards the others. Pure."""

from typing import Final

_ALPHABET: Final = "0123456789ABCDEFGHJKLMNPQRTUWXY"  # no I, O, S, V, Z
_LENGTH: Final = 18


def is_credit_code(code: str) -> bool:
    """Say whether this can be a code: its length, its characters, its check character."""
    if len(code) != _LENGTH or any(one not in _ALPHABET for one in code):
        return False
    return code[-1] == check_character(code[:-1])


def check_character(body: str) -> str:
    """Return the character that guards the seventeen before it: weights are powers of three modulo 31."""
    total = sum(_ALPHABET.index(one) * pow(3, place, 31) for place, one in enumerate(body))
    return _ALPHABET[-total % 31]
