"""The tickets of cases: of who asks, of who follows, of the receipt."""

from datetime import timedelta

from linli.kernel.tickets import Ticket
from linli.ui.private import private

__all__ = ["ASKING", "FOLLOWING", "RECEIPT", "Ticket", "private"]

ASKING = Ticket("asking", timedelta(days=7))
FOLLOWING = Ticket("following", timedelta(minutes=30))
RECEIPT = Ticket("receipt", timedelta(minutes=30))
