"""What a town guarantees about languages, and where it is broken: hour by hour, told to everybody."""

from datetime import date, time, timedelta
from uuid import uuid4

import pytest
import time_machine
from django.db import DatabaseError, transaction
from hypothesis import given
from hypothesis import strategies as st

from linli.directory.actions.guarantees import GuaranteeDraft, end_guarantee, promise_language
from linli.directory.models import Change, LanguageGuarantee
from linli.directory.queries.guarantees import guarantees_kept, guarantees_of
from linli.directory.rules.guarantees import Promised, holes, kept_on
from linli.kernel.actors import Role
from linli.kernel.refusals import Refused
from tests.cases.console import desk, page, said, send
from tests.town import directory, guides
from tests.town.races import at_once
from tests.town.staff import actor

MONDAY = date(2026, 11, 23)
NINE, NOON, FIVE = time(9), time(12), time(17)


# The rule


@pytest.mark.parametrize(
    ("spans", "missing"),
    [
        ([], [(NINE, FIVE)]),
        ([(NINE, FIVE)], []),
        ([(time(8), time(18))], []),
        ([(NINE, NOON)], [(NOON, FIVE)]),
        ([(NOON, FIVE)], [(NINE, NOON)]),
        ([(time(13), FIVE), (NINE, NOON)], [(NOON, time(13))]),
        ([(time(6), time(7)), (time(18), time(20))], [(NINE, FIVE)]),
    ],
)
def test_finds_the_hours_without_anybody(spans, missing):
    assert holes(spans, NINE, FIVE) == missing


hours = st.integers(0, 23).map(time)
spans = st.lists(st.tuples(hours, hours).filter(lambda span: span[0] < span[1]), max_size=6)


@given(spans, st.tuples(hours, hours).filter(lambda span: span[0] < span[1]))
def test_counts_an_hour_as_spoken_or_as_missing_and_never_as_both(spoken, promised):
    missing = holes(spoken, *promised)
    for hour in map(time, range(24)):
        inside = promised[0] <= hour < promised[1]
        heard = any(begins <= hour < ends for begins, ends in spoken)
        assert any(begins <= hour < ends for begins, ends in missing) == (inside and not heard)


def works(day):
    return day.weekday() < 5 and day != MONDAY


@pytest.mark.parametrize(
    ("day", "state"),
    [
        (MONDAY, "holiday"),
        (MONDAY + timedelta(days=1), "broken"),
        (MONDAY + timedelta(days=5), "not_promised"),
        (MONDAY - timedelta(days=6), "not_promised"),  # before it begins
    ],
)
def test_says_how_a_day_without_anybody_stands(day, state):
    promised = Promised((0, 1, 2, 3, 4), NINE, FIVE, MONDAY)

    assert kept_on(promised, day, [], works).state == state


def test_keeps_a_day_on_which_two_stations_take_turns():
    promised = Promised((1,), NINE, FIVE, MONDAY)

    assert (
        kept_on(promised, date(2026, 11, 24), [(NINE, NOON), (NOON, FIVE)], works).state == "kept"
    )


# Promising and ending


def draft(**overrides):
    directory.area()
    given_ = {
        "area": "620200", "language": "ug", "weekdays": (4, 0, 1, 2, 3), "opens_at": NINE,
        "closes_at": FIVE, "begins_on": date(2026, 11, 1),
    }  # fmt: skip
    return GuaranteeDraft(**given_ | overrides)


def promised(*, at, **overrides):
    return promise_language(by=actor(), at=at, draft=draft(**overrides))


@pytest.mark.django_db
def test_promises_and_writes_it_down(noon):
    made = promised(at=noon)

    assert (made.area_id, made.language, made.weekdays, made.mode) == ("620200", "ug", "01234", "")
    assert (made.by_unit, made.at, made.ended_on) == (actor().unit, noon, None)
    change = Change.objects.get(thing=made.uuid)
    assert (change.verb, change.becomes["hours"]) == ("promised", "09:00–17:00")


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("by", "wrong", "code"),
    [
        (actor(Role.OFFICER), {}, "not_allowed"),
        (actor(), {"area": "999999"}, "unknown_area"),
        (actor(), {"language": "Uyghur"}, "unknown_language"),
        (actor(), {"mode": "by letter"}, "unknown_way_of_speaking"),
        (actor(), {"weekdays": ()}, "no_weekdays"),
        (actor(), {"weekdays": (7,)}, "no_weekdays"),
        (actor(), {"closes_at": NINE}, "closes_before_it_opens"),
    ],
)
def test_refuses_what_is_no_guarantee(noon, by, wrong, code):
    with pytest.raises(Refused) as refused:
        promise_language(by=by, at=noon, draft=draft(**wrong))

    assert refused.value.code == code
    assert (LanguageGuarantee.objects.count(), Change.objects.count()) == (0, 0)


@pytest.mark.django_db
def test_refuses_a_second_one_until_the_first_has_ended(noon):
    first = promised(at=noon)
    with pytest.raises(Refused, match="promised_already"):
        promised(at=noon, opens_at=time(8))
    assert LanguageGuarantee.objects.count() == 1
    promised(at=noon, mode="in_person")

    end_guarantee(by=actor(), at=noon, guarantee=first)
    promised(at=noon, opens_at=time(8))

    assert LanguageGuarantee.objects.filter(mode="").count() == 2


