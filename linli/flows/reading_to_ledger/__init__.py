"""From a reading to the ledger: what each item could become, and the taking over of what was accepted.

`suggest` says what an item could become: a fact, a measure, a task, or one that is there already.
`take` makes it so, once, in one transaction. Passages about watching people never get here.
"""

from linli.flows.reading_to_ledger.merging import merge, searched
from linli.flows.reading_to_ledger.suggest import suggestions
from linli.flows.reading_to_ledger.suggestion import Candidate, Suggestion
from linli.flows.reading_to_ledger.taking import Outlook, Taking, accept, outlook, take

__all__ = [
    "Candidate",
    "Outlook",
    "Suggestion",
    "Taking",
    "accept",
    "merge",
    "outlook",
    "searched",
    "suggestions",
    "take",
]
