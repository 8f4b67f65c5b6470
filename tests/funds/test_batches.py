"""Payment batches: two persons, one transaction, the bank's answer line by line, and nothing of who is paid kept."""

from datetime import timedelta
from pathlib import Path

import pytest
from django.conf import settings
from django.db import DatabaseError, transaction

from linli.funds.actions import batch_reading, batches, ledger, orders
from linli.funds.models import (
    Account,
    BankReply,
    Batch,
    Difference,
    Order,
    OrderLine,
    Transaction,
    WaitingFile,
)
from linli.funds.queries.balances import untrue_balances
from linli.funds.queries.batches import stands, visible_batches
from linli.funds.queries.waiting_files import known_pieces
from linli.kernel.keystore import store
from linli.kernel.refusals import Refused
from tests.town import batches as town
from tests.town.funds import officer
from tests.town.races import at_once

pytestmark = pytest.mark.django_db
WRITTEN = (Batch, BankReply, Order, Transaction, WaitingFile)


@pytest.fixture
def purse(noon):
    return town.Purse(noon)


@pytest.fixture
def let_go(django_capture_on_commit_callbacks):
    """Let what follows a commit be done, as it is outside of a test."""
    return lambda deed: _done(deed, django_capture_on_commit_callbacks)


def _done(deed, capture):
    with capture(execute=True):
        return deed()


def refused(code, deed):
    before = [one.objects.count() for one in WRITTEN]
    with pytest.raises(Refused) as caught:
        deed()
    return caught.value.code == code and [one.objects.count() for one in WRITTEN] == before


def balance(account):
    return Account.objects.get(pk=account.pk).balance


def word(batch):
    return stands(visible_batches(officer()).get(pk=batch.pk))


def ask(batch, noon, by=None):
    return batches.ask(by=by or officer(), at=noon, batch=batch)


def never(deed):
    with pytest.raises(DatabaseError), transaction.atomic():
        deed()


def change(row, **values):
    return type(row).objects.filter(pk=row.pk).update(**values)


class TestTwoPersons:
    def test_pay_a_file_in_one_transaction(self, purse, noon):
        batch = town.read(town.brought(purse, at=noon), noon)
        assert (batch.lines, batch.total, batch.wrong) == (3, town.TOTAL, 0)
        assert (word(batch), batch.sizes) == ("checked", [2, 0, 1, 0, 0])

        order = ask(batch, noon)
        assert balance(purse.into) == 0
        entry = orders.approve(by=town.second(), at=noon, order=order)

        assert [(one.amount, one.out_of, one.into) for one in entry.transfers.all()] == [
            (town.TOTAL, purse.out_of, purse.into)
        ]
        assert (balance(purse.into), word(batch), untrue_balances()) == (town.TOTAL, "paid", [])

    def test_are_two(self, purse, noon):
        batch = town.asked(purse, at=noon)

        assert refused(
            "second_person", lambda: orders.approve(by=officer(), at=noon, order=batch.order)
        )
        assert (balance(purse.into), word(batch)) == (0, "asked")

    def test_ask_for_what_they_brought_and_what_was_read(self, purse, noon):
        batch = town.brought(purse, at=noon)
        assert refused("not_read", lambda: ask(batch, noon))
        batch = town.read(batch, noon)
        assert refused("others_file", lambda: ask(batch, noon, by=town.second()))
        assert refused("not_own_unit", lambda: ask(batch, noon, by=officer(unit="别的单位")))
        ask(batch, noon)
        assert refused("already_asked", lambda: ask(batch, noon))

    def test_pay_a_file_once_and_anew_when_it_was_refused(self, purse, noon):
        twice = [town.read(town.brought(purse, at=noon), noon) for _ in range(2)]
        order = ask(twice[0], noon)
        assert refused("known_file", lambda: ask(twice[1], noon))
        assert refused("known_file", lambda: town.brought(purse, at=noon))

        orders.refuse(by=town.second(), at=noon, order=order, reason="金额不对")
        again = ask(twice[1], noon)

        assert Batch.objects.get(pk=twice[0].pk).void
        assert orders.approve(by=town.second(), at=noon, order=again).size == 1

    def test_pay_nothing_that_is_not_there(self, purse, noon):
        lines = [("M-0042-77", "100000.01"), ("M-0042-78", "1")]
        batch = town.asked(purse, at=noon, file=town.payments(lines))

        assert refused(
            "not_enough", lambda: orders.approve(by=town.second(), at=noon, order=batch.order)
        )


