"""The desk: days of one's unit, what others did since one looked, and a mark that goes back."""

from datetime import date, timedelta

import pytest
from django.urls import reverse

from linli.kernel import markers
from linli.kernel.actors import Role
from linli.kernel.models import Marker, Staff
from linli.kernel.refusals import Refused
from linli.plans import actions
from linli.portal.workbench.changes import changes
from linli.portal.workbench.days import days
from linli.reports.actions.asked import lay_aside
from tests.town import cases as case_town
from tests.town import forms_asked
from tests.town import plans as town

pytestmark = pytest.mark.django_db
DESK = "/console/"


def officer(unit=town.LEAD, *, role=Role.OFFICER, username="x", name="甲"):
    return Staff.objects.create(
        username=username, name=name, role=role, unit=unit, password="long-enough-1"
    )


def told(by, at):
    return [(day.state, str(day.on), [due.words for due in day.things]) for day in days(by, at)]


def test_shows_the_days_of_the_own_unit_in_their_order(noon):
    measure = town.measure(at=noon)
    for title, due_on in (
        ("近", date(2026, 11, 23)), ("迟", date(2026, 11, 1)), ("远", date(2026, 11, 30)), ("后", date(2027, 3, 1)),
    ):  # fmt: skip
        task = town.promised_task(at=noon, measure=measure, title=title, due_on=due_on)
    actions.add_milestone(
        by=town.planner(), at=noon, task=task, title="步骤", due_on=date(2026, 11, 30)
    )

    assert told(town.officer(), noon) == [
        ("late", "2026-11-01", ["迟"]),
        ("soon", "2026-11-23", ["近"]),
        ("plain", "2026-11-30", ["远", "步骤"]),
    ]
    assert told(town.officer(town.OTHER), noon) == []


def test_shows_the_last_day_of_a_form_to_who_answers_it(noon):
    forms_asked.place()
    form = forms_asked.brought(due_on=date(2026, 11, 24))
    forms_asked.brought(asker="别人", due_on=date(2027, 3, 1))
    by = forms_asked.officer()

    assert told(by, noon) == [("soon", "2026-11-24", [form.title])]
    assert told(forms_asked.actor(Role.SUPERVISOR, unit=forms_asked.UNIT), noon) == []
    assert told(town.officer(town.OTHER), noon) == []
    lay_aside(by=by, at=noon, form=form, words="传错。")
    assert told(by, noon) == []


def test_counts_cases_and_names_none(noon):
    made = case_town.asked(at=noon)
    by = case_town.officer()
    later = noon + timedelta(days=30)

    due = [thing for day in days(by, later) for thing in day.things]
    assert [(one.address, one.ours) for one in due] == [(reverse("cases:queue"), True)]
    assert "1" in due[0].words
    assert made.code not in due[0].words
    assert days(case_town.supervisor(), later) == days(town.officer(town.OTHER), later) == []


def test_shows_what_others_did_since_then_and_not_ones_own_deeds(noon):
    task = town.promised_task(at=noon - timedelta(days=30))
    town.accepted(at=noon - timedelta(days=1), task=task)
    letter_at = noon - timedelta(hours=1)
    actions.send_notice(
        by=town.supervisor(), at=letter_at, task=town.promised_task(at=noon, title="另"),
        unit=task.lead, kind="remind", due_on=(noon + timedelta(days=5)).date(), words="请报告进展。",
    )  # fmt: skip
    by = town.officer()

    assert [one.about for one in changes(by, None, noon)] == ["另", task.title]
    assert [one.about for one in changes(by, letter_at - timedelta(minutes=1), noon)] == ["另"]
    assert changes(by, letter_at, noon) == []
    assert changes(town.officer(town.OTHER), None, noon) == []


@pytest.mark.parametrize("role", list(Role)[:5])
def test_asks_the_database_the_same_however_much_there_is(
    client, noon, role, django_assert_max_num_queries, time_machine
):
    time_machine.move_to(noon, tick=False)
    measure = town.measure(at=noon)
    for number in range(15):
        task = town.promised_task(
            at=noon, measure=measure, title=str(number), due_on=date(2026, 11, 25)
        )
        town.reported(at=noon, task=task, file=(b"x", f"{number}.txt", ""))
    client.force_login(officer(role=role))

    with django_assert_max_num_queries(44):
        assert client.get(DESK).status_code == 200


def test_writes_nothing_by_looking_and_marks_by_a_button(client, noon, time_machine):
    time_machine.move_to(noon, tick=False)
    client.force_login(officer())

    at = client.get(DESK).context["at"]
    assert not Marker.objects.exists()
    client.post(reverse("portal:mark", args=["desk"]), {"deed": "seen", "until": at})
    assert Marker.objects.get().until == noon
    client.post(reverse("portal:mark", args=["desk"]), {"deed": "undo"})
    assert not Marker.objects.exists()


@pytest.mark.parametrize("until", ["", "nonsense", "2026-13-45T00:00:00Z", "2026-11-21", "9999-12-31T23:59:59Z"])  # fmt: skip
def test_marks_no_later_than_now(client, noon, time_machine, until):
    time_machine.move_to(noon, tick=False)
    client.force_login(officer())

    client.post(reverse("portal:mark", args=["news"]), {"deed": "seen", "until": until})

    assert Marker.objects.get().until == noon


def test_goes_back_once_and_within_ten_minutes(noon):
    staff = officer()
    given = {"by": staff.actor, "staff": staff, "place": "desk"}
    later = noon + timedelta(hours=1)
    markers.mark_seen(**given, at=noon, until=noon)
    markers.mark_seen(**given, at=later, until=later)

    markers.unmark(**given, at=later + timedelta(minutes=10))
    assert Marker.objects.get().until == noon
    with pytest.raises(Refused) as refusal:
        markers.unmark(**given, at=later + timedelta(minutes=10))
    assert refusal.value.code == "too_late"
    markers.mark_seen(**given, at=later, until=later)
    with pytest.raises(Refused) as refusal:
        markers.unmark(**given, at=later + timedelta(minutes=10, seconds=1))
    assert refusal.value.code == "too_late"
    assert Marker.objects.get().until == later


def test_moves_nobody_elses_mark(noon):
    staff, other = officer(), officer(username="y", name="乙")

    for deed, more in ((markers.mark_seen, {"until": noon}), (markers.unmark, {})):
        with pytest.raises(Refused) as refusal:
            deed(by=other.actor, at=noon, staff=staff, place="desk", **more)
        assert refusal.value.code == "not_yours"
    assert not Marker.objects.exists()
