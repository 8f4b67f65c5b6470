"""One answer a slip: what is refused, two at the same moment, being stopped halfway, and what the database holds."""

from datetime import UTC, datetime
from threading import Barrier

import pytest
from django.db import DatabaseError, IntegrityError, transaction
from django.db.models import F

from linli.assessments.actions import poll_slips, polls
from linli.assessments.models import Box, Poll, PollMatter, Sheaf, Slip
from linli.assessments.queries import tallies
from linli.kernel.actors import HOLDER
from linli.kernel.refusals import Refused
from tests.town import directory
from tests.town import polls as town
from tests.town.assessments import planner
from tests.town.races import at_once

NOW = datetime(2026, 6, 1, 2, tzinfo=UTC)
AFTER = datetime(2026, 7, 1, 2, tzinfo=UTC)
GOOD = {"q1": "good"}


@pytest.fixture
def poll(db):
    return town.opened(at=NOW)


def answered(poll, code, *, at=NOW, chosen=GOOD, **given):
    return poll_slips.answer(at=at, poll=poll, code=code, chosen=chosen, **given)


def spent():
    return Slip.objects.filter(spent=True).count(), PollMatter.objects.earliest("pk").answered


def test_refuses_what_is_no_answer_of_a_fresh_slip(poll):
    code, used = town.slips(poll, 2, at=NOW)
    answered(poll, used)
    other = town.opened(at=NOW, title="另一测评")

    for refusal, deed in {
        "slip_unknown": lambda: answered(poll, "0000 0000 0000 0000"),
        "slip_spent": lambda: answered(poll, used),
        "no_answer": lambda: answered(poll, code, chosen={"q1": "unheard"}),
        "poll_over": lambda: answered(poll, code, at=AFTER),
        "not_allowed": lambda: answered(poll, code, by=town.clerk()),
    }.items():
        with pytest.raises(Refused) as refused:
            deed()
        assert refused.value.code == refusal
    with pytest.raises(Refused, match="slip_unknown"):
        answered(other, code)
    assert spent() == (1, 1)


def test_refuses_slips_that_were_not_given(poll):
    unit = directory.unit("文化广场站")
    given = {"by": planner(), "at": NOW, "matters": poll.matters.all(), "unit": unit}
    (sheaf,) = poll_slips.give_slips(size=3, **given)

    for refusal, deed in {
        "wrong_number": lambda: poll_slips.give_slips(size=0, **given),
        "no_slips_left": lambda: poll_slips.make_slips(by=town.clerk(), at=NOW, sheaf=sheaf, count=4),
        "not_own_unit": lambda: poll_slips.make_slips(by=town.clerk("另一站"), at=NOW, sheaf=sheaf, count=1),
        "poll_over": lambda: poll_slips.make_slips(by=town.clerk(), at=AFTER, sheaf=sheaf, count=1),
        "not_allowed": lambda: poll_slips.make_slips(by=planner(), at=NOW, sheaf=sheaf, count=1),
    }.items():  # fmt: skip
        with pytest.raises(Refused) as refused:
            deed()
        assert refused.value.code == refusal
    polls.drop_poll(by=planner(), at=NOW, poll=poll, reason="题目有误")
    with pytest.raises(Refused, match="not_open"):
        poll_slips.give_slips(size=1, **given | {"matters": PollMatter.objects.all()})
    assert (Sheaf.objects.count(), Slip.objects.count()) == (1, 0)


@pytest.mark.django_db(transaction=True)
def test_counts_one_of_many_who_use_a_slip_at_once():
    poll = town.opened(at=NOW)
    code, *_ = town.slips(poll, 9, at=NOW)

    failed = at_once(8, lambda _number: answered(poll, code))

    assert [one.code for one in failed] == ["slip_spent"] * 7
    assert spent() == (1, 1)


@pytest.mark.django_db(transaction=True)
def test_control_who_looks_before_spending_counts_a_slip_twice():
    poll = town.opened(at=NOW)
    code, *_ = town.slips(poll, 9, at=NOW)
    both_have_looked = Barrier(2)

    def careless(_number):
        slip = tallies.slip_of(poll.pk, code)
        if not slip.spent:
            both_have_looked.wait()
            PollMatter.objects.filter(number=1).update(answered=F("answered") + 1)
            Slip.objects.filter(pk=slip.pk, spent=False).update(spent=True)

    assert at_once(2, careless) == []
    assert spent() == (1, 2)


