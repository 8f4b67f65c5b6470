"""The queue on the console: the own unit's cases, the most urgent first, nothing sealed, many taken at once."""

import re
from datetime import timedelta

import pytest
import time_machine

from linli.cases.actions import escalating, following, handing, handling
from linli.cases.models import Case
from linli.directory.models import Location
from linli.kernel.actors import Role, system
from linli.kernel.models import Look
from tests.cases.console import desk, main_of, page, said, send
from tests.town import cases as town
from tests.town import directory, services
from tests.town.staff import actor

pytestmark = pytest.mark.django_db

QUEUE = "/console/cases/"
SECRET = "只有经办单位才能看到的原话"


@pytest.fixture(autouse=True)
def at_noon(noon):
    with time_machine.travel(noon, tick=False):
        yield noon


@pytest.fixture
def officer():
    return desk(town.officer())


def rows(client, query="", prefix="/en"):
    html = main_of(client.get(f"{prefix}{QUEUE}{query}"))
    return re.findall(r'<tr id="case-([0-9A-Z-]+)"', html)


def test_shows_the_own_units_cases_most_urgent_first(officer, noon):
    later = town.taken(at=noon)
    sooner = town.asked(at=noon - timedelta(days=3))
    town.asked(at=noon, topic=town.topic("legal-aid", unit=town.LEGAL, name="法律援助"))

    assert rows(officer) == [sooner.code, later.code]
    assert rows(desk(town.officer(town.SUPERVISION))) == []


def test_shows_what_is_needed_and_nothing_sealed(officer, noon):
    case = town.asked(
        at=noon, words=SECRET, wish=SECRET, place=SECRET, reply_language="ug",
        contact=town.Contact("sms", "13912345678"),
    )  # fmt: skip
    answer = officer.get(f"/en{QUEUE}")
    text = said(answer)

    for shown in (case.code, "Request for help", "路灯", "嘉峪关市", "received", "1 day left"):
        assert shown in text
    for sealed in (SECRET, "13912345678", "ئۇيغۇرچە", '"ug"'):
        assert sealed not in main_of(answer)
    assert not Look.objects.exists()
    # The control: the page of the case, where it is opened and written down, shows it.
    assert SECRET in page(officer, f"{QUEUE}{case.code}/")
    assert Look.objects.count() == 1


def test_names_the_station_where_it_is(officer, noon):
    place = services.station()
    town.asked(at=noon, location=Location.objects.get(pk=place.pk))

    assert f"嘉峪关市 · {place.name}" in page(officer, QUEUE)


@pytest.mark.parametrize(
    ("days", "words"),
    [(0, "1 day left"), (1, "1 day left"), (2, "due today"), (3, "1 day over"), (9, "5 days over")],
)
def test_says_what_is_left_in_working_days(officer, noon, days, words):
    # The 21st of November 2026 is a Saturday; one step takes one working day.
    town.asked(at=noon)

    with time_machine.travel(noon + timedelta(days=days), tick=False):
        assert words in page(desk(town.officer()), QUEUE)


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("?clock=over", {"late"}),
        ("?clock=soon", {"late", "new", "bounced"}),
        ("?clock=week", {"late", "new", "bounced", "taken", "urged", "water"}),
        ("?topic=water", {"water"}),
        ("?kind=complaint", {"water"}),
        ("?area=620201", {"water"}),
        ("?area=nowhere", None),
        ("?state=received", {"late", "new"}),
        ("?channel=station", {"taken"}),
        ("?bounces=1", {"bounced"}),
        ("?unassigned=on", {"late", "new"}),
        ("?urged=on", {"urged"}),
        ("?escalated=on", {"late"}),
        ("?paused=on", set()),
        ("?shown=waiting&paused=on", {"paused"}),
        ("?shown=waiting", {"paused", "answered"}),
        ("?shown=closed", {"closed"}),
        ("?after=rubbish", None),
        ("?shown=rubbish&kind=%00", None),
    ],
)
def test_filters_by_its_address(noon, query, found):
    officer, at = town.officer(), noon - timedelta(days=1)
    town.other()
    district = directory.area("620201", name="市辖区", level="county", parent=directory.area())
    water = town.topic("water", name="供水", kind="complaint")
    known = {
        "late": town.asked(at=noon - timedelta(days=7)),
        "new": town.asked(at=noon),
        "taken": town.taken(at=at, channel="station"),
        "urged": following.urge(at=noon, case=town.taken(at=at)),
        "water": town.taken(at=at, topic=water, area=district),
        "answered": town.answered(at=at),
        "closed": town.closed(at=at),
    }
    known["paused"] = handling.pause(
        by=officer, at=at, case=town.taken(at=at), kind="papers", words="请补充。"
    )
    bounced = town.handed_on(at=at)
    known["bounced"] = handing.decline(
        by=town.officer(town.LEGAL), at=at, hand_over=bounced, kind="not_ours", words="不归我们。"
    ).case
    escalating.escalate(by=system("tick"), at=noon, limit=100)
    names = {case.code: name for name, case in known.items()}
    everything = {"late", "new", "taken", "urged", "water", "bounced"}

    shown = {names[code] for code in rows(desk(officer), query)}

    assert shown == (everything if found is None else found)


