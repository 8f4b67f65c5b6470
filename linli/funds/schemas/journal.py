"""A fund's ledger as a plain-text journal that hledger reads: every posting, and what stands at each period's end.

Two postings make a transfer; the ledger's own codes stand as tags; what was wrong is reversed, never left out.
"""

import re
from calendar import monthrange
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from itertools import groupby
from typing import Final

from django.utils.translation import gettext as _

from linli.funds.models import Account, Fund, Transaction
from linli.funds.queries.outward import Moved
from linli.funds.rules import flows
from linli.funds.schemas.iati_parts import CURRENCY, yuan

_REVENUE, _ASSET, _EXPENSE = "R", "A", "X"  # hledger's types of accounts
_TYPES: Final = {
    **dict.fromkeys(flows.OUTSIDE, _REVENUE),
    **dict.fromkeys(flows.INSIDE, _ASSET),
    **dict.fromkeys(flows.GONE, _EXPENSE),
}
_VERBS: Final = dict(Transaction.NAMES)
_KINDS: Final = dict(Account.NAMES)
# What means something to hledger, in the shape in which it means nothing.
_TAME: Final = str.maketrans({":": "：", ";": "；", ",": "，", "|": "｜", "(": "（", ")": "）"})
_SPACES = re.compile(r"[\s\x00-\x1f]+")


def lines(
    fund: Fund, accounts: Mapping[int, Account], moved: Iterable[Moved], closed: Iterable[date]
) -> Iterator[str]:
    """Yield the journal's lines: accounts, then each day's transactions, then what stands when a period ends."""
    names = {pk: _account(fund, one) for pk, one in accounts.items()}
    yield f"; {tame(fund.name)}  fund:{fund.code}\ncommodity 1000.00 {CURRENCY}\n\n"
    for pk, account in accounts.items():
        yield f"account {names[pk]}  ; code:{account.code}, type:{_TYPES[account.kind]}\n"
    balances, touched = Counter[int](), set[int]()
    last: date | None = None
    periods = _Ends(closed)
    for day, entries in groupby(moved, key=lambda one: one.day):
        for end, whole in periods.before(day):
            yield from _stands(end, sorted(accounts if whole else touched), names, balances)
            touched.clear()
        for _code, transfers in groupby(entries, key=lambda one: one.code):
            entry = list(transfers)
            yield from _entry(entry, names)
            for one in entry:
                balances[one.out_of] -= one.amount
                balances[one.into] += one.amount
                touched |= {one.out_of, one.into}
        last = day
    if last:
        yield from _stands(last, sorted(accounts), names, balances)


class _Ends:
    """The ends of periods: of each month in which something moved, and of books that were closed."""

    def __init__(self, closed: Iterable[date]) -> None:
        self._closed = sorted(closed)
        self._month: date | None = None

    def before(self, day: date) -> list[tuple[date, bool]]:
        """Return the ends between the last day that was asked for and this one; True: of all accounts."""
        ends = [(one, True) for one in self._closed if one < day]
        self._closed = self._closed[len(ends) :]
        if self._month and self._month < day:
            ends.append((self._month, False))
        self._month = day.replace(day=monthrange(day.year, day.month)[1])
        return sorted(ends)


def tame(words: str) -> str:
    """Return words in which nothing means anything to hledger."""
    return _SPACES.sub(" ", words.translate(_TAME)).strip()


def _account(fund: Fund, one: Account) -> str:
    """Return the name of an account: its code makes it the only one, whatever the others are called."""
    kind = tame(str(_KINDS[one.kind]))
    return f"{fund.code} {tame(fund.name)}:{kind}:{one.code} {tame(one.name)}"


def _entry(entry: list[Moved], names: Mapping[int, str]) -> Iterator[str]:
    first = entry[0]
    tags = {
        "verb": first.verb,
        "reverses": first.reverses,
        "order": first.order,
        "match": first.match,
    }
    told = ", ".join(f"{name}:{said}" for name, said in tags.items() if said)
    said = tame(f"{_VERBS[first.verb]} {first.words}")
    yield f"\n{first.day} * ({first.code}) {said}  ; {told}, at:{first.at.isoformat()}\n"
    for one in entry:
        amount = yuan(one.amount)
        yield f"    {names[one.out_of]}  -{amount} {CURRENCY}  ; transfer:{one.number}\n"
        yield f"    {names[one.into]}  {amount} {CURRENCY}\n"


def _stands(
    day: date, accounts: Iterable[int], names: Mapping[int, str], balances: Mapping[int, int]
) -> Iterator[str]:
    """Yield an entry that moves nothing, and says what stands: hledger stops where it does not."""
    yield f"\n{day} * {tame(str(_('What stands at the end of a period')))}\n"
    for pk in accounts:
        yield f"    {names[pk]}  0.00 {CURRENCY} = {yuan(balances[pk])} {CURRENCY}\n"