class TestFile:
    def test_waits_sealed_and_goes_for_good(self, purse, noon, let_go):
        batch = town.brought(purse, at=noon)
        file = WaitingFile.objects.get()
        path = Path(settings.MEDIA_ROOT) / "sealed" / file.pieces[0][:2] / file.pieces[0]
        assert town.LINES[0][0].encode() not in path.read_bytes()
        assert known_pieces(file.pieces) == set(file.pieces)

        let_go(lambda: town.read(batch, noon))

        assert not path.exists()
        assert (store().key(file.code), WaitingFile.objects.count()) == (None, 0)

    def test_leaves_nothing_of_any_line(self, purse, noon):
        batch = town.read(town.brought(purse, at=noon), noon)

        kept = {f.name: getattr(batch, f.attname) for f in Batch._meta.concrete_fields}
        assert not [
            name for name, value in kept.items() if "6222" in str(value) and name != "digest"
        ]

    def test_with_errors_is_never_asked_for(self, purse, noon):
        lines = [("马小明", "1"), ("M-0042-77", "1"), ("M-0042-77", "-1")]
        batch = town.read(town.brought(purse, at=noon, file=town.payments(lines)), noon)

        assert batch.faults == [[1, "payee_is_no_code"], [3, "amount_wrong"]]
        assert (batch.wrong, word(batch)) == (2, "wrong")
        assert refused("lines_have_errors", lambda: ask(batch, noon))

    @pytest.mark.parametrize(
        ("change", "code"),
        [
            ({"words": " "}, "no_words"),
            ({"file": town.payments(head="序号,姓名,金额")}, "trait_of_a_person"),
            ({"file": town.payments(head="序号,账号,金额,户名")}, "other_columns"),
            ({"file": town.payments([], head="")}, "not_a_table"),
            ({"by": officer(unit="别的单位")}, "not_own_unit"),
        ],
    )
    def test_is_refused_at_the_door(self, purse, noon, change, code):
        assert refused(code, lambda: town.brought(purse, at=noon, **change))

    def test_is_paid_between_accounts_of_its_fund(self, purse, noon):
        other = town.Purse(noon, name="另一项资金")
        purse.into, right = other.into, purse.into
        assert refused("other_fund", lambda: town.brought(purse, at=noon))
        purse.into, purse.out_of = purse.out_of, right
        assert refused("wrong_accounts", lambda: town.brought(purse, at=noon))
        Account.objects.filter(pk=other.into.pk).update(closed_on=noon.date())
        other.into.refresh_from_db()
        assert refused("account_closed", lambda: town.brought(other, at=noon))

    def test_larger_than_it_may_be_is_refused(self, purse, noon, monkeypatch):
        monkeypatch.setattr("linli.funds.queries.waiting_files.LARGEST", 10)
        assert refused("file_too_large", lambda: town.brought(purse, at=noon))

    def test_with_more_lines_than_may_be_is_not_paid(self, purse, noon, monkeypatch):
        monkeypatch.setattr("linli.funds.actions.batch_reading.MOST", 2)
        monkeypatch.setattr("linli.funds.rules.payments.MOST", 2)
        batch = town.read(town.brought(purse, at=noon), noon)

        assert batch.faults == [[0, "too_many_lines"]]


