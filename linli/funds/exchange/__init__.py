"""The ledger as others take it: IATI, plain-text accounting, tables."""

from linli.funds.exchange.hledger import HLEDGER
from linli.funds.exchange.iati import IATI
from linli.funds.exchange.ledger import LEDGER

EXPORTS = (
    HLEDGER,
    IATI,
    LEDGER,
)
