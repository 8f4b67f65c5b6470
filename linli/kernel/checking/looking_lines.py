"""Looks at how PostgreSQL is reached: whether connections can be lent, and whether the replica follows."""

from importlib.util import find_spec

from django.conf import settings
from django.db import connection
from django.utils.translation import gettext as _

from linli.kernel import replica
from linli.kernel.checking.findings import Finding, State, judged


def can_lend() -> bool:
    """Say whether a server may have the pool it wants: without its package every page would fail."""
    return connection.vendor != "postgresql" or find_spec("psycopg_pool") is not None


def lines_seen() -> list[Finding]:
    """Look at the lines to PostgreSQL; SQLite has none."""
    if connection.vendor != "postgresql":
        return []
    found = [
        judged("database", "pool", State.OK if can_lend() else State.FAIL,
            (_("Connections to the database can be lent to pages."), _("Connections to the database cannot be lent to pages: no page would be shown.")),
            "pip install 'psycopg[pool]'"),
    ]  # fmt: skip
    if replica.NAME in settings.DATABASES:
        found.append(_replica())
    return found


def _replica() -> Finding:
    seconds = replica.behind(settings.REPLICA_SECONDS)
    return judged("database", "replica", State.WARN if seconds is None else State.OK,
        (_("The copy of the database that public pages are read from follows."), _("The copy of the database that public pages are read from is down or far behind: it is passed by.")),
        _("See docs/postgres.md, the replica."))  # fmt: skip
