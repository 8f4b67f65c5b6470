"""At the window: what waits to be told, what is handed on together, and the slip that is taken along."""

from datetime import timedelta

import pytest
import time_machine

from linli.cases.actions import escalating, following, handling, purging, window
from linli.cases.models import Case, HandOver, Referral, Step
from linli.directory.models import Unit
from linli.kernel.actors import system
from linli.kernel.limits import forget_all
from linli.kernel.models import Grant, Look, Message
from linli.kernel.refusals import Refused
from linli.kernel.subjects import destroy_due
from tests.cases.console import desk, main_of, page, said, send
from tests.town import cases as town
from tests.town import cities

pytestmark = pytest.mark.django_db

WINDOW = "/console/window/"


@pytest.fixture(autouse=True)
def at_noon(noon):
    forget_all()
    with time_machine.travel(noon, tick=False):
        yield noon


@pytest.fixture
def clerk():
    return desk(town.clerk())


def told_at(unit=town.TRIAGE, *, at, **given):
    return town.receipt(at=at, told_by=town.unit(unit), **given)


def answer(receipt, at):
    by = town.officer(receipt.case.unit.name)
    case = handling.take(by=by, at=at, case=receipt.case)
    return handling.reply(by=by, at=at, case=case, words="灯已修好。")


def opened(client, receipt):
    send(client, f"{WINDOW}open/", code=receipt.case.code, passphrase=receipt.passphrase)


# What waits to be told


def test_lists_the_codes_that_wait_at_this_window_and_nothing_sealed(clerk, noon):
    ours, elsewhere = told_at(at=noon), told_at(town.LEGAL, at=noon)
    silent, without = told_at(at=noon), town.receipt(at=noon)
    for one in (ours, elsewhere, without):
        answer(one, noon)

    answered = clerk.get(f"/en{WINDOW}")

    text, html = said(answered), main_of(answered)
    assert f"{ours.case.code} answered since 2026-11-21" in text
    for other in (elsewhere, silent, without):
        assert other.case.code not in html
    assert town.WORDS not in html
    assert "灯已修好" not in html
    assert not Look.objects.exists()
    assert not Message.objects.exists()


def test_lists_what_waits_longest_first_in_few_queries(clerk, noon, django_assert_max_num_queries):
    late, early = told_at(at=noon), told_at(at=noon)
    answer(early, noon - timedelta(hours=1))
    answer(late, noon)
    clerk.get(f"/en{WINDOW}")

    with django_assert_max_num_queries(8):
        html = main_of(clerk.get(f"/en{WINDOW}"))

    assert html.index(early.case.code) < html.index(late.case.code)


def test_tells_at_the_window_with_a_step_and_a_look(clerk, noon):
    receipt = told_at(at=noon)
    answer(receipt, noon)
    opened(clerk, receipt)
    assert "Something waits to be told" in page(clerk, f"{WINDOW}case/")

    send(clerk, f"{WINDOW}told/")

    case = Case.objects.get()
    assert case.news_at is None
    step = Step.objects.get(verb="told")
    assert (step.by_role, step.by_unit, step.shown) == ("clerk", town.TRIAGE, True)
    looks = Look.objects.values_list("by_role", "verb", "purpose", "fields")
    assert list(looks) == [("clerk", "opened", "counter", "state")] * 2
    assert receipt.case.code not in main_of(clerk.get(f"/en{WINDOW}"))
    assert "Something waits to be told" not in page(clerk, f"{WINDOW}case/")


def test_tells_anew_of_what_happens_afterwards(noon):
    receipt = told_at(at=noon)
    case = handling.take(by=town.officer(), at=noon, case=receipt.case)
    handling.extend(
        by=town.officer(), at=noon, case=case, days=1, kind="hard", words="需要现场查看。"
    )
    window.tell_here(by=town.clerk(), at=noon, case=case)
    later = noon + timedelta(hours=1)

    handling.reply(by=town.officer(), at=later, case=case, words="灯已修好。")

    assert Case.objects.get().news_at == later


