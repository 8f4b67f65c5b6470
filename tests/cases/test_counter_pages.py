"""The window of a station: open what somebody shows, take down their leave, count the day; never their words."""

from datetime import timedelta

import pytest
import time_machine
from django.urls import translate_url

from linli.cases.actions import handing
from linli.cases.models import HandOver
from linli.kernel.limits import forget_all
from linli.kernel.models import Grant, Look
from linli.ui.languages import LANGUAGES
from tests.cases.console import desk, main_of, page, said, send
from tests.town import cases as town
from tests.town import directory

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


@pytest.fixture
def shown(noon):
    """A case that waits for leave to go on, with its passphrase."""
    receipt = town.receipt(at=noon, fields_granted=("words",), wish="请修好。")
    case = town.handling.take(by=town.officer(), at=noon, case=receipt.case)
    handing.hand_on(
        by=town.officer(), at=noon, case=case, unit=directory.unit(town.LEGAL),
        kind="competence", words="请办理。", fields=("words",),
    )  # fmt: skip
    return receipt


def opened(client, receipt, status=302):
    return send(
        client, f"{WINDOW}open/", status, code=receipt.case.code, passphrase=receipt.passphrase
    )


def test_shows_how_far_it_is_and_never_what_was_said(clerk, shown):
    opened(clerk, shown)
    answer = clerk.get(f"/en{WINDOW}case/")
    text = said(answer)

    for words in (shown.case.code, "路灯", "in hand", town.HOUSING, "Promised by 2026-12-04"):
        assert words in text
    for sealed in (
        town.WORDS,
        "请修好。",
        "请办理。",
        shown.passphrase,
        shown.passphrase.replace(" ", ""),
    ):
        assert sealed not in answer.content.decode()
    look = Look.objects.get()
    assert (look.by_role, look.by_unit, look.purpose, look.fields) == (
        "clerk", town.TRIAGE, "counter", "state",
    )  # fmt: skip


def test_opens_nothing_with_the_wrong_passphrase(clerk, shown):
    answer = send(
        clerk, f"{WINDOW}open/", 404, code=shown.case.code, passphrase="0000 0000 0000 0000"
    )
    unknown = send(clerk, f"{WINDOW}open/", 404, code="0000-0000", passphrase=shown.passphrase)

    sentence = "This code and passphrase do not belong together."
    assert sentence in said(answer)
    assert sentence in said(unknown)
    assert not Look.objects.exists()
    assert clerk.get(f"/en{WINDOW}case/").status_code == 302


def test_lets_nobody_guess(clerk, shown):
    for _ in range(6):
        send(clerk, f"{WINDOW}open/", 404, code=shown.case.code, passphrase="1" * 16)

    opened(clerk, shown, 429)


@pytest.mark.parametrize(("answer", "state"), [("yes", HandOver.PROPOSED), ("no", HandOver.ENDED)])
def test_takes_down_what_the_person_answers(clerk, shown, answer, state):
    opened(clerk, shown)
    text = page(clerk, f"{WINDOW}case/")
    assert "The other unit would read: What was said." in text
    way = HandOver.objects.get()

    send(clerk, f"{WINDOW}leave/", hand_over=way.code, answer=answer)

    way.refresh_from_db()
    assert way.state == state
    given = Grant.objects.filter(to_unit=town.LEGAL)
    assert [grant.given_how for grant in given] == (["counter"] if answer == "yes" else [])
    assert "Nothing waits for their leave." in page(clerk, f"{WINDOW}case/")


def test_takes_down_nothing_for_another_case(clerk, shown, noon):
    other = town.taken(at=noon, fields_granted=("words",))
    way = town.handed_on(at=noon, case=other)
    opened(clerk, shown)

    send(clerk, f"{WINDOW}leave/", 404, hand_over=way.code, answer="yes")

    assert HandOver.objects.get(pk=way.pk).state == HandOver.WAITING


def test_closes_by_itself_and_for_the_next_in_line(clerk, shown, noon):
    opened(clerk, shown)
    assert clerk.get(f"/en{WINDOW}case/").status_code == 200

    send(clerk, f"{WINDOW}done/")
    assert clerk.get(f"/en{WINDOW}case/").status_code == 302

    opened(clerk, shown)
    with time_machine.travel(noon + timedelta(minutes=11), tick=False):
        assert clerk.get(f"/en{WINDOW}case/").status_code == 302


def test_stays_with_the_clerk_who_opened_it(clerk, shown):
    opened(clerk, shown)
    colleague = desk(town.clerk(name="另一位"))
    colleague.cookies["window"] = clerk.cookies["window"].value

    assert colleague.get(f"/en{WINDOW}case/").status_code == 302
    assert clerk.get(f"/en{WINDOW}case/").status_code == 200


def test_counts_the_own_day_and_names_no_case(clerk, shown, noon):
    town.receipt(at=noon, by=town.clerk(), channel="station")
    town.receipt(at=noon - timedelta(days=1), by=town.clerk(), channel="station")
    town.receipt(at=noon, by=town.clerk(town.LEGAL), channel="station")
    opened(clerk, shown)
    opened(clerk, shown)

    answer = clerk.get(f"/en{WINDOW}")

    assert "Asked here today 1 Opened here today 1" in said(answer)
    assert shown.case.code not in main_of(answer)
    assert 'href="/en/ask/"' in main_of(answer)


def test_begins_in_the_language_of_who_stands_there(clerk):
    markup = main_of(clerk.get(f"/en{WINDOW}"))

    assert 'href="/en/ask/"' in markup
    for language in LANGUAGES:
        address = translate_url("/en/ask/", language.code)
        assert (f'href="{address}" hreflang="{language.tag}"' in markup) is (language.code != "en")


def test_comes_back_to_the_window_in_the_clerks_own_language(clerk):
    clerk.get(f"/en{WINDOW}")

    assert clerk.post("/ug/ask/leave/").url == f"/en{WINDOW}"
    # Whoever has no window goes to the start page, in the language they read.
    assert desk(town.officer()).post("/ug/ask/leave/").url == "/ug/"
    assert desk(town.clerk(name="另一位")).post("/ug/ask/leave/").url == f"/ug{WINDOW}"


def test_tells_the_person_that_the_window_saw_how_far_it_is(clerk, shown, client):
    opened(clerk, shown)

    typed = {"code": shown.case.code, "passphrase": shown.passphrase}
    text = said(client.post("/en/follow/", typed, follow=True))

    assert "at the window, with the person there How far it is" in text


@pytest.mark.parametrize("who", [town.officer, town.supervisor, town.planner])
@pytest.mark.parametrize("rest", ["", "case/"])
def test_is_the_clerks_alone(who, rest):
    assert desk(who()).get(f"/en{WINDOW}{rest}").status_code == 403
