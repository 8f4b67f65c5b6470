"""Which passwords are guessed first: those that leaked most often, and words of this house, dressed up or doubled."""

import re

from django.contrib.auth.password_validation import CommonPasswordValidator
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from linli.kernel.models import Staff

# What everybody here would think of (docs/sign-in.md). Of the account come its name, its login, its unit.
HOUSE = (
    "admin",
    "linli",
    "邻里",
    "鄰里",
    "administrator",
    "supervisor",
    "planner",
    "officer",
    "clerk",
    "password",
    "gonganju",
)
_DRESS = str.maketrans("013457@$!", "oleastasi")
_LEAST = 4


class NotGuessedFirst:
    """One more thing asked of a new password: without its dress it is no word that others try first.

    Dress is what stands before and behind (digits, signs), letters written as digits, and the same word again.
    """

    def __init__(self) -> None:
        self._leaked: set[str] = CommonPasswordValidator().passwords

    def validate(self, password: str, user: Staff | None = None) -> None:
        """Raise ValidationError for a word that others try first."""
        ours = {*HOUSE, *_words_of(user)}
        for core in _cores(password.casefold()):
            rest = core
            for word in sorted(ours, key=len, reverse=True):
                rest = rest.replace(word, "")
            left = re.sub(r"[\W\d_]", "", rest)
            if core in self._leaked or len(left) < _LEAST:
                raise ValidationError(self.get_help_text(), code="password_too_common")

    def get_help_text(self) -> str:
        """Say what is asked."""
        return str(_("No word that others try first, and no name of this house or of yours."))


def _cores(password: str) -> set[str]:
    """Return what is left of a password without its dress."""
    seen = {password, password.translate(_DRESS)}
    bare = {re.sub(r"^[\W\d_]+|[\W\d_]+$", "", one) for one in seen}
    once = {re.sub(r"^(.+?)\1+$", r"\1", one) for one in {*seen, *bare}}
    return {one for one in {*bare, *once} if len(one) >= _LEAST} or {""}


def _words_of(user: Staff | None) -> set[str]:
    said = (user.username, user.name, user.unit) if user else ()
    return {one.casefold() for one in said if len(one) >= 2}