def test_tells_nothing_twice(noon):
    receipt = told_at(at=noon)
    answer(receipt, noon)
    window.tell_here(by=town.clerk(), at=noon, case=receipt.case)

    with pytest.raises(Refused) as refused:
        window.tell_here(by=town.clerk(), at=noon, case=receipt.case)

    assert refused.value.code == "nothing_to_tell"
    assert Step.objects.filter(verb="told").count() == 1
    assert Look.objects.count() == 1


@pytest.mark.parametrize("who", [town.officer, town.supervisor, town.planner])
def test_lets_clerks_alone_tell(noon, who):
    receipt = told_at(at=noon)
    answer(receipt, noon)

    with pytest.raises(Refused) as refused:
        window.tell_here(by=who(), at=noon, case=receipt.case)

    assert refused.value.code == "not_allowed"
    assert Case.objects.get().news_at == noon
    assert not Look.objects.exists()


def test_tells_nothing_without_a_case_that_was_shown(clerk, noon):
    answer(told_at(at=noon), noon)

    send(clerk, f"{WINDOW}told/")

    assert Case.objects.get().news_at == noon


@pytest.mark.parametrize(
    "deed",
    [
        lambda case, at: following.close(at=at, case=case),
        lambda case, at: following.withdraw(at=at, case=case),
        lambda case, at: following.object_to(at=at, case=case, words="没有修好。"),
    ],
    ids=["close", "withdraw", "object"],
)
def test_has_nothing_to_tell_to_who_has_answered_it(noon, deed):
    case = answer(told_at(at=noon), noon)
    assert Case.objects.get().news_at == noon

    deed(case, noon)

    assert Case.objects.get().news_at is None


def test_tells_that_the_calendar_closed_it(noon):
    answer(told_at(at=noon), noon)
    Case.objects.update(news_at=None)
    later = noon + timedelta(days=8)

    escalating.close_unanswered(by=system("calendar"), at=later)

    assert Case.objects.get().news_at == later


def test_keeps_nothing_of_the_window_after_the_purge(noon, settings, tmp_path):
    settings.KEYS = tmp_path / "keys"  # what is destroyed there is so for every test
    receipt = told_at(at=noon)
    answer(receipt, noon)
    over = noon + timedelta(days=2000)
    destroy_due(over)
    purging.purge_cases(at=over)

    case = Case.objects.get()
    assert case.purged_at == over
    assert (case.told_by, case.news_at) == (None, None)


def test_asks_nothing_of_a_window_that_is_closed(noon):
    unit = town.unit(town.LEGAL)
    Unit.objects.filter(pk=unit.pk).update(closed_on=noon.date())
    unit.refresh_from_db()

    with pytest.raises(Refused) as refused:
        town.receipt(at=noon, told_by=unit)

    assert refused.value.code == "unit_closed"
    assert not Case.objects.exists()


# Hand it on together


def test_hands_on_to_a_unit_of_the_town_with_the_leave_given_here(clerk, noon):
    receipt = town.receipt(at=noon, topic=town.other(), fields_granted=("words", "place"))
    town.topic("legal", unit=town.LEGAL, name="法律援助")
    opened(clerk, receipt)
    html = clerk.get(f"/en{WINDOW}refer/").content.decode()
    assert f"{town.LEGAL} · 法律援助" in html
    assert 'value="contact"' not in html  # nobody passes on more than the unit may read itself

    hand_on(clerk)

    way = HandOver.objects.get()
    assert (way.state, way.to_unit.name, way.from_unit.name) == (
        HandOver.PROPOSED, town.LEGAL, town.TRIAGE,
    )  # fmt: skip
    leave = Grant.objects.get(to_unit=town.LEGAL)
    assert (leave.given_how, leave.fields) == ("counter", ["words"])


def hand_on(client, status=302, **changed):
    given = {
        "way": "town", "once": "a-key-of-the-form-1", "hand-unit": town.unit(town.LEGAL).code,
        "hand-kind": "competence", "hand-words": "请办理。", "hand-fields_read": ["words"],
        "hand-said_yes": "on",
    } | changed  # fmt: skip
    given = {name: said for name, said in given.items() if said is not None}
    return send(client, f"{WINDOW}refer/", status, **given)


