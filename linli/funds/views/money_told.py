"""Money as the public's pages tell it: totals that lead to the query behind them, what is missing, in words."""

from collections.abc import Mapping
from datetime import UTC, date, datetime
from typing import Any, NamedTuple

from django.urls import reverse
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy

from linli.funds.models import Fund
from linli.funds.queries.published_funds import Agreed, Asked
from linli.funds.rules.totals import rate
from linli.funds.schemas.total_words import TITLES
from linli.kernel.text import Words


class Moment(NamedTuple):
    """Of which day a total is, and by what had been recorded when."""

    day: date
    known_at: datetime

    @classmethod
    def of(cls, at: datetime) -> "Moment":
        """Return the present day, as known now."""
        return cls(localdate(at), at.astimezone(UTC))

    @property
    def query(self) -> str:
        """The moment as part of an address."""
        known = self.known_at.astimezone(UTC).isoformat().replace("+00:00", "Z")
        return f"day={self.day.isoformat()}&known={known}"


class Row(NamedTuple):
    """One total in a table: its title, fen, where the query behind it is shown, and whether it is part of another."""

    code: str
    title: Words
    amount: int
    address: str
    part: bool = False
    number: int | None = None


# The three rows of the picture, each of which adds up to all the money; what is part of the total above it.
GROUPS: tuple[tuple[Words, tuple[str, ...]], ...] = (
    (
        gettext_lazy("Where it came from"),
        ("partner", "appropriated", "received", "social", "gifts"),
    ),
    (gettext_lazy("What became of it"), ("matched", "allocated", "not_allocated", "returned")),
    (
        gettext_lazy("Where it is now"),
        ("paid", "committed", "left", "not_allocated", "given_back"),
    ),
)
_PARTS = ("social", "gifts")
# What is said first.
TOP = ("given", "paid", "unspent")
# Said even when it is nothing.
_ALWAYS = ("appropriated", "allocated", "matched", "paid")


def address_of(fund: Fund, code: str, moment: Moment) -> str:
    """Return the permanent address of a total: which query, which day, as known when."""
    return f"{reverse('funds:total', args=[fund.code, code])}?{moment.query}"


def sum_address(code: str, asked: Asked, moment: Moment) -> str:
    """Return the permanent address of a total of all published funds, or of those of a place or a unit."""
    narrowed = "".join(
        f"{name}={value}&" for name, value in (("area", asked.area), ("unit", asked.unit)) if value
    )
    return f"{reverse('funds:sum', args=[code])}?{narrowed}{moment.query}"


def sums(whole: Mapping[str, int], asked: Asked, at: datetime) -> dict[str, Any]:
    """Return the totals of several funds as pages show them; without a way behind where words were typed."""
    moment = Moment.of(at)
    return {
        "sums": [
            Row(
                code,
                TITLES[code],
                whole[code],
                "" if asked.words else sum_address(code, asked, moment),
            )
            for code in TOP
        ],
        "percent": percent(whole),
    }


def row(fund: Fund, totals: Mapping[str, int], code: str, moment: Moment) -> Row:
    """Return one total, with the way to what is behind it."""
    where = address_of(fund, code, moment)
    return Row(code, TITLES[code], totals[code], where, code in _PARTS)


def groups(
    fund: Fund,
    totals: Mapping[str, int],
    moment: Moment,
    numbers: Mapping[tuple[int, str], int],
) -> list[tuple[Words, list[Row]]]:
    """Return the totals as the table has them, each with its number in the picture."""
    return [
        (
            title,
            [
                row(fund, totals, code, moment)._replace(number=numbers.get((place, code)))
                for code in codes
                if totals[code] or code in _ALWAYS
            ],
        )
        for place, (title, codes) in enumerate(GROUPS)
    ]


def percent(totals: Mapping[str, int]) -> str:
    """Return the execution rate as it is shown: 58.3; nothing where no money came."""
    tenths = rate(totals)
    return "" if tenths is None else f"{tenths // 10}.{tenths % 10}"


class Want(NamedTuple):
    """One thing that matched money waits for: whose it is, in words, and how many fen, if it is about money."""

    whose: str
    words: Words
    amount: int


_WANTS: dict[tuple[str, str], Words] = {
    ("money", "giver"): gettext_lazy("the money does not stand ready"),
    ("money", "partner"): gettext_lazy("the partner's part has not come"),
    ("evidence", "partner"): gettext_lazy("what the part rests on has not been shown"),
    ("time", "both"): gettext_lazy("the last day has passed"),
}


def agreed(one: Agreed) -> dict[str, Any]:
    """Return an agreement on matched money as the public reads it, with what is missing, plainly."""
    match, terms = one.match, one.terms
    names = {
        "giver": str(match.ready.unit or match.fund.unit),
        "partner": str(match.partner.unit or match.partner.name),
    }
    return {
        "match": match,
        "giver": names["giver"],
        "partner": names["partner"],
        "partner_amount": terms.partner_amount,
        "posted": max(0, min(one.state.posted, terms.partner_amount)),
        "released": one.state.released,
        "missing": [
            Want(names.get(each.whose, ""), _WANTS[each.what, each.whose], each.amount)
            for each in one.missing
        ],
    }
