"""Check digits and check characters of GS1 keys: GTIN, GLN, SSCC, GRAI, GSRN, GMN. Pure.

A number whose check digit is right can still be nobody's: only who allots it knows that.
"""

from typing import Final

GTIN_LENGTHS: Final = (8, 12, 13, 14)
_GLN_LENGTH: Final = 13
_SSCC_LENGTH: Final = 18
SYMBOLS: Final = (
    "!\"%&'()*+,-./0123456789:;<=>?ABCDEFGHIJKLMNOPQRSTUVWXYZ_abcdefghijklmnopqrstuvwxyz"
)
_PAIR_SYMBOLS: Final = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ"
_PAIR_MODULUS: Final = 1021
_LONGEST_KEY: Final = 90


def check_digit(body: str) -> str:
    """Return the digit that guards these digits: weights 3 and 1 from the right, modulo 10.

    Source: GS1 General Specifications, check digit calculation. Raises ValueError for anything but digits.
    """
    if not is_digits(body):
        message = "not digits"
        raise ValueError(message)
    total = 3 * sum(map(int, body[::-2])) + sum(map(int, body[-2::-2]))
    return str(-total % 10)


def is_guarded(number: str) -> bool:
    """Say whether the last digit guards the others."""
    return len(number) > 1 and is_digits(number) and check_digit(number[:-1]) == number[-1]


def is_digits(text: str) -> bool:
    """Say whether these are digits 0 to 9 and nothing else: `isdigit` alone takes other scripts' too."""
    return text.isascii() and text.isdigit()


def is_gtin(number: str) -> bool:
    """Say whether this can be a GTIN-8, -12, -13 or -14. Nothing but zeros is none."""
    return len(number) in GTIN_LENGTHS and is_guarded(number) and number.strip("0") != ""


def is_gln(number: str) -> bool:
    """Say whether this can be a GLN: thirteen digits."""
    return len(number) == _GLN_LENGTH and is_guarded(number)


def is_sscc(number: str) -> bool:
    """Say whether this can be an SSCC: eighteen digits."""
    return len(number) == _SSCC_LENGTH and is_guarded(number)


def gtin14(number: str) -> str:
    """Return the fourteen digits under which a GTIN of any length is filed. Raises ValueError for no GTIN."""
    if not is_gtin(number):
        message = "not a GTIN"
        raise ValueError(message)
    return number.zfill(14)


def shortest_gtin(number: str) -> str:
    """Return a GTIN as its bar code shows it: without the zeros that filled it. Raises ValueError for none.

    A GTIN-14 that begins with 1 to 9 is a box of others and stays as it is.
    """
    full = gtin14(number)
    return next(full[-length:] for length in GTIN_LENGTHS if not full[:-length].strip("0"))


def is_in_store(number: str) -> bool:
    """Say whether a GTIN is of the ranges that each shop numbers by itself (prefixes 02, 04, 2).

    Two shops may mean two things by one: nothing may be looked up by it alone. Raises ValueError for no GTIN.
    """
    full = gtin14(number)
    as_8 = full.startswith("000000")
    lead = full[6:] if as_8 else full[1:]
    return lead.startswith(("0", "2")) if as_8 else lead.startswith(("02", "04", "2"))


def check_pair(body: str) -> str:
    """Return the two characters that guard an alphanumeric key (GMN): prime weights from the right, modulo 1021.

    Source: GS1 General Specifications, check character calculation. Raises ValueError for other characters.
    """
    if len(body) > _LONGEST_KEY:
        message = "too long"
        raise ValueError(message)
    weighed = zip(reversed(body), _primes(len(body)), strict=True)
    total = sum(SYMBOLS.index(one) * prime for one, prime in weighed) % _PAIR_MODULUS
    return _PAIR_SYMBOLS[total >> 5] + _PAIR_SYMBOLS[total & 31]


def _primes(count: int) -> list[int]:
    found: list[int] = []
    number = 2
    while len(found) < count:
        if all(number % prime for prime in found):
            found.append(number)
        number += 1
    return found
