"""The plan of a course, the lesson of each meeting, and the training that employers order."""

from datetime import UTC, datetime, timedelta

import pytest
import time_machine

from linli.kernel.actors import Role
from linli.kernel.refusals import Refused
from linli.offers.actions.certifying import certify
from linli.offers.actions.lessons import Planned, plan_lessons, teach
from linli.offers.actions.training import Order, order_training
from linli.offers.models import Lesson, Outcome, Training
from linli.offers.queries.courses import followed, orders, taught
from tests.town import courses, directory, offers, staff
from tests.town.staff import actor

pytestmark = pytest.mark.django_db
AT = datetime(2026, 11, 20, 2, 0, tzinfo=UTC)
PLAN = [Planned("和面", "水与面的比例"), Planned("拉面"), Planned("汤料")]


@pytest.fixture(autouse=True)
def _keys(settings, tmp_path):
    settings.KEYS = tmp_path / "keys"
    settings.SECOND_FACTOR = False


@pytest.fixture
def course():
    return offers.offer(at=AT)


def account(role, unit):
    made = staff.account(role)
    made.unit = unit.name
    made.save(update_fields=["unit"])
    return made


def three_evenings(course):
    begins = AT + timedelta(days=30)
    evenings = [(begins + timedelta(days=n), begins + timedelta(days=n, hours=2)) for n in range(3)]
    return offers.session(at=AT, of=course, meetings=evenings)


def planned(course, plan=PLAN, by=None):
    return plan_lessons(by=by or offers.officer(), at=AT, offer=course, plan=plan)


class TestPlan:
    def test_writes_lessons_in_their_order(self, course):
        assert planned(course) == 3
        told = list(course.lessons.values_list("number", "title", "words"))
        assert told == [(1, "和面", "水与面的比例"), (2, "拉面", ""), (3, "汤料", "")]

    def test_keeps_meetings_with_the_number_of_their_lesson(self, course):
        planned(course)
        session = three_evenings(course)
        teach(by=offers.officer(), at=AT, session=session, lessons={1: 1, 2: 2, 3: 3})
        planned(course, [Planned("和面与醒面"), Planned("拉面")])
        about = [one.lesson and one.lesson.title for one in session.meetings.all()]
        assert about == ["和面与醒面", "拉面", None]

    @pytest.mark.parametrize(
        ("plan", "code"),
        [
            ([Planned(" ", "x")], "no_title"),
            ([Planned("长" * 121)], "title_too_long"),
            ([Planned("课")] * 201, "too_many"),
        ],
    )
    def test_refuses_what_is_no_plan(self, course, plan, code):
        planned(course)
        with pytest.raises(Refused, match=code):
            planned(course, plan)
        assert course.lessons.count() == 3

    def test_refuses_what_has_no_lessons_and_who_is_not_of_the_unit(self, course):
        with pytest.raises(Refused, match="not_taught"):
            planned(offers.offer(at=AT, kind="event", title="宣传月"))
        with pytest.raises(Refused, match="not_own_unit"):
            planned(course, by=offers.officer(unit="嘉峪关市民政局"))
        with pytest.raises(Refused, match="not_allowed"):
            planned(course, by=actor(Role.CLERK, unit=offers.LABOUR))
        assert not Lesson.objects.exists()


class TestTeach:
    def test_refuses_a_lesson_that_is_not_in_the_plan(self, course):
        planned(course)
        session = three_evenings(course)
        with pytest.raises(Refused, match="unknown_lesson"):
            teach(by=offers.officer(), at=AT, session=session, lessons={1: 1, 2: 4})
        assert session.meetings.filter(lesson__isnull=False).count() == 0

    def test_refuses_another_unit(self, course):
        session = three_evenings(course)
        for by, code in (
            (offers.officer(unit="嘉峪关市民政局"), "not_own_unit"),
            (actor(Role.CLERK, unit=offers.LABOUR), "not_allowed"),
        ):
            with pytest.raises(Refused, match=code):
                teach(by=by, at=AT, session=session, lessons={1: 0})

    def test_tells_how_many_came_to_each_meeting_in_two_queries(
        self, course, django_assert_num_queries
    ):
        session = three_evenings(course)
        two = courses.taken(session, at=AT, size=2)
        courses.taken(session, at=AT)
        courses.over(session, two)
        with django_assert_num_queries(2):
            told = taught(session)
        assert [(row.came, row.places) for row in told] == [(2, 3), (0, 3), (0, 3)]


