"""Who holds a fund's books: whoever posts shares them, whoever closes, signs or cuts them waits for all who post.

Until the end of the database's transaction. On SQLite one writes at a time anyway.
"""

from collections.abc import Iterable
from typing import Final

from django.db import connection

from linli.funds.models import Fund

_BOOKS: Final = 1715  # as in the function `funds_post` (migration 0001): of what the lock is


def hold_books(*funds: Fund) -> None:
    """Wait until nobody posts in these funds, and let nobody post until the transaction ends."""
    _lock("pg_advisory_xact_lock", sorted(fund.pk for fund in funds))


def share_books(fund: Fund) -> None:
    """Wait while somebody holds this fund's books; nobody does then until the transaction ends."""
    _lock("pg_advisory_xact_lock_shared", [fund.pk])


def _lock(name: str, keys: Iterable[int]) -> None:
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            for key in keys:
                cursor.execute(f"SELECT {name}(%s, %s)", [_BOOKS, key])
