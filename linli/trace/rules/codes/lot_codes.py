"""Our own codes for lots of operators that own no GS1 prefix, under /q/. Pure.

Such a code begins with a letter and has ten characters, so that no reader takes it for a GTIN; the last one
guards the others against slips of the pen.
"""

import re
import unicodedata
from typing import Final

from linli.kernel.credit_codes import ALPHABET, check_character

PATH: Final = "/q/"
_MARK: Final = "L"
_DRAWN: Final = 8
NUMBERS: Final = len(ALPHABET) ** _DRAWN  # so many codes there are: about 8.5e11
_LENGTH: Final = len(_MARK) + _DRAWN + 1
# What the alphabet leaves out is read as what it looks like.
_MISREAD: Final = str.maketrans("IOSVZ", "105U2")
_WRITTEN: Final = re.compile(rf"{_MARK}[{ALPHABET}]{{{_LENGTH - 1}}}")
_OURS: Final = re.compile(r"https?://[^/?#]+/q/([^/?#]+)/?(?:[?#].*)?", re.DOTALL | re.IGNORECASE)


def lot_code(number: int) -> str:
    """Return the code of a number that the caller drew below NUMBERS. Raises ValueError for another."""
    if not 0 <= number < NUMBERS:
        message = "no such number"
        raise ValueError(message)
    body = ""
    for _ in range(_DRAWN):
        number, place = divmod(number, len(ALPHABET))
        body = ALPHABET[place] + body
    return _MARK + body + check_character(_MARK + body)


def is_lot_code(code: str) -> bool:
    """Say whether this is a code as we write it, guarded by its last character."""
    return _WRITTEN.fullmatch(code) is not None and check_character(code[:-1]) == code[-1]


def read(text: str) -> str:
    """Return the code in what a person typed: any case, full-width, with spaces and hyphens, I for 1, O for 0.

    Raises ValueError when it is no code of ours.
    """
    plain = unicodedata.normalize("NFKC", text[:100]).upper()
    code = "".join(one for one in plain if not one.isspace() and one not in "-–—_·.")
    code = code.translate(_MISREAD)
    if not is_lot_code(code):
        message = "not a lot code"
        raise ValueError(message)
    return code


def printed(code: str) -> str:
    """Return a code in two groups of five, as it stands on a label."""
    return f"{code[:5]}-{code[5:]}"


def path(code: str) -> str:
    """Return where a lot is looked up on our site; in events, after our host, it names the lot."""
    return PATH + code


def read_uri(uri: str) -> str:
    """Return the code in an address under /q/ of any host. Raises ValueError for none.

    Whether the host is ours is for the caller to say: others may number lots in the same way.
    """
    found = _OURS.fullmatch(uri)
    if found is None:
        message = "not an address of a lot"
        raise ValueError(message)
    return read(found[1])
