"""Two sides of a project: each speaks for itself, what differs is seen, and when both say the same it is confirmed."""

from datetime import timedelta
from decimal import Decimal

import pytest
from django.db import DatabaseError, IntegrityError, transaction
from hypothesis import given
from hypothesis import strategies as st

from linli.facts import actions as facts
from linli.facts.models import Evidence, Fact
from linli.facts.queries import newest
from linli.funds.actions import attesting, projects
from linli.funds.models import Attestation, Project
from linli.funds.queries.attestations import compared
from linli.funds.rules import attesting as rule
from linli.funds.rules.attesting import Word
from linli.kernel.actors import Role
from linli.kernel.refusals import Refused
from tests.town import attested as town
from tests.town import directory
from tests.town.races import at_once
from tests.town.staff import actor

MINUTE = timedelta(minutes=1)
WORDS = st.none() | st.builds(Word, st.integers(0, 3).map(Decimal))


@given(WORDS, WORDS)
def test_names_one_state_and_a_difference_only_where_two_differ(giver, receiver):
    state = rule.compare(giver, receiver)

    assert (state == rule.DIFFER) == (rule.difference(giver, receiver) is not None)
    assert (state == rule.AGREE) == (giver is not None and giver == receiver)
    assert (state in {rule.GIVER_ALONE, rule.RECEIVER_ALONE, rule.NOBODY}) == (
        None in (giver, receiver)
    )


@pytest.fixture
def project(db, noon):
    return town.project(at=noon)


def states(project):
    return [one.state for one in compared([project])]


def refused(code, deed):
    count = Attestation.objects.count(), Fact.objects.count(), Evidence.objects.count()
    with pytest.raises(Refused) as caught, transaction.atomic():
        deed()
    after = Attestation.objects.count(), Fact.objects.count(), Evidence.objects.count()
    return caught.value.code == code and after == count


def test_shows_what_differs_until_it_is_settled(project, noon):
    said = town.stated(project, "giver", town.money(), town.said(30_300), at=noon)
    assert states(project) == [rule.GIVER_ALONE]

    town.stated(project, "receiver", town.money(), town.said(30_000), at=noon)
    (one,) = compared([project])
    assert (one.state, one.difference) == (rule.DIFFER, -300)

    attesting.correct(
        by=town.giver(),
        at=noon + MINUTE,
        attestation=said,
        said=town.said(30_000),
        reason="多计一笔",
    )
    (one,) = compared([project])
    assert one.state == rule.AGREE
    assert [step.amount for step in one.giver.steps] == [30_300, 30_000]
    assert one.giver.attestation.reason == "多计一笔"


def test_confirms_a_fact_when_both_sides_say_the_same(project, noon):
    rate = town.share()
    first = town.stated(project, "giver", town.of(rate), town.said(value="0.26"), at=noon)
    assert newest(first.fact).status == Fact.CLAIMED

    second = town.stated(
        project, "receiver", town.of(rate), town.said(value="0.26"), at=noon + MINUTE
    )

    confirmed = newest(first.fact)
    assert (confirmed.status, confirmed.value) == (Fact.CONFIRMED, Decimal("0.26"))
    assert confirmed.evidence == second.evidence
    assert (confirmed.by_name, confirmed.by_role) == ("乙", Role.SYSTEM)
    assert states(project) == [rule.AGREE]


def test_confirms_nothing_that_differs(project, noon):
    rate = town.share()
    first = town.stated(project, "giver", town.of(rate), town.said(value="0.26"), at=noon)
    second = town.stated(project, "receiver", town.of(rate), town.said(value="0.3"), at=noon)

    assert {newest(one.fact).status for one in (first, second)} == {Fact.CLAIMED}
    assert states(project) == [rule.DIFFER]


@pytest.mark.parametrize("who", ["giver", "receiver"])
def test_takes_the_confirmation_back_when_a_side_says_otherwise(project, noon, who):
    rate = town.share()
    both = {
        side: town.stated(project, side, town.of(rate), town.said(value="0.26"), at=noon)
        for side in rule.SIDES
    }
    by = town.giver() if who == "giver" else town.receiver()
    new = attesting.correct(
        by=by, at=noon + MINUTE, attestation=both[who], said=town.said(value="0.3"), reason="复核"
    )

    other = newest(both[rule.OTHER[who]].fact)
    assert (other.status, other.value) == (Fact.CLAIMED, Decimal("0.26"))
    assert (newest(both[who].fact), new.fact.value) == (new.fact, Decimal("0.3"))
    assert states(project) == [rule.DIFFER]

    attesting.correct(
        by=by,
        at=noon + 2 * MINUTE,
        attestation=new,
        said=town.said(value="0.26"),
        reason="原数无误",
    )
    assert newest(both[rule.OTHER[who]].fact).status == Fact.CONFIRMED
    assert states(project) == [rule.AGREE]


