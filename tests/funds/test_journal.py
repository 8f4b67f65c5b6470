"""The journal: hledger, which is not ours, accepts it and counts the same."""

import json
import shutil
import subprocess
from decimal import Decimal
from itertools import count, islice

import pytest

from linli.funds.exchange.hledger import write_journals
from linli.funds.models import Account, Transaction, Transfer
from linli.funds.queries import outward
from linli.funds.schemas.journal import lines
from linli.kernel.exporting import Nothing
from tests.town import funds as town
from tests.town import money

pytestmark = pytest.mark.django_db


@pytest.fixture
def fund(noon):
    return money.published_fund(noon, name="牛羊肉: 价格;  补贴 (一)")


@pytest.fixture
def hledger():
    if shutil.which("hledger") is None:
        pytest.skip("hledger is not installed")

    def run(path, *words):
        return subprocess.run(
            ["hledger", "-f", path, *words], capture_output=True, text=True, check=False
        )

    return run


def test_passes_the_strict_checks_of_hledger(tmp_path, noon, fund, hledger):
    every, *_funds = write_journals(tmp_path, noon)
    assert hledger(every, "check", "-s", "ordereddates").stderr == ""


def test_counts_the_same_trial_balance(tmp_path, noon, fund, hledger):
    every, *_funds = write_journals(tmp_path, noon)
    rows, _total = json.loads(hledger(every, "bal", "-N", "-E", "-O", "json", "--no-elide").stdout)
    told = {
        name.rpartition(":")[2].partition(" ")[0]: Decimal(str(one["aquantity"]["decimalMantissa"]))
        / 10 ** one["aquantity"]["decimalPlaces"] * 100
        for name, _short, _depth, amounts in rows
        for one in amounts
        if name.count(":") == 2
    }  # fmt: skip
    assert told == dict(Account.objects.exclude(balance=0).values_list("code", "balance"))


def test_hledger_would_see_a_changed_amount_and_a_changed_balance(tmp_path, noon, fund, hledger):
    _every, path = write_journals(tmp_path, noon)
    sound = path.read_text()
    path.write_text(sound.replace("  7.77 CNY\n", "  7.78 CNY\n", 1))
    assert hledger(path, "check").returncode == 1
    both = sound.replace("  7.77 CNY\n", "  7.78 CNY\n", 1).replace("  -7.77 CNY", "  -7.78 CNY", 1)
    path.write_text(both)
    assert "balance assertion" in hledger(path, "check").stderr


def test_holds_every_posting_with_its_codes(tmp_path, noon, fund):
    _every, path = write_journals(tmp_path, noon)
    text = path.read_text()
    assert text.count("; transfer:") == Transfer.objects.count()
    for one in Transaction.objects.select_related("reverses"):
        assert text.count(f" * ({one.code}) ") == 1
        assert f"verb:{one.verb}" in text
        assert one.reverses is None or f"reverses:{one.reverses.code}" in text
    for one in Account.objects.all():
        assert f"; code:{one.code}, type:" in text


def test_says_what_stands_when_a_period_ends(tmp_path, noon, fund):
    _every, path = write_journals(tmp_path, noon)
    ends = [
        entry.splitlines() for entry in path.read_text().split("\n\n") if "0.00 CNY = " in entry
    ]
    # Of the books closed at the year's end, of December, and of today.
    assert [entry[0][:10] for entry in ends] == ["2025-12-31", "2025-12-31", "2026-11-21"]
    assert len(ends[-1]) - 1 == Account.objects.count()
    appropriated = Account.objects.get(kind="appropriated").code
    assert any(appropriated in line and "= 1125240.00 CNY" in line for line in ends[0])


def test_writes_a_journal_for_each_fund_also_for_those_not_published(tmp_path, noon, fund):
    other = town.fund(at=noon, name="未公布")
    every, *paths = write_journals(tmp_path, noon)
    assert sorted(path.name for path in paths) == sorted(
        f"{one.code}.journal" for one in (fund, other)
    )
    assert every.read_text().count("include ") == 2


def test_has_nothing_before_the_first_fund(tmp_path, noon):
    with pytest.raises(Nothing):
        write_journals(tmp_path, noon)


def test_writes_while_it_reads(noon, fund):
    """However long the ledger is: of one without an end the first lines are there at once."""
    accounts = outward.accounts_of(fund)
    first = next(outward.moved_in(fund))
    endless = (first._replace(number=n, code=f"{n}") for n in count(1))
    head = list(islice(lines(fund, accounts, endless, []), 1000))
    assert len(head) == 1000
