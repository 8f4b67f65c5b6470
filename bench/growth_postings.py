"""Postings as they grow: fifty accounts of one fund, transactions of ten transfers, two postings a transfer.

The triggers rest while it is filled; afterwards every balance is added up again, and must be what stands.
"""

from collections.abc import Callable
from datetime import UTC, date, datetime
from functools import cache

from bench.growth_part import Part, Question, count_on, execute, in_hex, later, on_postgres, series
from bench.ledger_town import BY, PAIRS, SIZE, _fund
from linli.funds.actions import ledger
from linli.funds.models import Account, Fund, Transaction, Transfer
from linli.funds.queries.balances import stands, stands_then, trial_balance, untrue_balances
from linli.funds.queries.statements import Key, statement

A_DAY = 2_000  # transactions
FIRST = "2025-01-01"
_OF_ONE = 2 * SIZE
_BALANCES = """
    UPDATE funds_account SET balance =
        (SELECT COALESCE(SUM(amount), 0) FROM funds_transfer WHERE into_id = funds_account.id)
        - (SELECT COALESCE(SUM(amount), 0) FROM funds_transfer WHERE out_of_id = funds_account.id)
"""


def ready() -> None:
    """Open the fund and its accounts."""
    if not Fund.objects.exists():
        _fund("appropriate")


def there() -> int:
    """Return how many postings there are."""
    last = Transaction.objects.order_by("-pk").values_list("pk", flat=True).first()
    return (last or 0) * _OF_ONE


def fill(above: int, until: int) -> None:
    """Write transactions and transfers, then what stands on the accounts; all of it is looked through."""
    fund, (givers, takers) = _of_all()
    on = later(FIRST, f"n / {A_DAY}", "day")
    triggers = _rest()
    entries = series(above // _OF_ONE, until // _OF_ONE)
    columns = "id, by_name, by_role, by_unit, at, code, fund_id, verb, day, words, size"
    execute(
        f"INSERT INTO funds_transaction ({columns}) SELECT n, '甲', 'officer', '', {on}, {in_hex('n', 9)},"
        f" {fund.pk}, 'appropriate', {on}, '', {SIZE} FROM {entries}"
    )
    execute(
        "INSERT INTO funds_transfer (id, transaction_id, number, day, out_of_id, into_id, amount)"
        f" SELECT entry.n * {SIZE} + one.k, entry.n, one.k, entry.day,"
        f" {givers[0].pk} + (entry.n * 7 + one.k) % {PAIRS}, {takers[0].pk} + (entry.n * 3 + one.k) % {PAIRS},"
        f" 100 + (entry.n * 13 + one.k) % 99991 FROM (SELECT n, {on} AS day FROM {entries}) entry"
        f" CROSS JOIN (SELECT n AS k FROM {series(0, SIZE)}) one"
    )
    execute(_BALANCES)
    for words in triggers:
        execute(words)
    count_on("funds_transaction", "funds_transfer")
    if wrong := untrue_balances():
        raise RuntimeError(wrong)


def _rest() -> list[str]:
    """Let the triggers of the ledger rest; return what sets them to work again."""
    if on_postgres():
        execute("SET LOCAL session_replication_role = replica")
        return ["SET LOCAL session_replication_role = origin"]
    found = execute(
        "SELECT name, sql FROM sqlite_master WHERE type = 'trigger' AND tbl_name LIKE 'funds_trans%'"
    )
    for name, _words in found:
        execute(f"DROP TRIGGER {name}")
    return [words for _name, words in found]


def questions(size: int) -> dict[str, Question]:
    """Return what an officer looks at, and what adds up everything."""
    fund, (_givers, takers) = _of_all()
    last = date.fromordinal(date.fromisoformat(FIRST).toordinal() + size // _OF_ONE // A_DAY)
    known = datetime.now(UTC)

    def middle(turn: int) -> Key:
        return Key(Transfer.objects.get(pk=(number := size // 4 + turn * 11)).day, number)

    return {
        "the trial balance": lambda _turn: trial_balance(fund),
        "what stands on each account": lambda _turn: stands(fund),
        "… stood on the last day but one": lambda _turn: stands_then(
            fund, day=date.fromordinal(last.toordinal() - 1), known_at=known
        ),
        "an account's newest page": lambda turn: statement(takers[turn % PAIRS]),
        "… a page of the middle": lambda turn: statement(takers[turn % PAIRS], below=middle(turn)),
    }


def bring(count: int) -> tuple[int, Callable[[], object]]:
    """Post so many, a thousand transactions at once, with every trigger at work."""
    fund, (givers, takers) = _of_all()
    at = datetime.now(UTC)

    def posting(number: int) -> ledger.Posting:
        line = ledger.Line(givers[number % PAIRS], takers[number * 3 % PAIRS], 100 + number)
        return ledger.Posting(verb="appropriate", day=at.date(), lines=[line], words="拨付")

    def post() -> None:
        for first in range(0, count // 2, 1000):
            numbers = range(first, min(first + 1000, count // 2))
            ledger.post_many(by=BY, at=at, fund=fund, postings=[posting(n) for n in numbers])

    return count, post


@cache
def _of_all() -> tuple[Fund, tuple[list[Account], list[Account]]]:
    fund = Fund.objects.get()
    sides = [
        list(fund.accounts.filter(kind=kind).order_by("pk")) for kind in ("budget", "appropriated")
    ]
    return fund, (sides[0], sides[1])


PART = Part(
    "postings", ("funds_transfer", "funds_transaction"), ready, there, fill, questions, "posted", bring
)  # fmt: skip
