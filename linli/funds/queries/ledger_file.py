"""A fund's ledger as one file that anybody can compute again: `linli verify-ledger`, docs/ledger.md.

One JSON object a line: what it is, the transactions day by day, after each signed day its root and the proof that
the fund's head is in it, at the end what the database says stands on each account.
"""

from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import Final, NamedTuple

from django.conf import settings

from linli.funds.models import Fund, Head, Root
from linli.funds.queries.recorded import Cut, cut_now, recorded_lines
from linli.funds.rules import chain

NAME: Final = "ledger.jsonl"


class _Signed(NamedTuple):
    """One root with the fund's head in it: whose turn it was, and the tree's leaves."""

    root: Root
    head: str
    position: int
    leaves: list[bytes]


def newest_root() -> Root | None:
    """Return the root of the last day that is signed."""
    return Root.objects.order_by("-number").first()


def kits(fund: Fund) -> list[Path]:
    """Return where a fund's kits lie, the last one last."""
    return sorted((Path(settings.HOME) / "ledgers").glob(f"{fund.code}-*.zip"))


def root_lines() -> Iterator[str]:
    """Yield all roots as they were signed, the first one first."""
    for number, note in Root.objects.order_by("number").values_list("number", "note").iterator():
        yield chain.written({"root": number, "note": note})


def signed_lines(fund: Fund, root: Root) -> Iterator[str]:
    """Yield the lines of the file up to a root: what is in it is proven, and never changes."""
    yield from _lines(fund, cut_now(fund, until=root.until), root)


def all_lines(fund: Fund) -> Iterator[str]:
    """Yield the lines of the file up to now; what follows the last root is not signed yet."""
    yield from _lines(fund, cut_now(fund), None)


def _lines(fund: Fund, cut: Cut, last: Root | None) -> Iterator[str]:
    yield chain.written(
        {"linli-ledger": 1, "fund": fund.code, "name": fund.name, "kept_by": fund.unit.name,
         "place": fund.area.name, "currency": "CNY", "amounts": "fen"}
    )  # fmt: skip
    since: datetime | None = None
    for signed in _signed(fund, last):
        yield from recorded_lines(fund, since=since, until=signed.root.until)
        yield _root_line(signed)
        since = signed.root.until
    if last is None:
        yield from recorded_lines(fund, since=since, until=None, last=cut.last)
    yield from _account_lines(fund, cut)


def _account_lines(fund: Fund, cut: Cut) -> Iterator[str]:
    accounts = fund.accounts.select_related("unit").filter(pk__in=cut.balances)
    for one in accounts:
        yield chain.written(
            {"account": f"{one.kind} {one.code}", "name": one.name,
             "unit": one.unit.name if one.unit else "", "balance": cut.balances[one.pk]}
        )  # fmt: skip
    yield chain.written({"accounts": len(cut.balances)})


def _root_line(signed: _Signed) -> str:
    proof = chain.path(signed.position, signed.leaves)
    return chain.written(
        {"root": signed.root.number, "head": signed.head,
         "position": signed.position, "proof": [one.hex() for one in proof], "note": signed.root.note}
    )  # fmt: skip


def _signed(fund: Fund, last: Root | None) -> Iterator[_Signed]:
    """Yield the roots of the days on which the fund recorded something, and the newest, each with its tree."""
    roots = Root.objects.order_by("number")
    if last is not None:
        roots = roots.filter(number__lte=last.number)
    own = set(fund.heads.values_list("root", flat=True))
    newest = roots.last()
    heads = Head.objects.order_by("root__number").values_list(
        "root", "fund", "fund__code", "digest"
    )
    changes: dict[int, list[tuple[int, str, str]]] = {}
    for pk, of, code, digest in heads.filter(root__in=roots).iterator():
        changes.setdefault(pk, []).append((of, code, digest))
    stand: dict[int, tuple[str, str]] = {}
    for root in roots.iterator():
        stand |= {of: (code, digest) for of, code, digest in changes.get(root.pk, [])}
        if fund.pk in stand and (root.pk in own or root == newest):
            order = sorted(stand)
            leaves = [chain.leaf(*stand[pk]) for pk in order]
            yield _Signed(root, stand[fund.pk][1], order.index(fund.pk), leaves)
