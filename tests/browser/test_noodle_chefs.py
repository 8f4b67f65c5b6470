"""Seventy people train as noodle chefs, ordered by two employers, and are followed to employment, in the real
browser: one of them all the way, the officer and the planner at their desks, the others through the same actions.
In the end what the report claimed is proven by what was recorded.
"""

import json
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from pathlib import Path

import pytest
from django.core.management import call_command

from linli.facts import actions as facts
from linli.facts.models import Fact, Indicator
from linli.facts.rules import periods
from linli.kernel.actors import Role
from linli.kernel.limits import forget_all
from linli.kernel.models import Message, Staff
from linli.offers.actions import attending, following_up
from linli.offers.actions.following_up import Answer
from linli.offers.models import Booking, Certificate, FollowUp, Offer, Training
from linli.offers.queries.courses import followed
from linli.offers.rules import credentials
from linli.offers.tasks import ask
from linli.portal.tasks import TICKS
from tests.browser.look import broken, look_at, no_overflow, sign_in
from tests.town import courses, directory, offers, reports
from tests.town.staff import actor

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

MONDAY = datetime(2026, 3, 2, 1, 30, tzinfo=UTC)  # half past nine in town
BEGINS = datetime(2026, 4, 6, 0, 30, tzinfo=UTC)
EMPLOYERS = ("嘉峪关市雄关牛肉面有限公司", "嘉峪关市长城餐饮管理有限公司")
LESSONS = "和面 | 水、碱、面的比例\n拉面\n汤料\n门店管理\n考核"
NAME = "马小明"
MOBILE = "13900000{:03}"
REPORT = """嘉峪关市2026年拉面师订单培训总结
嘉峪关示例报  2026-06-30 10:20
2026年,全市开办拉面师订单培训班1期,培训学员70名,全部就业,就业70人。
"""
EVENINGS = 5


@pytest.fixture
def clock(time_machine):
    time_machine.move_to(MONDAY)
    return time_machine


@pytest.fixture
def course(clock, settings):
    settings.SECOND_FACTOR = False
    settings.SMS_URL = (
        "http://localhost:9/"  # nobody is there: what is written is looked at, not sent
    )
    forget_all()
    made = offers.offer(at=MONDAY, kept_days=60)
    directory.unit("嘉峪关市民族宗教事务局")
    for role, unit in ((Role.OFFICER, offers.LABOUR), (Role.PLANNER, "嘉峪关市民族宗教事务局")):
        Staff.objects.create(
            username=role.value, name="甲", role=role, unit=unit, password="long-enough-1"
        )
    for name in EMPLOYERS:
        courses.employer(name, at=MONDAY)
    begins = [BEGINS + timedelta(days=n) for n in range(EVENINGS)]
    offers.session(
        70, at=MONDAY, of=made, booking_until=BEGINS,
        meetings=[(one, one + timedelta(hours=3)) for one in begins],
    )  # fmt: skip
    return made


@pytest.fixture
def desk(browser):
    """Return a wide page for staff."""
    context = browser.new_context(viewport={"width": 1366, "height": 768})
    yield context.new_page()
    context.close()


def test_seventy_train_and_are_followed_to_employment(page, desk, live_server, clock, course):
    session = course.sessions.get()
    page.set_viewport_size({"width": 360, "height": 740})
    orders_and_plan(desk, live_server, course)
    code, passphrase = books(page, live_server, session)
    others = [courses.taken(session, at=MONDAY + timedelta(hours=2)).booking for _ in range(69)]
    session.refresh_from_db()
    assert session.taken == session.capacity == 70

    mine = Booking.objects.get(code=code)
    everybody_comes(clock, session, [mine, *others])
    passed_all_but(mine, others)
    outcome_at_the_desk(desk, live_server, session, mine)
    known = followed(course)
    assert (known.came, known.completed, known.passed, known.employed) == (70, 70, 70, 0)

    opens(page, live_server, code, passphrase)
    credential = fetches_certificate(page, live_server, code)
    checks(page, live_server, credential)
    allows_to_be_asked(page, live_server, code)
    for number, one in enumerate(others):
        booking = Booking.objects.select_related("session__offer", "subject").get(pk=one.pk)
        contact = ("sms", MOBILE.format(number + 1))
        following_up.allow_asking(at=session.ends_at, booking=booking, contact=contact, language="")

    claims = claimed(session)
    planner_sees(desk, live_server, claims, "claimed")
    asked_after_thirty_days(page, live_server, clock, session, mine)
    proves(clock)
    planner_sees(desk, live_server, claims, "evidenced")
    hired_by_both(desk, live_server, course)
    nothing_is_told_of_anybody()


