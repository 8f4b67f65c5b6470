"""News for staff: told by the clock, once, to whose unit it is; nothing of residents in it; by mail as chosen."""

from datetime import date, timedelta

import pytest
from django.core import mail

from linli.kernel import desk_news
from linli.kernel.actors import Role
from linli.kernel.models import MailChoice, Message, Notification, Staff
from linli.kernel.refusals import Refused
from linli.plans import actions
from linli.portal.workbench.telling import tell_news
from tests.town import cases as case_town
from tests.town import forms_asked
from tests.town import plans as town

pytestmark = pytest.mark.django_db
DAY = date(2026, 11, 24)


def staff(role=Role.OFFICER, unit=town.LEAD, *, username="x", email="", **more):
    return Staff.objects.create(
        username=username, name=username, role=role, unit=unit, email=email, password="long-enough-1", **more
    )  # fmt: skip


def told(person):
    return [(one.kind, desk_news.sentence(one)) for one in Notification.objects.filter(staff=person).order_by("at", "pk")]  # fmt: skip


@pytest.mark.parametrize(("days", "new"), [(4, 0), (3, 1), (2, 0), (1, 1), (0, 1), (-1, 0)])
def test_warns_three_days_one_day_and_on_the_day(noon, days, new):
    on = (noon + timedelta(days=days)).date()
    task = town.promised_task(at=noon - timedelta(days=60), due_on=on)
    own, other = staff(), staff(unit=town.OTHER, username="y")
    staff(username="gone", is_active=False)

    assert tell_news(noon) == new
    assert tell_news(noon + timedelta(minutes=10)) == 0
    assert [task.title in words for _kind, words in told(own)] == [True] * new
    assert told(other) == []


def test_warns_who_answers_a_form_of_its_last_day(noon):
    forms_asked.place()
    form = forms_asked.brought(due_on=DAY)
    own, other = (
        staff(unit=forms_asked.UNIT),
        staff(Role.SUPERVISOR, forms_asked.UNIT, username="y"),
    )

    assert tell_news(noon + (DAY - noon.date())) == 1
    assert [form.title in words for _kind, words in told(own)] == [True]
    assert told(other) == []


def test_tells_of_letters_and_answers_once(noon):
    task = town.promised_task(at=noon - timedelta(days=60))
    own = staff()
    actions.send_notice(
        by=town.supervisor(), at=noon - timedelta(hours=1), task=task, unit=task.lead, kind="warn",
        due_on=DAY, words="请报告进展。",
    )  # fmt: skip
    town.sent_back(at=noon, task=task)

    tell_news(noon)
    tell_news(noon)

    assert sorted(kind for kind, _words in told(own)) == ["letter", "review"]


def test_says_of_cases_how_many_and_nothing_else(noon):
    made = case_town.asked(at=noon)
    due = made.next_due_at
    person = staff(unit=case_town.HOUSING)

    tell_news(due - timedelta(hours=1))

    (one,) = Notification.objects.filter(staff=person)
    assert one.given == {"n": 1}
    assert (one.address, one.kind) == ("/console/cases/", "deadline")
    assert made.code not in f"{one.once}{one.words}{one.given}{one.address}"


def test_goes_after_ninety_days(noon):
    desk_news.tell(at=noon, staff=[staff()], news=[desk_news.News("letter", "x", "Accepted: %(what)s", {"what": "甲"}, "/console/")])  # fmt: skip

    assert desk_news.purge_news(noon + timedelta(days=89)) == 0
    assert desk_news.purge_news(noon + timedelta(days=90)) == 1


def choose(person, at, **ways):
    desk_news.choose(by=person.actor, at=at, staff=person, language="en", ways=ways)


def test_sends_what_was_chosen_and_when(noon, settings):
    settings.EMAIL_HOST = "mail.example"
    person = staff(email="a@example.org")
    news = [
        desk_news.News(kind, kind, "Accepted: %(what)s", {"what": kind}, "/console/")
        for kind in ("deadline", "letter", "review")
    ]
    desk_news.tell(at=noon, staff=[person], news=news)
    choose(person, noon, deadline="at_once", letter="daily", review="none")

    assert (desk_news.mail_at_once(noon), desk_news.mail_at_once(noon)) == (1, 0)
    assert (desk_news.mail_daily(noon), desk_news.mail_daily(noon)) == (1, 0)
    assert Message.objects.count() == 2
    assert set(Notification.objects.exclude(mailed_at=None).values_list("kind", flat=True)) == {"deadline", "letter"}  # fmt: skip
    assert mail.outbox == []  # they wait in the outbox, sealed


def test_sends_nothing_to_who_chose_nothing_or_cannot_be_reached(noon, settings):
    settings.EMAIL_HOST = "mail.example"
    news = [desk_news.News("deadline", "x", "Accepted: %(what)s", {"what": "甲"}, "/console/")]
    silent, closed = staff(email="a@example.org"), staff(username="y", email="b@example.org")
    unreached = staff(username="z")
    for person in (closed, unreached):
        choose(person, noon, deadline="at_once")
    Staff.objects.filter(pk=closed.pk).update(is_active=False)
    desk_news.tell(at=noon, staff=[silent, closed, unreached], news=news)

    assert desk_news.mail_at_once(noon) == 0
    settings.EMAIL_HOST = ""
    choose(silent, noon, deadline="at_once")
    assert desk_news.mail_at_once(noon) == 0


def test_chooses_for_nobody_else_and_no_unknown_way(noon):
    person, other = staff(), staff(username="y")

    for by, ways, code in (
        (other, {}, "not_yours"),
        (person, {"deadline": "pigeon"}, "unknown_way"),
        (person, {"gossip": "daily"}, "unknown_way"),
    ):
        with pytest.raises(Refused) as refusal:
            desk_news.choose(by=by.actor, at=noon, staff=person, language="en", ways=ways)
        assert refusal.value.code == code
    assert not MailChoice.objects.exists()


def test_shows_ones_own_news_by_kind_and_what_is_new(client, noon, time_machine):
    time_machine.move_to(noon, tick=False)
    person, other = staff(), staff(username="y")
    for who, what in ((person, "我的"), (other, "别人的")):
        news = [desk_news.News(kind, kind, "Accepted: %(what)s", {"what": what + kind}, "/console/") for kind in ("letter", "review")]  # fmt: skip
        desk_news.tell(at=noon - timedelta(hours=1), staff=[who], news=news)
    client.force_login(person)

    page = client.get("/en/console/news/")
    text = page.content.decode()
    assert ("我的letter" in text, "我的review" in text, "别人的" in text) == (True, True, False)
    assert [row["new"] for row in page.context["rows"]] == [True, True]
    assert {row["address"] for row in page.context["rows"]} == {"/en/console/"}
    assert len(client.get("/console/news/?kind=letter").context["rows"]) == 1
    client.post("/console/seen/news/", {"deed": "seen"})
    assert [row["new"] for row in client.get("/console/news/").context["rows"]] == [False, False]
    assert client.get("/console/").context["new"] == 0
    client.post("/console/seen/news/", {"deed": "undo"})
    assert client.get("/console/").context["new"] == 2
    assert client.post("/console/news/mail/", {"deadline": "pigeon"}).status_code == 422