def test_leaves_alone_what_somebody_else_has_proven(project, noon):
    rate = town.share()
    first = town.stated(project, "giver", town.of(rate), town.said(value="0.26"), at=noon)
    proof = facts.cite_statement(by=actor(), at=noon, source="统计局", words="公报")
    facts.raise_status(
        by=actor(), at=noon, fact=first.fact, status=Fact.CONFIRMED, evidence=proof, reason="核实"
    )
    town.stated(project, "receiver", town.of(rate), town.said(value="0.3"), at=noon + MINUTE)
    assert newest(first.fact).status == Fact.CONFIRMED

    assert refused(
        "not_allowed",
        lambda: attesting.correct(
            by=town.giver(),
            at=noon + MINUTE,
            attestation=first,
            said=town.said(value="0.3"),
            reason="改",
        ),
    )


def test_hears_a_side_that_takes_its_word_back(project, noon):
    rate = town.share()
    said = town.stated(project, "giver", town.of(rate), town.said(value="0.26"), at=noon)
    paper = facts.cite_statement(by=town.giver(), at=noon, source=town.GIVER, words="撤回")
    facts.withdraw(by=town.giver(), at=noon, fact=said.fact, evidence=paper, reason="误报")
    assert states(project) == [rule.NOBODY]

    town.stated(project, "giver", town.of(rate), town.said(value="0.3"), at=noon + MINUTE)
    assert states(project) == [rule.GIVER_ALONE]


def test_refuses_who_may_not_speak(project, noon):
    def say(by, side="giver", fen=1, **given):
        of = given.get("matter", town.money())
        return lambda: town.stated(project, side, of, town.said(fen), at=noon, by=by)

    assert refused("not_your_side", say(town.receiver()))
    assert refused("not_your_side", say(actor(Role.OFFICER, unit="别的单位")))
    assert refused("not_allowed", say(actor(Role.SUPERVISOR)))
    assert refused("unknown_matter", say(town.giver(), side="someone"))
    assert refused("unknown_matter", say(town.giver(), matter=town.money(matter="gold")))
    assert refused("unknown_matter", say(town.giver(), matter=town.money(matter=rule.INDICATOR)))
    assert refused("no_amount", say(town.giver(), fen=None))
    assert refused("no_amount", say(town.giver(), fen=-1))
    assert refused("no_amount", say(town.giver(), matter=town.of(town.share())))
    alone = town.project(at=noon, of=project.programme, name="一方项目", receiver=None)
    assert refused(
        "one_sided", lambda: town.stated(alone, "giver", town.money(), town.said(1), at=noon)
    )


def test_refuses_what_a_side_may_not_say(project, noon):
    official = town.official()
    assert refused(
        "official_only",
        lambda: town.stated(project, "giver", town.of(official), town.said(value="20"), at=noon),
    )
    first = town.stated(project, "giver", town.money(), town.said(1), at=noon)
    assert refused(
        "said_already", lambda: town.stated(project, "giver", town.money(), town.said(2), at=noon)
    )

    def correct(by=None, reason="更正"):
        attesting.correct(
            by=by or town.giver(), at=noon, attestation=first, said=town.said(2), reason=reason
        )

    assert refused("no_reason", lambda: correct(reason=" "))
    assert refused("not_your_side", lambda: correct(by=town.receiver()))
    correct()
    assert refused("already_corrected", correct)


def test_refuses_a_unit_that_contradicts_itself(project, noon):
    rate = town.share()
    town.stated(project, "giver", town.of(rate), town.said(value="0.26"), at=noon)
    other = town.project(at=noon, of=project.programme, name="乡村道路")

    assert refused(
        "said_otherwise",
        lambda: town.stated(other, "giver", town.of(rate), town.said(value="0.3"), at=noon),
    )
    town.stated(other, "giver", town.of(rate), town.said(value="0.26"), at=noon)


def test_lets_nobody_speak_for_both_sides(project, noon):
    planner = actor(Role.PLANNER)
    town.stated(project, "giver", town.money(), town.said(1), at=noon, by=planner)

    assert refused(
        "both_sides",
        lambda: town.stated(project, "receiver", town.money(), town.said(1), at=noon, by=planner),
    )
    town.stated(project, "receiver", town.money(), town.said(1), at=noon, by=town.receiver())