def orders_and_plan(desk, server, course):
    sign_in(desk, server, "officer")
    desk.goto(f"{server.url}/console/offers/{course.code}/")
    desk.locator(f'a[href$="/{course.code}/lessons/"]').click()
    desk.fill("[name=plan]", LESSONS)
    desk.locator("main form button").click()
    desk.locator("main ol li").nth(4).wait_for()
    desk.goto(f"{server.url}/console/offers/sessions/{course.sessions.get().code}/lessons/")
    assert no_overflow(desk)
    desk.locator("main form button").click()
    desk.wait_for_load_state()
    desk.goto(f"{server.url}/console/offers/{course.code}/trainings/")
    for name in EMPLOYERS:
        form = desk.locator("section[aria-labelledby=order] form")
        form.locator("[name=organization]").select_option(label=name)
        form.locator("[name=places]").fill("35")
        form.locator("[name=role]").fill("拉面师")
        form.locator("button").click()
        desk.locator("table", has_text=name).wait_for()
    assert broken(desk) == {}
    about = course.sessions.get().meetings.values_list("lesson__title", flat=True)
    assert list(about) == ["和面", "拉面", "汤料", "门店管理", "考核"]
    assert list(Training.objects.values_list("places", flat=True)) == [35, 35]


def books(page, server, session):
    page.goto(f"{server.url}/offers/sessions/{session.code}/book/")
    page.locator("main form .button").first.click()
    page.locator("[name=channel][value=none]").check()
    page.locator("main form .button").first.click()
    page.locator("[name=once]").wait_for(state="attached")
    page.locator("main form .button").first.click()
    page.wait_for_url("**/receipt/")
    booking = Booking.objects.get()
    said = "".join(
        letter for letter in page.locator("main").inner_text() if letter.isdigit() or letter == "\n"
    )
    passphrase = next(line for line in said.split("\n") if len(line) == 16)
    return booking.code, passphrase


def everybody_comes(clock, session, bookings):
    for meeting in session.meetings.all():
        marks = [attending.Mark(f"{meeting.pk} {one.code}", one.code, 1) for one in bookings]
        attending.take_marks(
            by=offers.officer(), at=meeting.starts_at, meeting=meeting, marks=marks
        )
    clock.move_to(session.ends_at + timedelta(hours=1))
    attending.close_list(by=offers.officer(), at=session.ends_at, session=session)


def passed_all_but(mine, others):
    for one in others:
        booking = Booking.objects.select_related("session__offer__unit").get(pk=one.pk)
        for kind in ("completed", "passed"):
            courses.reached(courses.Taken(booking, ""), kind, at=booking.session.ends_at)


def outcome_at_the_desk(desk, server, session, mine):
    sign_in(desk, server, "officer")
    desk.goto(f"{server.url}/console/offers/sessions/{session.code}/outcomes/")
    for kind in ("completed", "passed"):
        desk.fill(f'[name="{kind}-{mine.code}"]', "1")
    desk.locator("main form button").last.click()
    desk.wait_for_load_state()
    assert desk.locator(".figures dd", has_text="70").count() >= 3


def opens(page, server, code, passphrase):
    page.goto(f"{server.url}/bookings/{code}/")
    page.fill("[name=code]", code)
    page.fill("[name=passphrase]", passphrase)
    page.locator("main form .button").click()
    page.wait_for_load_state()
    look_at(page, "noodle-booking")


def fetches_certificate(page, server, code):
    page.locator(f'a[href$="/bookings/{code}/certificate/"]').click()
    page.fill("[name=named]", NAME)
    page.locator("main form .button").first.click()
    page.locator("article.paper").wait_for()
    assert NAME in page.locator("article.paper").inner_text()
    assert no_overflow(page)
    assert broken(page) == {}
    look_at(page, "noodle-certificate")
    saved = []
    for form in ("json", "pdf"):
        with page.expect_download() as download:
            page.locator(f"form:has([name=form][value={form}]) button").click()
        saved.append(Path(download.value.path()).read_bytes())
    assert saved[1].startswith(b"%PDF-")
    credential = json.loads(saved[0])
    assert Certificate.objects.get().digest == credentials.digest(credential)
    return credential