def test_prints_who_may_read_what_and_no_passphrase(clerk, noon):
    receipt = town.receipt(at=noon, topic=town.other())
    town.topic("legal", unit=town.LEGAL, name="法律援助")
    opened(clerk, receipt)
    hand_on(clerk)

    answered = clerk.get(f"/en{WINDOW}slip/")

    text, html = said(answered), answered.content.decode()
    for words in (receipt.case.code, town.LEGAL, "What was said", "May read it"):
        assert words in text
    assert receipt.passphrase not in html
    assert receipt.passphrase.replace(" ", "") not in html
    assert town.WORDS not in html
    assert "To print the slip, use the print command of your browser." in text
    assert "data-print hidden" in html
    assert "no-store" in answered.headers["Cache-Control"]


@pytest.mark.parametrize(
    "missing", [{"hand-said_yes": None}, {"hand-fields_read": None}, {"hand-words": ""}]
)
def test_hands_on_nothing_without_their_yes(clerk, noon, missing):
    receipt = town.receipt(at=noon, topic=town.other())
    town.topic("legal", unit=town.LEGAL, name="法律援助")
    opened(clerk, receipt)

    hand_on(clerk, 422, **missing)

    assert not HandOver.objects.exists()
    assert not Grant.objects.filter(to_unit=town.LEGAL).exists()


def test_hands_on_only_what_the_own_unit_answers_for(clerk, noon):
    receipt = town.receipt(at=noon)
    town.topic("legal", unit=town.LEGAL, name="法律援助")
    opened(clerk, receipt)

    assert "Nowhere to hand it to" in page(clerk, f"{WINDOW}refer/")
    hand_on(clerk, 422)

    assert not HandOver.objects.exists()


def test_refuses_to_hand_on_for_another_role(noon):
    case = town.asked(at=noon, topic=town.other())

    with pytest.raises(Refused) as refused:
        window.hand_on_here(
            by=town.officer(town.TRIAGE), at=noon, case=case, unit=town.unit(town.LEGAL),
            kind="competence", words="请办理。", fields=("words",),
        )  # fmt: skip

    assert refused.value.code == "not_allowed"
    assert not HandOver.objects.exists()


def test_refers_to_another_city_with_the_leave_given_here(clerk, noon):
    receipt, partner = town.receipt(at=noon), cities.partner()
    opened(clerk, receipt)
    form = {
        "way": "away", "once": "a-key-of-the-form-2", "away-partner": partner.pk,
        "away-unit_name": town.LEGAL, "away-fields_given": ["words"], "away-days": "7",
        "away-said_yes": "on",
    }  # fmt: skip
    send(clerk, f"{WINDOW}refer/", 422, **form | {"away-said_yes": ""})
    assert not Referral.objects.exists()

    for _ in "12":  # sent twice, done once
        send(clerk, f"{WINDOW}refer/", **form)

    referral = Referral.objects.get()
    assert (referral.unit_name, referral.by_role, referral.by_unit) == (
        town.LEGAL, "clerk", town.TRIAGE,
    )  # fmt: skip
    leave = Grant.objects.get(origin=cities.NAME)
    assert (leave.given_how, leave.fields) == ("counter", ["words"])
    assert f"{cities.NAME} · {town.LEGAL}" in page(clerk, f"{WINDOW}slip/")


def test_refers_nowhere_what_is_over(clerk, noon):
    receipt = town.receipt(at=noon)
    cities.partner()
    opened(clerk, receipt)
    following.withdraw(at=noon, case=receipt.case)

    assert "Nowhere to hand it to" in page(clerk, f"{WINDOW}refer/")


@pytest.mark.parametrize("rest", ["refer/", "slip/"])
def test_shows_no_page_without_a_case_that_was_shown(clerk, rest):
    assert clerk.get(f"/en{WINDOW}{rest}").status_code == 302


def test_offers_no_unit_that_answers_for_nothing(clerk, noon):
    receipt = town.receipt(at=noon, topic=town.other())
    town.topic("legal", unit=town.LEGAL, name="法律援助")
    idle = town.unit(town.SUPERVISION)
    opened(clerk, receipt)

    html = main_of(clerk.get(f"/en{WINDOW}refer/"))

    assert town.unit(town.LEGAL).code in html
    assert idle.code not in html
