"""Addresses that a message may go to: an e-mail address, or a telephone number in any script's digits."""

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils.translation import gettext_lazy as _

from linli.kernel.refusals import Refused

_SHORTEST, _LONGEST = 6, 15  # digits: E.164's longest; a town's shortest


def read_address(channel: str, typed: str) -> str:
    """Return the address that was meant.

    Refuses: address_wrong unless it can be an address of this channel.
    """
    plain = typed.strip()
    read = _telephone(plain) if channel == "sms" else _email(plain)
    if read is None:
        raise Refused("address_wrong", _("Enter an e-mail address or a telephone number."))
    return read


def _email(plain: str) -> str | None:
    try:
        validate_email(plain)
    except ValidationError:
        return None
    return plain


def _telephone(plain: str) -> str | None:
    bare = plain.translate({ord(c): None for c in " -()（）\u00a0"})
    plus, digits = ("+", bare[1:]) if bare[:1] in ("+", "＋") else ("", bare)
    if not digits.isdecimal() or not _SHORTEST <= len(digits) <= _LONGEST:
        return None
    return plus + "".join(str(int(c)) for c in digits)