def test_shows_what_is_handed_to_the_unit_and_where_it_helps(noon):
    way = town.handed_on(at=noon)
    helped = town.taken(at=noon)
    handling.join(
        by=town.officer(), at=noon, case=helped, unit=directory.unit(town.LEGAL), words="请协助。"
    )
    legal = desk(town.officer(town.LEGAL))

    assert rows(legal) == []
    assert rows(legal, "?shown=offered") == [way.case.code]
    assert rows(legal, "?shown=joint") == [helped.code]
    assert "Handed to us 1 We help 1" in page(legal, QUEUE)


def test_finds_a_case_by_its_code_at_the_own_unit_alone(officer, noon):
    ours, theirs = town.taken(at=noon), town.asked(at=noon, topic=town.other())
    typed = ours.code.lower().replace("-", " ")

    assert officer.get(f"/en{QUEUE}", {"code": typed})["Location"] == f"/en{QUEUE}{ours.code}/"
    for code in (theirs.code, "0000-0000", "x"):
        assert "There is no such case at your unit." in said(
            officer.get(f"/en{QUEUE}", {"code": code})
        )


def test_pages_by_key_without_losing_a_case(officer, noon):
    codes = {town.asked(at=noon - timedelta(minutes=n)).code for n in range(30)}
    first = rows(officer)
    html = main_of(officer.get(f"/en{QUEUE}?kind=request"))
    onward = re.search(r'href="([^"]+)" rel="next"', html)[1].replace("&amp;", "&")

    rest = re.findall(r'<tr id="case-([0-9A-Z-]+)"', main_of(officer.get(onward)))

    assert (len(first), len(rest)) == (25, 5)
    assert {*first, *rest} == codes
    assert "kind=request" in onward


def test_asks_a_bounded_number_of_queries(officer, noon, django_assert_max_num_queries):
    for n in range(25):
        town.asked(at=noon - timedelta(hours=n))

    with django_assert_max_num_queries(14):
        assert len(rows(officer)) == 25


def test_takes_the_chosen_cases(officer, noon):
    ours = [town.asked(at=noon), town.asked(at=noon)]
    done, theirs = town.taken(at=noon), town.asked(at=noon, topic=town.other())
    chosen = [*(case.code for case in ours), done.code, theirs.code, "nothing"]

    answer = send(officer, f"{QUEUE}take/", case=chosen, back="clock=soon")

    assert answer["Location"] == f"/en{QUEUE}?clock=soon"
    text = page(officer, QUEUE)
    assert "Your unit has 2 cases in hand." in text
    assert f"Not taken: {done.code}. Somebody has taken this case already." in text
    assert theirs.code not in text
    taken = Case.objects.filter(state=Case.WORKING).values_list("code", flat=True)
    assert set(taken) == {*(case.code for case in ours), done.code}


def test_goes_nowhere_but_back_to_the_queue(officer, noon):
    answer = send(officer, f"{QUEUE}take/", case=[], back="//elsewhere.example/")

    assert answer["Location"].startswith(f"/en{QUEUE}?")


def test_says_so_when_nothing_waits(officer):
    assert "Nothing waits for your unit" in page(officer, QUEUE)
    assert "No case fits these filters" in page(officer, f"{QUEUE}?clock=over")


@pytest.mark.parametrize("role", [Role.PLANNER, Role.SUPERVISOR, Role.ADMINISTRATOR])
def test_is_closed_to_who_handles_no_case(noon, role):
    town.asked(at=noon)

    answer = desk(actor(role, unit=town.HOUSING)).get(f"/en{QUEUE}")

    assert answer.status_code == 403


def test_tells_supervision_counts_and_what_rose_without_words(noon):
    late = town.asked(at=noon - timedelta(days=7), words=SECRET)
    town.taken(at=noon)
    escalating.escalate(by=system("tick"), at=noon, limit=100)
    answer = desk(town.supervisor()).get("/en/console/cases/overview/")
    text = said(answer)

    assert f"{town.HOUSING} 2 1 1 1 0 0" in text
    assert late.code in text
    assert SECRET not in main_of(answer)
    assert f"{QUEUE}{late.code}/" not in main_of(answer)
    assert not Look.objects.exists()
    assert desk(town.officer()).get("/en/console/cases/overview/").status_code == 403