def checks(page, server, credential):
    """As somebody elsewhere does, without an account: by the square code, and by the file when it was changed."""
    way = credential["id"].partition("/credentials/")[2]
    page.goto(f"{server.url}/credentials/{way}#{credentials.compact(credential)}")
    page.locator(".stand--done").wait_for()
    assert "拉面师培训班" in page.locator("main").inner_text()
    assert no_overflow(page)
    look_at(page, "noodle-credential")
    page.fill("[name=text]", json.dumps(credential | {"name": "总厨"}))
    page.locator("main form .button").click()
    page.locator(".stand--late").wait_for()


def allows_to_be_asked(page, server, code):
    page.goto(f"{server.url}/bookings/{code}/asked-later/")
    page.locator("[name=channel][value=sms]").check()
    page.fill("[name=address]", MOBILE.format(0))
    page.locator("main form .button").click()
    page.wait_for_url("**said=asked_later")


def claimed(session):
    """The report says it; it is noted as what it is, a claim, with its very words."""
    at = session.ends_at + timedelta(days=1)
    report = reports.published(at=at, text=REPORT, name="jiayuguan-2026.txt")
    call_command("facts", "compute")
    text, found = report.reading["text"], []
    for code, words in (("offers.completed", "培训学员70名"), ("offers.employed", "就业70人")):
        start = text.index(words)
        by = actor(unit="嘉峪关市民族宗教事务局")
        evidence = facts.cite_span(
            by=by, at=at, source="嘉峪关市", digest=report.digest, start=start,
            end=start + len(words), words=words, address=f"/reports/{report.code}/",
        )  # fmt: skip
        found.append(
            facts.record(
                by=by, at=at + timedelta(hours=2), indicator=Indicator.objects.get(code=code),
                area=session.offer.area, period=periods.year(2026),
                statement=facts.Statement(Decimal(70), "exact"), status=Fact.CLAIMED, evidence=evidence,
            )
        )  # fmt: skip
    return found


def planner_sees(desk, server, claims, status):
    """The claim says its number; that our records agree is said, and their count of people waits for the gate."""
    sign_in(desk, server, "planner")
    for claim in claims:
        now = Fact.objects.filter(supersedes=claim).first() or claim
        desk.goto(f"{server.url}/console/facts/fact/{now.code}/")
        steps = desk.locator(".timeline li")
        newest = steps.first.inner_text()
        assert "70" in steps.last.inner_text()
        assert ("70" in newest) == (status == Fact.CLAIMED)
        assert str(dict(Fact.STATUSES)[status]) in newest or now.get_status_display() in newest
        assert now.status == status
        look_at(desk, f"noodle-{claim.indicator.code}-{status}")


def asked_after_thirty_days(page, server, clock, session, mine):
    later = session.ends_at + timedelta(days=31)
    clock.move_to(later)
    assert ask(later) == 70
    assert Message.objects.filter(about__in=FollowUp.objects.values("code")).count() == 70
    own = FollowUp.objects.get(booking=mine)
    orders = list(Training.objects.all())
    page.context.clear_cookies()
    page.goto(f"{server.url}/asked/{own.code}/")
    page.locator("[name=employed][value=yes]").check()
    page.locator(f'[name=through][value="{orders[0].code}"]').check()
    page.locator("[name=helped][value=yes]").check()
    assert no_overflow(page)
    assert broken(page) == {}
    look_at(page, "noodle-asked")
    page.locator("main form .button").first.click()
    page.locator(".notice--done").wait_for()
    for number, one in enumerate(FollowUp.objects.exclude(pk=own.pk).order_by("pk"), 1):
        said = Answer(employed=1, training=orders[number >= 35], helped=True)
        following_up.answer(at=later, follow_up=one, said=said)


def proves(clock):
    """Count what was recorded, and let the clock's own work bring both together."""
    call_command("facts", "compute")
    (tick,) = (one for one in TICKS if one.name == "claims proven")
    assert tick.run(datetime.now(UTC)) == 2


def hired_by_both(desk, server, course):
    sign_in(desk, server, "officer")
    desk.goto(f"{server.url}/console/offers/{course.code}/trainings/")
    rows = desk.locator("table tbody tr")
    assert [rows.nth(n).locator("td").last.inner_text() for n in range(2)] == ["35", "35"]
    assert desk.locator(".figures dd").nth(4).inner_text() == "70"
    look_at(desk, "noodle-orders")
    assert followed(Offer.objects.get(pk=course.pk)).employed == 70


def nothing_is_told_of_anybody():
    """The name on the certificate stands nowhere, and no number to call in the clear."""
    everything = courses.whole_database()
    assert NAME.encode() not in everything
    assert MOBILE.format(0).encode() not in everything
    # Control: the same look finds what stands there.
    assert EMPLOYERS[0].encode() in everything