@pytest.mark.parametrize("stop", ["linli.assessments.actions.poll_slips.seal", "linli.assessments.models.PollMatter.save"])  # fmt: skip
def test_neither_spends_nor_counts_when_it_is_stopped_halfway(poll, monkeypatch, stop):
    code, *_ = town.slips(poll, 1, at=NOW)
    with monkeypatch.context() as patched:
        patched.setattr(stop, stopped)
        with pytest.raises(KeyboardInterrupt):
            answered(poll, code)
    assert spent() == (0, 0)

    answered(poll, code)
    assert spent() == (1, 1)


def test_control_two_transactions_lose_an_answer_that_is_stopped_halfway(poll, monkeypatch):
    code, *_ = town.slips(poll, 1, at=NOW)
    slip = tallies.slip_of(poll.pk, code)
    monkeypatch.setattr("linli.assessments.actions.poll_slips.seal", stopped)
    Slip.objects.filter(pk=slip.pk).update(spent=True)
    with pytest.raises(KeyboardInterrupt):
        added(slip.sheaf.matter)

    assert spent() == (1, 0)


def added(matter):
    poll_slips.count(by=HOLDER, at=NOW, matter=matter, more=[1, 0, 0, 0, 0, 0], answered=1)


def stopped(*_args, **_named):
    raise KeyboardInterrupt


@pytest.mark.parametrize(
    ("deed", "says"),
    [
        (lambda poll: Poll.objects.update(title="另"), "as it opened"),
        (lambda poll: Poll.objects.update(tally_key="anew"), "as it opened"),
        (lambda poll: Slip.objects.update(spent=False), "spent once"),
        (lambda poll: Slip.objects.filter(spent=True).update(spent=True), "spent once"),
        (lambda poll: Slip.objects.create(digest="a", sheaf=Sheaf.objects.get(), spent=True), "unspent"),
        (lambda poll: Slip.objects.all().delete(), "as long as its poll"),
        (lambda poll: PollMatter.objects.update(answered=0), "only rise"),
        (lambda poll: PollMatter.objects.update(answered=99), "no_more_answers_than_slips"),
        (lambda poll: Sheaf.objects.update(made=99), "makes_no_more_than_it_has"),
        (lambda poll: Sheaf.objects.update(size=99), "as it was given"),
        (lambda poll: Sheaf.objects.all()._raw_delete("default"), "no sheaf is removed"),
        (lambda poll: Poll.objects.all().delete(), "removed|Cannot delete"),
        (lambda poll: box(poll, papers=6, first_by="甲", second_by="乙"), "no_more_than_was_given_out"),
        (lambda poll: box(poll, papers=5, first_by="甲", second_by="甲"), "counted_by_two"),
    ],
)  # fmt: skip
def test_holds_in_the_database(poll, deed, says):
    code, *_ = town.slips(poll, 2, at=NOW)
    answered(poll, code)

    with pytest.raises((DatabaseError, IntegrityError), match=says), transaction.atomic():
        deed(poll)


def test_holds_a_told_result_in_the_database(poll):
    polls.release_poll(by=planner(), at=AFTER, poll=poll)

    for change in ({"result": {"n": 10}}, {"tally": None, "answered": 1}):
        with pytest.raises(DatabaseError, match=r"told once|answers"), transaction.atomic():
            PollMatter.objects.update(**change)
    with pytest.raises(DatabaseError, match="ends once"), transaction.atomic():
        Poll.objects.update(released_at=None)
    with pytest.raises(DatabaseError, match="a poll that runs"), transaction.atomic():
        Sheaf.objects.create(matter=poll.matters.get(), unit=directory.unit(), size=1, at=NOW)


def box(poll, **said):
    return Box.objects.create(
        code="abc", matter=poll.matters.get(), unit=directory.unit("文化广场站"), size=5, at=NOW, **said
    )  # fmt: skip