class TestReading:
    def test_is_begun_again_when_it_was_cut_off(self, purse, noon, monkeypatch):
        batch = town.brought(purse, at=noon)
        with monkeypatch.context() as cut:
            cut.setattr("linli.funds.actions.batch_reading._end", lambda *_: 1 / 0)
            with pytest.raises(ZeroDivisionError):
                batch_reading.read_next(at=noon)
        assert word(batch) == "reading"

        assert town.read(batch, noon).total == town.TOTAL
        assert batch_reading.read_next(at=noon) == 0

    def test_gives_up_after_three_times(self, purse, noon):
        batch = town.brought(purse, at=noon)
        change(batch, tries=3)

        assert town.read(batch, noon).faults == [[0, "unreadable"]]

    def test_leaves_a_file_to_the_machine_that_reads_it_for_an_hour(self, purse, noon):
        batch = town.brought(purse, at=noon)
        change(batch, machine="another", begun_at=noon, tries=1)

        assert batch_reading.read_next(at=noon + timedelta(minutes=59)) == 0
        assert batch_reading.read_next(at=noon + timedelta(minutes=61)) == 1

    def test_lets_go_of_what_nobody_read(self, purse, noon, let_go):
        batch = town.brought(purse, at=noon)
        assert batch_reading.forget_waiting(at=noon + timedelta(days=1)) == 0
        later = noon + timedelta(days=3)

        assert let_go(lambda: batch_reading.forget_waiting(at=later)) == 1
        batch.refresh_from_db()
        assert (batch.faults, WaitingFile.objects.count()) == ([[0, "gone"]], 0)

    def test_reads_nothing_whose_key_is_gone(self, purse, noon):
        batch = town.brought(purse, at=noon)
        store().destroy([WaitingFile.objects.get().code])

        assert town.read(batch, noon).faults == [[0, "gone"]]


ALL_PAID = ((1, "1200.00", "成功", ""), (2, "86.50", "成功", ""), (3, "3.05", "成功", ""))
ONE_REFUSED = (*ALL_PAID[:2], (3, "3.05", "退回", "AC04"))


