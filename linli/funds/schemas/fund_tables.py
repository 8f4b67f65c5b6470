"""The tables of a fund: its accounts, its transactions, their transfers; columns declared, amounts in yuan."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import UTC, date, datetime
from decimal import Decimal
from itertools import groupby
from typing import Any, Final

from linli.funds.models import Account, Fund
from linli.funds.queries.outward import Moved
from linli.funds.rules.amounts import FEN_IN_YUAN
from linli.funds.rules.flows import KINDS, VERBS
from linli.funds.schemas.iati_parts import CURRENCY

Cell = str | int | Decimal | date | datetime | None
Row = tuple[Cell, ...]

_AMOUNT: Final = {"type": "number", "description": f"{CURRENCY}"}
_NEEDED: Final = {"constraints": {"required": True}}
_UNIQUE: Final = {"constraints": {"required": True, "unique": True}}

FIELDS: Final[Mapping[str, Mapping[str, Mapping[str, Any]]]] = {
    "accounts": {
        "code": {"type": "string"} | _UNIQUE,
        "kind": {"type": "string", "constraints": {"required": True, "enum": [*KINDS]}},
        "name": {"type": "string"} | _NEEDED,
        "unit": {"type": "string"},
        "project": {"type": "string"},
        "balance": _AMOUNT | _NEEDED,
        "closed_on": {"type": "date"},
    },
    "transactions": {
        "code": {"type": "string"} | _UNIQUE,
        "day": {"type": "date"} | _NEEDED,
        "recorded_at": {"type": "datetime"} | _NEEDED,
        "verb": {"type": "string", "constraints": {"required": True, "enum": [*VERBS]}},
        "words": {"type": "string"},
        "reverses": {"type": "string"},
        "order": {"type": "string"},
        "match": {"type": "string"},
        "transfers": {"type": "integer", "constraints": {"required": True, "minimum": 1}},
    },
    "transfers": {
        "transaction": {"type": "string"} | _NEEDED,
        "number": {"type": "integer", "constraints": {"required": True, "minimum": 1}},
        "out_of": {"type": "string"} | _NEEDED,
        "into": {"type": "string"} | _NEEDED,
        "amount": _AMOUNT | _NEEDED,
    },
}
_KEYS: Final[Mapping[str, Mapping[str, Any]]] = {
    "accounts": {"primaryKey": "code"},
    "transactions": {
        "primaryKey": "code",
        "foreignKeys": [
            {"fields": "reverses", "reference": {"resource": "", "fields": "code"}},
        ],
    },
    "transfers": {
        "primaryKey": ["transaction", "number"],
        "foreignKeys": [
            {"fields": "transaction", "reference": {"resource": "transactions", "fields": "code"}},
            {"fields": "out_of", "reference": {"resource": "accounts", "fields": "code"}},
            {"fields": "into", "reference": {"resource": "accounts", "fields": "code"}},
        ],
    },
}


def descriptor(fund: Fund, at: datetime) -> dict[str, Any]:
    """Return datapackage.json."""
    return {
        "profile": "tabular-data-package",
        "name": f"linli-fund-{fund.code.lower()}",
        "title": fund.name,
        "description": fund.purpose,
        "created": at.astimezone(UTC).isoformat(timespec="seconds").replace("+00:00", "Z"),
        "resources": [_resource(table) for table in FIELDS],
    }


def account_rows(accounts: Mapping[int, Account]) -> Iterator[Row]:
    """Yield the accounts with what stands on them now."""
    for one in accounts.values():
        unit, project = (
            (one.unit.name if one.unit else ""),
            (one.project.code if one.project else ""),
        )
        yield one.code, one.kind, one.name, unit, project, in_yuan(one.balance), one.closed_on


def entry_rows(
    accounts: Mapping[int, Account], moved: Iterable[Moved]
) -> Iterator[tuple[Row, list[Row]]]:
    """Yield each transaction with its transfers."""
    for code, group in groupby(moved, key=lambda one: one.code):
        entry = list(group)
        first = entry[0]
        said = (first.words, first.reverses, first.order, first.match, first.size)
        yield (
            (code, first.day, first.at, first.verb, *said),
            [
                (code, one.number, accounts[one.out_of].code, accounts[one.into].code, in_yuan(one.amount))
                for one in entry
            ],
        )  # fmt: skip


def in_yuan(fen: int) -> Decimal:
    """Return an amount in yuan, exactly."""
    return (Decimal(fen) / FEN_IN_YUAN).quantize(Decimal("0.01"))


def _resource(table: str) -> dict[str, Any]:
    fields = [{"name": name, **said} for name, said in FIELDS[table].items()]
    return {
        "name": table,
        "path": f"{table}.csv",
        "profile": "tabular-data-resource",
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "schema": {"fields": fields, **_KEYS[table]},
    }
