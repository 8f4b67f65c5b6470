"""Unified social credit codes (GB 32100-2015), the name of an operator for every office. Pure.

Eighteen characters: who registered it, what it is, where, its organisation code, and a check character.
"""

import unicodedata
from dataclasses import dataclass
from typing import Final

ALPHABET: Final = "0123456789ABCDEFGHJKLMNPQRTUWXY"  # no I, O, S, V, Z
_LENGTH: Final = 18
_ORGANISATION_WEIGHTS: Final = (3, 7, 9, 10, 5, 8, 4, 2)
_ORGANISATION_LETTERS: Final = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"


@dataclass(frozen=True, slots=True)
class CreditCode:
    """A code in its parts."""

    department: str  # who registered it, e.g. 9 market regulation, 5 civil affairs, 1 public bodies
    category: str  # what it is there, e.g. 91 an enterprise, 92 a self-employed trader
    division: str  # GB/T 2260, six digits, of the office that registered it
    organisation: str  # GB 11714, nine characters, the last of which guards the others


def tidied(text: str) -> str:
    """Return what was typed as a code would be written: half-width capitals without spaces and hyphens."""
    plain = unicodedata.normalize("NFKC", text).upper()
    return "".join(one for one in plain if not one.isspace() and one != "-")


def is_credit_code(code: str) -> bool:
    """Say whether this can be a code: its length, its characters, its division's digits, its check character.

    The organisation code's own check is left aside: codes are in use that were given out without it.
    """
    if len(code) != _LENGTH or any(one not in ALPHABET for one in code):
        return False
    return code[2:8].isdigit() and code[-1] == check_character(code[:-1])


def read(text: str) -> CreditCode:
    """Take a code as typed apart. Raises ValueError when it cannot be one."""
    code = tidied(text)
    if not is_credit_code(code):
        message = "not a unified social credit code"
        raise ValueError(message)
    return CreditCode(code[0], code[1], code[2:8], code[8:17])


def check_character(body: str) -> str:
    """Return the character that guards those before it: weights are powers of three modulo 31.

    Source: GB 32100-2015, 5.5. Raises ValueError for characters that are in no code.
    """
    total = sum(ALPHABET.index(one) * pow(3, place, 31) for place, one in enumerate(body))
    return ALPHABET[-total % 31]


def organisation_check(body: str) -> str:
    """Return the ninth character of an organisation code for its first eight, X standing for ten.

    Source: GB 11714-1997. Raises ValueError for anything but eight digits and capitals.
    """
    weighed = zip(body, _ORGANISATION_WEIGHTS, strict=True)
    total = sum(_ORGANISATION_LETTERS.index(one) * weight for one, weight in weighed)
    return "0123456789X0"[11 - total % 11]