class TestOrder:
    def test_is_written_down_and_counts_who_is_hired(self, course, django_assert_num_queries):
        first, second = (courses.ordered(course, name, at=AT) for name in ("甲公司", "乙公司"))
        session = offers.session(at=AT, of=course)
        taken = [courses.taken(session, at=AT) for _ in range(3)]
        courses.over(session, *taken)
        later = AT + courses.AFTER
        courses.reached(taken[0], "employed", at=later, training=first)
        courses.reached(taken[0], "employed", at=later, training=first, after_days=90)
        courses.reached(taken[1], "employed", at=later, training=second)
        courses.reached(taken[2], "employed", at=later)
        courses.reached(taken[2], "passed", at=later)

        with django_assert_num_queries(2):
            told = orders(course)
        assert [(row.training, row.hired) for row in told] == [(first, 1), (second, 1)]
        known = followed(course)
        assert (known.came, known.completed, known.passed, known.employed) == (3, 0, 1, 3)

    @pytest.mark.parametrize(
        ("places", "role", "code"), [(0, "拉面师", "nobody"), (10_001, "拉面师", "nobody"), (5, " ", "no_role")]
    )  # fmt: skip
    def test_refuses_what_is_no_order(self, course, places, role, code):
        order = Order(organization=courses.employer(at=AT), places=places, role=role)
        with pytest.raises(Refused, match=code):
            order_training(by=offers.officer(), at=AT, offer=course, order=order)
        assert not Training.objects.exists()

    def test_refuses_a_second_order_of_the_same_employer(self, course):
        courses.ordered(course, at=AT)
        with pytest.raises(Refused, match="ordered"):
            courses.ordered(course, at=AT, places=5)
        assert Training.objects.get().places == 35

    def test_refuses_what_is_no_course_and_who_is_not_of_the_unit(self, course):
        order = Order(organization=courses.employer(at=AT), places=5, role="拉面师")
        event = offers.offer(at=AT, kind="event", title="宣传月")
        for by, of, code in (
            (offers.officer(), event, "not_taught"),
            (offers.officer(unit="嘉峪关市民政局"), course, "not_own_unit"),
            (actor(Role.CLERK, unit=offers.LABOUR), course, "not_allowed"),
        ):
            with pytest.raises(Refused, match=code):
                order_training(by=by, at=AT, offer=of, order=order)
        assert not Training.objects.exists()


class TestPages:
    @pytest.fixture(autouse=True)
    def _clock(self):
        with time_machine.travel(AT, tick=False):
            yield

    @pytest.fixture
    def officer(self, client, course):
        client.force_login(account(Role.OFFICER, course.unit))
        return client

    def test_writes_a_plan_as_text(self, officer, course):
        way = f"/en/console/offers/{course.code}/lessons/"
        officer.post(way, {"plan": "和面 | 水与面的比例\n\n拉面｜细而匀\n汤料"})
        assert [str(one) for one in course.lessons.all()] == ["1 和面", "2 拉面", "3 汤料"]
        form = officer.get(way).context["form"]
        assert form.initial["plan"] == "和面 | 水与面的比例\n拉面 | 细而匀\n汤料"
        assert officer.post(way, {"plan": "| 没有标题"}).status_code == 422

    def test_says_which_meeting_is_about_which_lesson(self, officer, course):
        planned(course)
        session = three_evenings(course)
        way = f"/en/console/offers/sessions/{session.code}/lessons/"
        proposed = [field.initial for _row, field in officer.get(way).context["rows"]]
        assert proposed == [1, 2, 3]
        officer.post(way, {"meeting-1": 1, "meeting-2": 1, "meeting-3": 0})
        about = [one.lesson and one.lesson.number for one in session.meetings.all()]
        assert about == [1, 1, None]
        assert officer.post(way, {"meeting-1": 9}).status_code == 422

    def test_writes_down_orders_and_hires(self, officer, course):
        way = f"/en/console/offers/{course.code}/trainings/"
        employer = courses.employer(at=AT)
        officer.post(way, {"organization": employer.pk, "places": 35, "role": "拉面师"})
        again = officer.post(way, {"organization": employer.pk, "places": 3, "role": "拉面师"})
        assert again.status_code == 422
        order = Training.objects.get()
        session = offers.session(at=AT, of=course)
        one = courses.taken(session, at=AT)
        courses.over(session, one)

        hire = {"training": order.code, "code": one.booking.code.lower(), "people": 1}
        for wrong in ({"code": "7K3M-92QD"}, {"people": 2}, {"training": "x"}):
            officer.post(f"{way}hire/", hire | wrong)
            assert not Outcome.objects.exists()
        officer.post(f"{way}hire/", hire)
        assert [row.hired for row in officer.get(way).context["rows"]] == [1]

    def test_withdraws_a_certificate_with_a_reason(self, officer, course):
        one = courses.passed(at=AT - courses.AFTER, of=course)
        issued = certify(at=AT, booking=one.booking).certificate
        way = f"/en/console/offers/{course.code}/certificates/"
        assert one.booking.code in officer.get(way).content.decode()

        chosen = {"certificate": issued.number}
        assert officer.post(way, chosen).status_code == 422
        officer.post(way, chosen | {"why": "考核成绩登记有误"})
        issued.refresh_from_db()
        assert issued.revoked_why == "考核成绩登记有误"
        assert officer.post(way, chosen | {"why": "再撤"}).status_code == 422

    def test_lists_certificates_in_as_many_queries_as_for_one(
        self, officer, course, django_assert_max_num_queries
    ):
        for _ in range(3):
            one = courses.passed(at=AT - courses.AFTER, of=course)
            certify(at=AT, booking=one.booking)
        with django_assert_max_num_queries(12):
            officer.get(f"/en/console/offers/{course.code}/certificates/")

    def test_shows_nothing_of_another_unit(self, client, course):
        session = three_evenings(course)
        other = directory.unit("嘉峪关市民政局")
        client.force_login(account(Role.OFFICER, other))
        for way in (
            f"{course.code}/lessons",
            f"{course.code}/trainings",
            f"{course.code}/certificates",
            f"sessions/{session.code}/lessons",
        ):
            assert client.get(f"/en/console/offers/{way}/").status_code == 404
        client.force_login(account(Role.CLERK, course.unit))
        way = f"/en/console/offers/{course.code}/trainings/"
        assert client.get(way).status_code == 200
        assert client.post(way, {}).status_code == 403