class TestAnswer:
    def test_reconciles_what_was_paid_as_asked(self, purse, noon):
        batch = town.paid(purse, at=noon)
        reply = town.answered(batch, town.answers(*ALL_PAID), at=noon)

        assert (reply.paid_lines, reply.paid_total, town.found(reply)) == (3, town.TOTAL, [])
        assert word(batch) == "settled"

    def test_lists_what_differs_by_line(self, purse, noon):
        batch = town.paid(purse, at=noon)
        rows = [(3, "3.05", "退回", "MD07"), (1, "1200.01", "成功", ""), (7, "1", "成功", "")]
        reply = town.answered(batch, town.answers(*rows), at=noon)

        assert town.found(reply) == [
            (1, "amount", 120_000, 120_001, ""),
            (2, "silent", 8_650, None, ""),
            (3, "refused", 305, 305, "cannot_receive"),
            (7, "unknown", None, 100, ""),
        ]
        assert (word(batch), reply.reasons) == ("differs", {"cannot_receive": 1})
        deed = {"by": officer(), "at": noon, "reply": reply}
        assert refused("strange_answers", lambda: batches.ask_back(**deed))

    def test_posts_back_what_was_refused_by_two_persons_and_once(self, purse, noon):
        batch = town.paid(purse, at=noon)
        reply = town.answered(batch, town.answers(*ONE_REFUSED), at=noon)
        assert word(batch) == "back"

        order = batches.ask_back(by=officer(), at=noon, reply=reply)
        deed = {"at": noon, "order": order}
        assert refused("second_person", lambda: orders.approve(by=officer(), **deed))
        orders.approve(by=town.second(), **deed)

        assert balance(purse.into) == town.TOTAL - 305
        assert balance(purse.out_of) == town.READY - town.TOTAL + 305
        assert (word(batch), untrue_balances()) == ("settled", [])
        again = {"by": officer(), "at": noon, "reply": reply}
        assert refused("already_asked", lambda: batches.ask_back(**again))

        later = [*ONE_REFUSED[:1], (2, "86.50", "退回", "AC01"), ONE_REFUSED[2]]
        newer = town.answered(batch, town.answers(*later), at=noon)
        assert (newer.refused_total, newer.back) == (8_955, 8_650)
        assert refused("not_newest", lambda: batches.ask_back(**again))
        late = town.answered(batch, town.answers(*ALL_PAID), at=noon)
        assert town.found(late) == [(3, "paid_after", 305, 305, "")]
        deed = {"by": officer(), "at": noon, "reply": late}
        assert refused("nothing_back", lambda: batches.ask_back(**deed))

    def test_is_compared_with_the_very_file_that_was_paid(self, purse, noon):
        batch = town.paid(purse, at=noon)
        other = town.payments([("M-0042-77", "1"), ("M-0042-78", "2")])

        assert refused(
            "another_file",
            lambda: town.answered(batch, town.answers(*ALL_PAID), at=noon, paid_by=other),
        )

    def test_is_of_what_was_paid_and_comes_once(self, purse, noon):
        batch = town.asked(purse, at=noon)
        bring = lambda: town.answered(batch, town.answers(*ALL_PAID), at=noon)  # noqa: E731
        assert refused("not_paid", bring)
        orders.approve(by=town.second(), at=noon, order=batch.order)
        bring()
        assert refused("known_file", bring)
        draft = batches.ReplyDraft(file=town.answers(*ONE_REFUSED), paid_by=town.payments())
        deed = {"by": officer(), "at": noon, "batch": batch}
        reply = batches.answer(**deed, draft=draft)
        assert refused("still_reading", lambda: batches.answer(**deed, draft=draft))
        assert refused("not_read", lambda: batches.ask_back(by=officer(), at=noon, reply=reply))

    def test_that_cannot_be_read_counts_for_nothing(self, purse, noon):
        batch = town.paid(purse, at=noon)
        reply = town.answered(
            batch, town.answers((1, "9", "成功", ""), (2, "86.50", "?", "")), at=noon
        )

        assert (reply.faults, town.found(reply)) == ([[2, "result_unknown"]], [])
        assert (reply.paid_lines, word(batch)) == (0, "unread")
        town.answered(batch, town.answers(*ALL_PAID), at=noon)
        assert word(batch) == "settled"

    def test_that_was_cut_off_in_the_middle_counts_each_line_once(self, purse, noon, monkeypatch):
        batch = town.paid(purse, at=noon)
        monkeypatch.setattr("linli.funds.actions.batch_reading._SLICE", 1)
        with monkeypatch.context() as cut:
            cut.setattr("linli.funds.actions.batch_reading._end", lambda *_: 1 / 0)
            with pytest.raises(ZeroDivisionError):
                town.answered(batch, town.answers(*ONE_REFUSED), at=noon)
        reply = BankReply.objects.get()
        assert len(town.found(reply)) == 1  # it was cut off after this was written

        assert len(town.found(town.read(reply, noon))) == 1
        assert word(batch) == "back"

    def test_lines_are_forgotten_after_half_a_year(self, purse, noon):
        batch = town.paid(purse, at=noon)
        reply = town.answered(batch, town.answers(*ONE_REFUSED), at=noon)

        assert batch_reading.forget_differences(at=noon + timedelta(days=180)) == 0
        assert batch_reading.forget_differences(at=noon + timedelta(days=181)) == 1
        assert (town.found(reply), BankReply.objects.get().refused_lines) == ([], 1)
        again = town.answers(*ALL_PAID)
        assert refused("too_late", lambda: town.answered(batch, again, at=noon))


