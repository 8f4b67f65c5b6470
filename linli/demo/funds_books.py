"""The books of one demo fund: its accounts by kind and name, and money moved the way two officers would."""

from datetime import date, datetime, time

from django.utils.timezone import make_aware

from linli.demo import people
from linli.directory.models import Unit
from linli.facts.models import Indicator
from linli.funds.actions import ledger, orders, publishing, tallies
from linli.funds.models import Account, Fund, Programme, Project

YUAN, WAN = 100, 1_000_000  # in fen

Move = tuple[Account, Account, int]


def morning(day: date) -> datetime:
    """Return ten in the morning of a day."""
    return make_aware(datetime.combine(day, time(10)))


class Books:
    """A fund of a unit, opened on a day: one officer posts, above the limit a second person decides."""

    def __init__(self, fund: Fund) -> None:
        self.fund = fund
        self.by = people.officer(fund.unit.name)

    @classmethod
    def opened(cls, name: str, unit: str, day: date, *, purpose: str, alone: int) -> "Books | None":
        """Open a fund; None when there is one of this name already."""
        if Fund.objects.filter(name=name).exists():
            return None
        keeper = Unit.objects.select_related("area").get(name=unit)
        fund = ledger.open_fund(
            by=people.officer(unit), at=morning(day), name=name, unit=keeper, area=keeper.area,
            purpose=purpose, alone=alone,
        )  # fmt: skip
        return cls(fund)

    def account(
        self,
        kind: str,
        name: str,
        day: date,
        *,
        unit: Unit | None = None,
        of: Programme | Project | None = None,
    ) -> Account:
        """Open an account."""
        return ledger.open_account(
            by=self.by, at=morning(day), fund=self.fund, kind=kind, name=name, unit=unit, of=of
        )

    def publish(self, day: date) -> None:
        """Show the fund to everybody."""
        self.fund = publishing.publish(by=self.by, at=morning(day), fund=self.fund)

    def move(self, verb: str, day: date, words: str, *moves: Move) -> None:
        """Move money on a day; a second person decides where it is too much for one."""
        at = morning(day)
        posting = _posting(verb, day, words, moves)
        if all(amount <= self.fund.alone_up_to for _, _, amount in moves):
            ledger.post(by=self.by, at=at, fund=self.fund, posting=posting)
            return
        order = orders.ask(by=self.by, at=at, fund=self.fund, posting=posting)
        orders.approve(by=people.second(self.fund.unit.name), at=at, order=order)

    def ask(self, verb: str, day: date, words: str, *moves: Move) -> None:
        """Ask a second person, who has not answered yet."""
        posting = _posting(verb, day, words, moves)
        orders.ask(by=self.by, at=morning(day), fund=self.fund, posting=posting)

    def count(self, day: date, code: str, *accounts: Account) -> None:
        """Count what comes into these accounts as an indicator."""
        indicator = Indicator.objects.get(code=code)
        for account in accounts:
            tallies.count_as(by=self.by, at=morning(day), account=account, indicator=indicator)


def _posting(verb: str, day: date, words: str, moves: tuple[Move, ...]) -> ledger.Posting:
    return ledger.Posting(
        verb=verb, day=day, words=words, lines=[ledger.Line(*one) for one in moves]
    )