def test_keeps_both_sides_who_they_are_once_one_has_spoken(project, noon):
    def amend():
        given = {
            name: getattr(project, name) for name in projects.ProjectDraft.__dataclass_fields__
        }
        draft = projects.ProjectDraft(**given | {"receiver": directory.unit("石渠县财政局")})
        projects.amend_project(by=town.giver(), at=noon, project=project, draft=draft)

    amend()
    project.receiver = directory.unit(town.RECEIVER)
    project.save()
    town.stated(project, "giver", town.money(), town.said(1), at=noon)
    assert refused("is_attested", amend)
    with pytest.raises(DatabaseError), transaction.atomic():
        Project.objects.update(receiver=None)


class TestNeverFalse:
    """Past the actions, the database keeps it."""

    @staticmethod
    def row(said, **changed):
        of = {
            name: getattr(said, name)
            for name in ("project", "side", "unit", "matter", "period_from", "period_until", "amount", "evidence")
        }  # fmt: skip
        of |= {"by_name": "丙", "by_role": "officer", "by_unit": "某单位", "at": said.at}
        return Attestation(code="TEST-0000", **of | changed)

    @staticmethod
    def never(deed):
        with pytest.raises(DatabaseError), transaction.atomic():
            deed()

    def test_is_said_again_or_changed_or_removed(self, project, noon):
        said = town.stated(project, "giver", town.money(), town.said(1), at=noon)
        self.never(self.row(said).save)
        self.never(lambda: Attestation.objects.update(amount=2))
        self.never(said.delete)

    def test_is_said_by_another_unit_or_for_both(self, project, noon):
        said = town.stated(project, "giver", town.money(), town.said(1), at=noon)
        other = {"period_from": said.period_from - timedelta(days=1)}
        self.never(self.row(said, side="receiver").save)
        self.never(self.row(said, **other, unit=directory.unit("第三方")).save)
        theirs = {"side": "receiver", "unit": project.receiver}
        self.never(self.row(said, **theirs, by_name=said.by_name, by_unit=said.by_unit).save)
        self.row(said, **theirs).save()

    def test_corrects_anything_else_or_without_a_reason(self, project, noon):
        said = town.stated(project, "giver", town.money(), town.said(1), at=noon)
        more = {"supersedes": said, "amount": 2}
        self.never(self.row(said, **more).save)
        self.never(self.row(said, **more, reason="改", matter="social").save)
        self.never(self.row(said, **more, reason="改", at=noon - MINUTE).save)
        self.row(said, **more, reason="改").save()

    def test_states_a_fact_of_something_else(self, project, noon):
        rate, area = town.share(), project.receiving
        said = town.stated(project, "giver", town.money(), town.said(1), at=noon)
        about = {"matter": "indicator", "amount": None, "indicator": rate}
        self.never(self.row(said, **about, fact=town.fact(rate, area, "1", at=noon)).save)
        self.never(self.row(said, **about, fact=None).save)
        official = town.official()
        known = town.fact(official, area, "20", at=noon, year=2019)
        self.never(self.row(said, **about | {"indicator": official}, fact=known).save)
        self.row(said, **about, fact=town.fact(rate, area, "1", at=noon, year=2019)).save()


@pytest.mark.django_db(transaction=True)
def test_is_said_once_by_many_at_once(noon):
    project, rate = town.project(at=noon), town.share()

    def say(number):
        side = rule.SIDES[number % 2]
        town.stated(project, side, town.of(rate), town.said(value="0.26"), at=noon)

    failures = at_once(6, say)

    assert [one.code for one in failures] == ["said_already"] * 4
    assert states(project) == [rule.AGREE]
    assert sorted(Fact.objects.current().values_list("status", flat=True)) == [
        "claimed",
        "confirmed",
    ]


@pytest.mark.django_db(transaction=True)
def test_is_said_once_even_if_nobody_looked(noon, monkeypatch):
    """The control of the test above: without the look, the database alone refuses, and says so in its own way."""
    project = town.project(at=noon)
    monkeypatch.setattr(attesting, "_of", lambda *_: Attestation.objects.none())

    failures = at_once(
        3, lambda _: town.stated(project, "giver", town.money(), town.said(1), at=noon)
    )

    assert {type(one) for one in failures} == {IntegrityError}
    assert Attestation.objects.count() == 1