class TestDatabase:
    """What no program can write, whatever it is."""

    def test_pays_nothing_of_a_batch_that_is_not_approved(self, purse, noon):
        batch = town.asked(purse, at=noon)
        said = {
            "fund": purse.fund, "verb": "disburse", "day": noon.date(), "size": 1, "order": batch.order,
            "by_name": "甲", "by_role": "officer", "by_unit": "乙", "at": noon,
        }  # fmt: skip
        never(lambda: Transaction.objects.create(code="TEST-0001", **said))
        never(
            lambda: BankReply.objects.create(
                batch=batch, number=1, digest="0" * 64, **signature(noon)
            )
        )
        orders.approve(by=town.second(), at=noon, order=batch.order)
        BankReply.objects.create(
            batch=batch, number=1, digest="0" * 64, **signature(noon)
        )  # control

    def test_moves_by_a_file_what_the_file_says(self, purse, noon):
        batch = town.asked(purse, at=noon)
        line = {"out_of": purse.out_of, "into": purse.into, "amount": 1}
        never(lambda: OrderLine.objects.create(order=batch.order, number=2, **line))
        never(lambda: change(batch, total=batch.total + 1))
        never(lambda: change(batch, digest="0" * 64))
        never(lambda: change(batch, void=True))
        never(batch.delete)

        other = town.read(town.brought(purse, at=noon, file=town.payments(town.LINES[:2])), noon)
        posting = ledger.Posting(
            verb="disburse", day=noon.date(),
            lines=[ledger.Line(purse.out_of, purse.into, other.total + 1)],
        )  # fmt: skip
        order = orders.ask(by=officer(), at=noon, fund=purse.fund, posting=posting)
        never(lambda: change(other, order=order))
        right = ledger.Posting(
            verb="disburse", day=noon.date(),
            lines=[ledger.Line(purse.out_of, purse.into, other.total)],
        )  # fmt: skip
        asked_by_another = orders.ask(by=town.second(), at=noon, fund=purse.fund, posting=right)
        never(lambda: change(other, order=asked_by_another))
        order = orders.ask(by=officer(), at=noon, fund=purse.fund, posting=right)
        assert change(other, order=order) == 1  # control

    def test_asks_for_nothing_with_errors_and_for_no_file_twice(self, purse, noon):
        batch = town.asked(purse, at=noon)
        wrong = town.read(town.brought(purse, at=noon, file=town.payments([("甲", "1")] * 2)), noon)
        never(lambda: change(wrong, wrong=0))
        never(lambda: change(wrong, order=batch.order))

    def test_leaves_no_line_out_of_an_answer(self, purse, noon):
        batch = town.paid(purse, at=noon)
        reply = BankReply.objects.create(batch=batch, number=1, digest="0" * 64, **signature(noon))
        never(lambda: change(reply, read_at=noon, paid_lines=2, paid_total=town.TOTAL))
        never(lambda: change(reply, read_at=noon, paid_lines=3, paid_total=town.TOTAL - 1))
        assert change(reply, read_at=noon, paid_lines=3, paid_total=town.TOTAL) == 1  # control
        never(lambda: Difference.objects.create(reply=reply, line=1, kind="refused"))

    def test_gives_back_no_more_than_was_refused(self, purse, noon):
        batch = town.paid(purse, at=noon)
        reply = town.answered(batch, town.answers(*ONE_REFUSED), at=noon)
        posting = ledger.Posting(
            verb="return", day=noon.date(), lines=[ledger.Line(purse.into, purse.out_of, 306)]
        )
        order = orders.ask(by=officer(), at=noon, fund=purse.fund, posting=posting)
        never(lambda: change(reply, order=order))
        never(lambda: change(reply, back=306))
        never(lambda: change(reply, strange=1))

    def test_reverses_nothing_that_the_bank_has_answered(self, purse, noon):
        batch = town.paid(purse, at=noon)
        entry = batch.order.transaction
        town.answered(batch, town.answers(*ALL_PAID), at=noon)
        deed = {"by": officer(), "at": noon, "entry": entry, "day": noon.date(), "words": "全退"}

        assert refused("bank_answered", lambda: ledger.reverse(**deed))
        said = {
            "fund": purse.fund, "verb": "reverse", "day": noon.date(), "size": 1, "reverses": entry,
            "code": "TEST-0001",
        }  # fmt: skip
        never(lambda: Transaction.objects.create(**said, **signature(noon)))


@pytest.mark.django_db(transaction=True)
def test_asks_for_a_file_once_when_two_ask_at_once(noon):
    purse = town.Purse(noon)
    twice = [town.read(town.brought(purse, at=noon), noon) for _ in range(2)]

    failures = at_once(2, lambda number: ask(twice[number], noon))

    assert [one.code for one in failures] == ["known_file"]
    assert Batch.objects.filter(order__isnull=False).count() == Order.objects.count() == 1


def signature(noon):
    return {"by_name": "甲", "by_role": "officer", "by_unit": "乙", "at": noon}
