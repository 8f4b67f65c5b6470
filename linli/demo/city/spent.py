"""Money of the five places' everyday: appropriated, given to lines, paid out bit by bit; one fund a place."""

from collections.abc import Iterator
from datetime import date, timedelta
from functools import lru_cache
from typing import Final, NamedTuple

from linli.demo.city.rhythm import SPAN, Chance
from linli.demo.funds_books import YUAN, Books
from linli.demo.tables import rows
from linli.demo.units import Town, unit_name
from linli.funds.models import Account, Fund

_ALONE: Final = 20_000 * YUAN
_SOURCES: Final = (("budget", "本级财政"), ("appropriated", "年度运行预算"))
_LINES: Final = 3  # of a place that are given money in a step
_PAID: Final = (5, 8, 6, 3, 1)  # how often so many payments come of what a line was given
_SLACK: Final = 1.15  # what a line is given, of what it pays out


class Told(NamedTuple):
    """One line of spending."""

    name: str
    weight: int
    yuan: int
    words: tuple[str, ...]


def spend_all(number: int, town: Town, chance: Chance) -> None:
    """Let a step's money come in, be given to lines, and be paid."""
    first = chance.today - timedelta(days=SPAN)
    books = _books(town, first)
    known = _known()
    given = [known[chance.of_weights([one.weight for one in known])] for _ in range(_LINES)]
    day = chance.day(at_work=True, until=30)
    payments = {told.name: list(_payments(told, chance)) for told in given}
    whole = {name: _round(sum(sums) * _SLACK) for name, sums in payments.items()}
    budget, ready = (_account(books, kind, name, first) for kind, name in _SOURCES)
    books.move("appropriate", day, f"第{number}批运行经费", (budget, ready, sum(whole.values())))
    for told in dict.fromkeys(given):
        line = _account(books, "allocated", told.name, first)
        paid = _account(books, "paid", told.name, first)
        after = _later(day, chance, 6)
        books.move("allocate", after, f"安排{told.name}", (ready, line, whole[told.name]))
        for amount in payments[told.name]:
            after = _later(after, chance, 12)
            books.move("disburse", after, chance.random.choice(told.words), (line, paid, amount))


@lru_cache(maxsize=1)
def _known() -> list[Told]:
    return [
        Told(name, int(weight), int(yuan), tuple(words.split("|")))
        for name, weight, yuan, words in rows("city_lines.tsv")
    ]


def _books(town: Town, day: date) -> Books:
    """Return the books of a place's running money, opened and shown before anything is moved."""
    name, unit = f"{town.name}邻里服务运行经费（示例）", unit_name(town, "财政局")
    books = Books.opened(
        name,
        unit,
        day,
        purpose="社区服务站、课堂、夜校和邻里活动的日常开支。（示例）",
        alone=_ALONE,
    )
    if books is not None:
        for kind, named in _SOURCES:
            books.account(kind, named, day)
        books.publish(day)
        return books
    return Books(Fund.objects.select_related("unit__area", "area").get(name=name))


def _account(books: Books, kind: str, name: str, day: date) -> Account:
    found = Account.objects.filter(fund=books.fund, kind=kind, name=name).first()
    return found or books.account(kind, name, day)


def _payments(told: Told, chance: Chance) -> Iterator[int]:
    for _number in range(1 + chance.of_weights(_PAID)):
        yield _round(min(chance.long(told.yuan), told.yuan * 12) * YUAN)


def _round(fen: float) -> int:
    """Return whole tens of yuan, as bills mostly come out."""
    return max(1, round(fen / YUAN / 10)) * 10 * YUAN


def _later(day: date, chance: Chance, usual: int) -> date:
    """Return a day some days later, and yesterday at the latest."""
    later = day + timedelta(days=1 + round(min(chance.long(usual), 60)))
    return min(later, chance.today - timedelta(days=1))
