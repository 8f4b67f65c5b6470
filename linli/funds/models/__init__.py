"""The tables of the funds."""

from linli.funds.models.ledger import Account, Close, Fund, Transaction, Transfer
from linli.funds.models.order import Order, OrderLine

__all__ = ["Account", "Close", "Fund", "Order", "OrderLine", "Transaction", "Transfer"]