@pytest.mark.django_db
def test_ends_once_and_only_by_planners(noon):
    made = promised(at=noon)
    with pytest.raises(Refused, match="not_allowed"):
        end_guarantee(by=actor(Role.SUPERVISOR), at=noon, guarantee=made)
    assert LanguageGuarantee.objects.standing().count() == 1

    assert end_guarantee(by=actor(), at=noon, guarantee=made).ended_on == noon.date()
    with pytest.raises(Refused, match="ended_already"):
        end_guarantee(by=actor(), at=noon + timedelta(days=1), guarantee=made)
    made.refresh_from_db()
    assert made.ended_on == noon.date()


@pytest.mark.django_db(transaction=True)
def test_lets_one_guarantee_stand_when_two_promise_at_once(noon):
    directory.area()

    failures = at_once(2, lambda _: promised(at=noon))

    assert [one.code for one in failures] == ["promised_already"]
    assert LanguageGuarantee.objects.count() == 1


@pytest.mark.django_db
@pytest.mark.parametrize(
    "write",
    [
        lambda rows: rows.update(opens_at=time(10)),
        lambda rows: rows.update(language="bo"),
        lambda rows: rows.delete(),
    ],
)
def test_is_edited_by_nobody(noon, write):
    promised(at=noon)
    with pytest.raises(DatabaseError), transaction.atomic():
        write(LanguageGuarantee.objects.all())


# How it is kept


def spoken_at(name, *, at, days=range(5), language="ug", opens=NINE, closes=FIVE, **said_):
    return guides.station(
        name, at=at, languages=guides.spoken(language, *days),
        schedules=(guides.week(at=at, opens=opens, closes=closes),), **said_,
    )  # fmt: skip


def broken(at, **given_):
    (standing,) = guarantees_kept(guarantees_of(**given_), MONDAY, 7)
    return [(one.day.weekday(), list(one.holes)) for one in standing.broken]


@pytest.mark.django_db
def test_finds_weekdays_and_hours_that_are_not_covered(noon):
    promised(at=noon)
    spoken_at("祁连", at=noon, days=(0, 1, 2, 4))
    spoken_at("永乐", at=noon, days=(3,), closes=NOON)

    assert broken(noon) == [(3, [(NOON, FIVE)])]


@pytest.mark.django_db
def test_counts_only_what_was_promised(noon):
    promised(at=noon, mode="in_person")
    guides.station(
        "电话", at=noon, schedules=(guides.week(at=noon),),
        languages=guides.spoken("ug", *range(5), mode="phone"),
    )  # fmt: skip
    spoken_at("藏语", at=noon, language="bo")
    spoken_at("兰州", at=noon, area="620100")

    assert broken(noon) == [(day, [(NINE, FIVE)]) for day in range(5)]


@pytest.mark.django_db
def test_asks_three_questions_however_many_there_are(noon, django_assert_num_queries):
    for language in ("ug", "bo", "za"):
        promised(at=noon, language=language)
        for number in range(4):
            spoken_at(f"{language}{number}", at=noon, language=language)

    with django_assert_num_queries(3):
        assert [one.broken for one in guarantees_kept(guarantees_of(), MONDAY, 7)] == [[], [], []]


@pytest.mark.django_db
def test_asks_of_a_place_what_holds_there(noon):
    made = promised(at=noon)

    assert guarantees_of("620200") == guarantees_of("620201") == guarantees_of("620000") == [made]
    assert guarantees_of("620100") == guarantees_of("", "bo") == []


# The pages


@pytest.fixture
def at_noon(noon):
    with time_machine.travel(noon, tick=False):
        yield noon


@pytest.mark.django_db
def test_tells_everybody_what_is_guaranteed_and_where_it_is_broken(client, at_noon):
    promised(at=at_noon)
    spoken_at("祁连", at=at_noon, days=(0, 1, 2, 4))

    text = page(client, "/languages/")

    assert "What the town guarantees Uyghur" in text
    assert "Mon–Fri 09:00–17:00 at one station at least" in text
    assert "Thu 11-26 : nobody 09:00–17:00" in text
    spoken_at("永乐", at=at_noon, days=(3,))
    assert "kept in the coming week" in page(client, "/languages/")


@pytest.mark.django_db
def test_says_nothing_where_nothing_is_guaranteed(client, at_noon):
    assert "guarantees" not in page(client, "/languages/")


@pytest.mark.django_db
def test_lists_the_gaps_on_the_console_and_lets_planners_end(at_noon):
    made = promised(at=at_noon)
    planner, officer = desk(actor()), desk(actor(Role.OFFICER))

    text = page(officer, "/console/guarantees/")
    assert "10 gaps in the coming 14 days." in text
    assert "End it" not in text
    send(officer, f"/console/guarantees/{made.uuid}/end/", 403)
    send(planner, f"/console/guarantees/{uuid4()}/end/", 404)
    send(planner, f"/console/guarantees/{made.uuid}/end/")

    assert "Guaranteed until" in page(planner, "/console/guarantees/")
    assert LanguageGuarantee.objects.standing().count() == 0


@pytest.mark.django_db
def test_takes_a_guarantee_from_the_form(at_noon):
    directory.area()
    planner = desk(actor())
    typed = {
        "area": "620200", "language": "ug", "weekdays": ["0", "2"], "opens_at": "09:00",
        "closes_at": "12:00", "mode": "", "begins_on": "2026-11-23",
    }  # fmt: skip

    send(planner, "/console/guarantees/new/", 422)
    answer = send(planner, "/console/guarantees/new/", 422, **typed | {"closes_at": "08:00"})
    assert "It closes before it opens." in said(answer)
    assert LanguageGuarantee.objects.count() == 0
    send(planner, "/console/guarantees/new/", **typed)

    made = LanguageGuarantee.objects.get()
    assert (made.weekdays, made.closes_at, made.begins_on) == ("02", NOON, MONDAY)
