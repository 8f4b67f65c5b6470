"""Each day's books are signed when the day is over; afterwards nothing is posted as of that day."""

import shutil
import subprocess
import sys
from datetime import timedelta

import pytest
from django.core.management import call_command
from django.db import DatabaseError, connection, transaction

from linli.funds.actions import kits
from linli.funds.exchange.ledger import write_ledgers
from linli.funds.models import Head, Root, Transaction
from linli.funds.queries.balances import trial_balance
from linli.funds.rules import chain
from linli.funds.schemas import verify_ledger
from linli.kernel import city_key
from linli.kernel.actors import system
from linli.kernel.exporting import Nothing
from linli.kernel.notes import read_note, signed_by
from tests.town import funds as town
from tests.town import ledgers
from tests.town.ledgers import DAY, file_of, sign, signed_file_of, signed_fund
from tests.town.races import at_once

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _home(settings, tmp_path):
    settings.KEYS, settings.HOME = tmp_path / "keys", tmp_path


def key():
    return str(city_key.signer().key)


def wrong(lines, **known):
    """Return the checks that fail."""
    return set(verify_ledger.verify(lines, **known).faults)


def post(fund, at, amount=1):
    accounts = {one.kind: one for one in fund.accounts.all()}
    line = (accounts["budget"], accounts["appropriated"], amount)
    return town.posted(fund, "appropriate", line, at=at)


def test_signs_each_day_that_is_over_and_had_something(noon):
    fund = signed_fund(noon)
    post(fund, noon)

    assert [(one.number, one.day, one.entries) for one in Root.objects.order_by("number")] == [
        (1, (noon - 3 * DAY).date(), 2), (2, (noon - 2 * DAY).date(), 2), (3, (noon - DAY).date(), 1),
    ]  # fmt: skip
    assert sign(noon) == 0
    assert sign(noon + 2 * DAY) == 1
    for one in Root.objects.all():
        assert signed_by(read_note(one.note), [city_key.signer().key])


def test_chains_the_days_of_all_funds(noon):
    signed_fund(noon)
    other = signed_fund(noon + 3 * DAY, name="另一项资金")

    first, *_between, last = Root.objects.order_by("number")
    assert first.before == chain.NOTHING
    assert (last.number, last.before) == (6, Root.objects.get(number=5).digest)
    assert Head.objects.filter(fund=other).count() == 3
    for fund in (other, other.__class__.objects.exclude(pk=other.pk).get()):
        assert wrong(signed_file_of(fund), key=key()) == set()


def test_holds_for_what_was_posted_and_tells_what_is_not_signed(noon):
    fund = signed_fund(noon)
    post(fund, noon, 9)

    whole = verify_ledger.verify(file_of(fund), key=key(), kept=[Root.objects.first().note])

    assert (whole.faults, whole.count, whole.transfers, whole.waiting) == ({}, 6, 7, 1)
    by_kind = {account.partition(" ")[0]: fen for account, fen in whole.balances.items()}
    assert by_kind == trial_balance(fund)
    signed = verify_ledger.verify(signed_file_of(fund), key=key())
    assert (signed.faults, signed.count, signed.waiting) == ({}, 5, 0)
    assert sum(signed.balances.values()) == 0


def test_posts_nothing_as_of_a_signed_day(noon):
    fund = signed_fund(noon)

    with pytest.raises(DatabaseError, match="this day is signed"), transaction.atomic():
        post(fund, noon - DAY)
    assert Transaction.objects.count() == 5


def test_control_without_the_trigger_the_file_tells(noon):
    fund = signed_fund(noon)
    with connection.cursor() as cursor:
        name = "funds_transaction_into_a_signed_day"
        on_postgres = connection.vendor == "postgresql"
        cursor.execute(f"DROP FUNCTION {name}() CASCADE" if on_postgres else f"DROP TRIGGER {name}")

    post(fund, noon - DAY)

    assert wrong(file_of(fund), key=key()) == {"days"}


