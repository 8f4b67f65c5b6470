"""How staff sign in: accounts are given, never taken."""

from allauth.account.adapter import DefaultAccountAdapter
from django.http import HttpRequest


class StaffAdapter(DefaultAccountAdapter):  # type: ignore[misc]
    """allauth with its doors for the public closed."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Nobody signs up: a member of staff gets an account from the office."""
        return False
