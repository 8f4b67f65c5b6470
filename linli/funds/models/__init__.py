"""The tables of the funds."""

from linli.funds.models.ledger import Account, Close, Fund, Transaction, Transfer
from linli.funds.models.match import Match
from linli.funds.models.order import Order, OrderLine

__all__ = ["Account", "Close", "Fund", "Match", "Order", "OrderLine", "Transaction", "Transfer"]