@pytest.mark.parametrize("deed", ["change", "remove", "skip", "other"])
def test_keeps_its_roots(noon, deed):
    signed_fund(noon)
    last = Root.objects.first()
    given = {"day": noon.date(), "until": noon, "entries": 1, "note": "x", "digest": "1" * 64}
    deeds = {
        "change": lambda: Root.objects.filter(pk=last.pk).update(note="别的"),
        "remove": lambda: Head.objects.all().delete(),
        "skip": lambda: Root.objects.create(number=5, before=last.digest, **given),
        "other": lambda: Root.objects.create(number=4, before="0" * 64, **given),
    }
    with pytest.raises(DatabaseError), transaction.atomic():
        deeds[deed]()
    Root.objects.create(number=4, before=last.digest, **given)


@pytest.mark.django_db(transaction=True)
def test_signs_all_of_a_day_while_somebody_posts(noon):
    fund = signed_fund(noon)
    late = noon + timedelta(hours=1)

    def deed(number):
        if number == 2:
            sign(noon + DAY)
        else:
            post(fund, late)

    failures = at_once(5, deed)

    assert all("this day is signed" in str(one) for one in failures)
    assert Transaction.objects.filter(at=late).count() == 4 - len(failures)
    assert wrong(file_of(fund), key=key()) == set()


def test_makes_a_kit_that_needs_nothing_of_ours(noon, tmp_path):
    fund = signed_fund(noon)
    fund.published_at = noon
    fund.save()
    post(fund, noon)

    assert kits.make_kits(by=system("ledger"), at=noon) == 1
    assert kits.make_kits(by=system("ledger"), at=noon) == 0
    (kit,) = (tmp_path / "ledgers").glob("*.zip")
    shutil.unpack_archive(kit, tmp_path / "kit")
    assert {one.name for one in (tmp_path / "kit").iterdir()} == {
        "ledger.jsonl", "verify_ledger.py", "README.txt",
    }  # fmt: skip
    done = subprocess.run(
        [sys.executable, "-I", "verify_ledger.py", "ledger.jsonl", "--key", key()],
        cwd=tmp_path / "kit", capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert (done.returncode, done.stderr) == (0, "")
    assert "5 transactions, 6 transfers" in done.stdout
    assert verify_ledger.main([str(kit), "--key", key()]) == 0


def test_makes_no_kit_before_the_first_root_and_one_anew_after_the_next(noon, tmp_path):
    fund = town.fund(at=noon)
    assert kits.make_kit(by=system("ledger"), at=noon, fund=fund) is None

    other = signed_fund(noon, name="另一项资金")
    first = kits.make_kit(by=system("ledger"), at=noon, fund=other)
    post(other, noon)
    sign(noon + DAY)
    second = kits.make_kit(by=system("ledger"), at=noon, fund=other)
    assert [*(tmp_path / "ledgers").glob("*.zip")] == [second] != [first]


def test_exports_every_fund_with_its_roots(noon, tmp_path, capsys):
    with pytest.raises(Nothing):
        write_ledgers(tmp_path, noon)
    fund = signed_fund(noon)

    call_command("export", "ledger", str(tmp_path / "out"))

    folder = tmp_path / "out"
    words = [str(folder / f"{fund.code}.jsonl"), "--key", (folder / "city.vkey").read_text()]
    assert verify_ledger.main([*words, "--seen", str(folder / "roots.jsonl")]) == 0
    note = tmp_path / "root-2.txt"
    note.write_text(Root.objects.get(number=2).note)
    assert verify_ledger.main([*words, "--seen", str(note)]) == 0
    assert "holds  the key signed every root" in capsys.readouterr().out


def test_is_done_by_the_clock(noon):
    from linli.funds.tasks import sign_books

    fund = signed_fund(noon)
    post(fund, noon)

    assert (sign_books(noon + DAY), sign_books(noon + DAY)) == (1, 0)
    assert ledgers.newest_root().number == 4
