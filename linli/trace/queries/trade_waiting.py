"""What waits for an operator at its workplace: recalls it has not answered, results to reply to, papers that run out."""

from datetime import datetime
from typing import NamedTuple

from linli.trace.models import Operator
from linli.trace.queries.expiring import unseen
from linli.trace.queries.lab_hearings import replies_awaited
from linli.trace.queries.recall_lists import waiting


class Waiting(NamedTuple):
    """How many of each wait."""

    recalls: int
    results: int
    papers: int


def waiting_for(operator: Operator, at: datetime) -> Waiting:
    """Return how many of each wait for an operator. Three queries."""
    return Waiting(waiting(operator), replies_awaited(operator, at), unseen(operator).count())
