"""What public pages of the funds are made of: how far the books, the projects and the facts had come, and the minute.

Nobody who posts waits for a mark that all would share: the newest rows say as much. Only a row with a lower number
may be committed after them, on PostgreSQL, which a page then shows a minute later at most (docs/decisions/0016).
"""

from datetime import timedelta

from linli.kernel.clock import now
from linli.kernel.replica import line
from linli.ui.kept import State

_SQL = """SELECT
    (SELECT MAX(id) FROM funds_transaction),
    (SELECT MAX(id) FROM funds_note),
    (SELECT MAX(id) FROM facts_fact),
    (SELECT MAX(id) FROM funds_attestation),
    (SELECT MAX(id) FROM funds_match),
    (SELECT COUNT(*) FROM funds_match WHERE evidence_id IS NOT NULL),
    (SELECT COUNT(*) FROM funds_fund WHERE published_at IS NOT NULL),
    (SELECT COUNT(*) FROM funds_project WHERE published_at IS NOT NULL)"""


def standing_funds() -> State:
    """Return the state of every public page of the funds: one query."""
    with line().cursor() as cursor:
        cursor.execute(_SQL)
        newest = cursor.fetchone()
    minute = now().replace(second=0, microsecond=0) + timedelta(minutes=1)
    return State(".".join(str(number or 0) for number in newest), minute)
