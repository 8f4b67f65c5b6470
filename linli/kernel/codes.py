"""Public codes: short, said over a telephone without confusion, guarded by a check character.

Letters and digits of Crockford's base 32 (no I, L, O, U). The check character is the value of the
code modulo 31, so that one wrong character or two swapped neighbours are noticed.
"""

import secrets

_ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
_READ_AS = str.maketrans("ILOU", "110V")
_LENGTH = 7
_CODES = 32**_LENGTH
_SPREAD = (
    21_236_332_309  # odd, so that it can be undone: neighbours in number are far apart in code
)
_CHECK = 31  # the largest prime within the alphabet: every single slip changes the remainder


def new_code() -> str:
    """Return a fresh code such as `7K3M-92QD`: 35 random bits and a check character."""
    return _written(secrets.randbits(5 * _LENGTH))


def new_row_code() -> str:
    """Return a fresh name for a row that nobody says aloud: 48 random bits in eight characters.

    Among ten million rows, one new code in thirty million is taken.
    """
    return secrets.token_urlsafe(6)


def code_of(number: int) -> str:
    """Return the code that stands for ever for `number` in [0, 2^35): no two numbers share one."""
    return _written(number * _SPREAD % _CODES)


def number_of(code: str) -> int:
    """Return the number that `code_of` gave this code, which `read_code` has read."""
    value = 0
    for character in code.replace("-", "")[:_LENGTH]:
        value = value * 32 + _ALPHABET.index(character)
    return int(value * pow(_SPREAD, -1, _CODES) % _CODES)


def read_code(typed: str) -> str | None:
    """Return the code that was meant (spaces, case, I/L/O forgiven), or None when it cannot be one."""
    plain = "".join(c for c in typed.upper() if c.isalnum()).translate(_READ_AS)
    if len(plain) != _LENGTH + 1 or any(c not in _ALPHABET for c in plain):
        return None
    return _grouped(plain) if _check(plain[:-1]) == plain[-1] else None


def _written(value: int) -> str:
    """Write 35 bits as a code; the check character is their remainder."""
    body = "".join(_ALPHABET[value >> shift & 31] for shift in range(5 * _LENGTH - 5, -1, -5))
    return _grouped(body + _ALPHABET[value % _CHECK])


def _check(body: str) -> str:
    total = 0
    for character in body:
        total = total * 32 + _ALPHABET.index(character)
    return _ALPHABET[total % _CHECK]


def _grouped(plain: str) -> str:
    return f"{plain[:4]}-{plain[4:]}"
