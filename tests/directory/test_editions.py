"""Kept pages of the directory: an edit shows at once, whoever made it; "open now" is right to the second."""

import threading
from datetime import UTC, date, datetime, time, timedelta

import pytest
from django.db import connection, transaction
from hypothesis import given
from hypothesis import strategies as st

from linli.directory import actions
from linli.directory.actions import TermDraft, deeds
from linli.directory.actions.entries import rebuild_entries
from linli.directory.queries.standing import standing_directory
from linli.directory.rules.turning import next_turn
from linli.kernel.actors import Role, system
from linli.kernel.editions import edition_of, new_edition
from linli.kernel.refusals import Refused
from linli.ui.kept import pages
from tests.town import directory
from tests.town import guides as town
from tests.town.staff import account, actor

MONDAY = datetime(2026, 11, 23, 2, 0, tzinfo=UTC)  # ten in the morning in Shanghai
PAGES = ("/", "/services/", "/services/?free=on", "/stations/", "/languages/", "/privacy/")


@pytest.fixture(autouse=True)
def clock(time_machine):
    return time_machine.move_to(MONDAY, tick=False)


@pytest.fixture
def service(noon):
    service = town.service("创业担保贷款", at=noon)
    place = town.station(at=noon, schedules=(town.week(at=noon),), languages=town.spoken("ug", 0))
    town.offer(service, place, at=noon)
    return service


def text(client, address):
    answer = client.get(address)
    assert answer.status_code == 200
    return answer.content.decode()


def elsewhere(deed):
    """Do something over a connection of its own, as another process does: our memory hears nothing of it."""

    def act():
        try:
            deed()
        finally:
            connection.close()

    thread = threading.Thread(target=act)
    thread.start()
    thread.join()


@pytest.mark.django_db(transaction=True)
def test_shows_an_edit_of_another_process_at_once(client, service, noon):
    address = f"/en/services/{service.code}/"
    assert "ended" not in text(client, address)

    elsewhere(lambda: actions.end_service(by=actor(), at=noon, service=service))

    assert "no longer offered" in text(client, address)


@pytest.mark.django_db(transaction=True)
def test_would_show_an_old_page_without_a_new_edition(client, service, noon, monkeypatch):
    """The control: it is the edition that lets a kept page go, nothing else."""
    address = f"/en/services/{service.code}/"
    text(client, address)
    monkeypatch.setattr(deeds, "new_edition", lambda name: None)

    elsewhere(lambda: actions.end_service(by=actor(), at=noon, service=service))

    assert "no longer offered" not in text(client, address)
    pages.forget()
    assert "no longer offered" in text(client, address)


@pytest.mark.django_db(transaction=True)
def test_shows_an_edit_that_was_under_way_when_the_page_was_kept(client, service, noon):
    """The page made while the edit was not committed yet lies under the edition before it."""
    address = f"/en/services/{service.code}/"
    written, looked = threading.Event(), threading.Event()

    def edit():
        with transaction.atomic():
            actions.end_service(by=actor(), at=noon, service=service)
            written.set()
            looked.wait(10)
        connection.close()

    editor = threading.Thread(target=edit)
    editor.start()
    assert written.wait(10)
    before = text(client, address)
    looked.set()
    editor.join()

    assert "no longer offered" not in before
    assert "no longer offered" in text(client, address)


@pytest.mark.django_db
def test_asks_one_query_for_a_kept_page(client, service, django_assert_num_queries):
    """The way in shows promises, reports and recalls: what they stand at is asked in two."""
    queries = {"/": 2, "/privacy/": 0}
    for address in (*PAGES, f"/services/{service.code}/", f"/services/{service.code}/slip/"):
        first = text(client, address)
        with django_assert_num_queries(queries.get(address, 1)):
            assert text(client, address) == first, address
    assert len(pages) == 8


@pytest.mark.django_db
def test_gives_a_kept_page_every_header_of_a_new_one(client, service):
    made, kept = (client.get(f"/services/{service.code}/") for _ in range(2))

    assert not hasattr(kept.wsgi_request, "user")  # the control: nobody was asked who that is
    assert kept.headers == made.headers
    assert "nonce" not in made.headers["Content-Security-Policy"]  # it would be the same for all
    assert {"Permissions-Policy", "X-Frame-Options", "Content-Language"} <= made.headers.keys()


@pytest.mark.django_db
def test_keeps_nothing_of_a_directory_that_nobody_wrote(client):
    assert client.get("/services/")["Cache-Control"] == "private, no-store"
    assert len(pages) == 0


@pytest.mark.django_db
def test_keeps_nothing_that_staff_see(client, service):
    for address in PAGES:
        client.get(address)
    kept = len(pages)
    everybodys = text(client, "/services/")

    client.force_login(account())
    mine = text(client, "/services/")

    assert "/account/logout/" in mine
    assert "/account/logout/" not in everybodys
    assert len(pages) == kept == len(PAGES)
    client.logout()
    assert text(client, "/services/") == everybodys


@pytest.mark.django_db
def test_gives_a_search_no_place_in_memory(client, service):
    client.get("/services/", {"q": "创业担保"})
    client.get("/services/", {"q": "创业担保", "open": "on"})
    client.get(f"/services/{service.code}/for-you/")

    assert len(pages) == 0


@pytest.mark.django_db
def test_says_open_and_closed_to_the_second(client, service, time_machine):
    address = f"/en/services/{service.code}/"
    closing = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)  # 17:00 in Shanghai
    assert "open now" in text(client, address)

    time_machine.move_to(closing - timedelta(seconds=1), tick=False)
    answer = client.get(address)
    assert "open now" in answer.content.decode()
    assert answer["Cache-Control"] == "public, max-age=1"

    time_machine.move_to(closing, tick=False)
    assert "closed now" in text(client, address)

    time_machine.move_to(datetime(2026, 11, 24, 1, 0, tzinfo=UTC), tick=False)
    assert "open now" in text(client, address)


@pytest.mark.django_db
def test_counts_the_days_since_somebody_looked(client, service, time_machine):
    address = f"/en/services/{service.code}/"
    assert "Checked recently." in text(client, address)

    time_machine.move_to(MONDAY + timedelta(days=200), tick=False)

    assert "Nobody has checked this" in text(client, address)


@pytest.mark.django_db
def test_gives_a_new_edition_with_every_verb(noon):
    """Whoever adds a verb to the directory adds it here: without a new edition old pages would stay."""
    seen = {edition_of("directory")}
    done = set()

    def do(verb, **said):
        outcome = getattr(actions, verb)(by=actor(), at=noon, **said)
        mark = edition_of("directory")
        assert mark not in seen, verb
        seen.add(mark)
        done.add(verb)
        return outcome

    directory.area()
    service, place = _places_and_services(do)
    _units_and_words(do)
    with actions.together(by=actor(), at=noon):
        actions.assure_service(by=actor(), at=noon + timedelta(days=1), service=service)
        actions.assure_location(by=actor(), at=noon + timedelta(days=1), location=place)
    assert edition_of("directory") not in seen
    seen.add(edition_of("directory"))
    rebuild_entries(by=system("test"), at=noon)
    assert edition_of("directory") not in seen

    # import_package goes by `together`; what it does are these verbs.
    verbs = {name for name in actions.__all__ if name.islower()} - {"together", "import_package"}
    assert done == verbs


def _places_and_services(do):
    from linli.directory.actions import (
        LocationDraft,
        OfferDraft,
        OrganizationDraft,
        ServiceDraft,
    )

    body = do("add_organization", draft=OrganizationDraft(name="民政局", area="620200"))
    renamed = OrganizationDraft(name="市民政局", area="620200")
    body = do("amend_organization", organization=body, draft=renamed)
    given = {"organization": body.uuid, "area": "620200", "kind": "station", "address": "和平路"}
    place = do("open_location", draft=LocationDraft(name="雄关站", **given))
    place = do("amend_location", location=place, draft=LocationDraft(name="雄关街道站", **given))
    draft = ServiceDraft(organization=body.uuid, name="高龄津贴")
    service = do("add_service", draft=draft)
    draft = ServiceDraft(organization=body.uuid, name="高龄津贴申领")
    service = do("amend_service", service=service, draft=draft)
    said = {"service": service.uuid, "location": place.uuid}
    offer = do("offer_service", draft=OfferDraft(**said))
    offer = do("amend_offer", offer=offer, draft=OfferDraft(window="3号", **said))
    do("drop_offer", offer=offer)
    other = do("add_service", draft=ServiceDraft(organization=body.uuid, name="婚姻登记"))
    do("end_service", service=other)
    there = do("open_location", draft=LocationDraft(name="胜利站", **given))
    do("close_location", location=there, on=MONDAY.date())
    empty = do("add_organization", draft=OrganizationDraft(name="司法局", area="620200"))
    do("close_organization", organization=empty, on=MONDAY.date())
    return service, place


def _units_and_words(do):
    from linli.directory.actions import UnitDraft
    from linli.directory.rules.areas import AreaRecord

    area = directory.area()
    unit = do("open_unit", draft=UnitDraft(name="民政局", kind="office", area=area))
    do("amend_unit", unit=unit, draft=UnitDraft(name="市民政局", kind="office", area=area))
    do("close_unit", unit=unit, on=MONDAY.date())
    word = do("write_term", draft=TermDraft("theme", "work", "就业"))
    do("close_term", term=word)
    do("take_in_areas", records=[AreaRecord("620000", "甘肃省", 1949, None)])
    assure(do)


def assure(do):
    from linli.directory.models import Location, Service

    do("assure_service", service=Service.objects.get(name="高龄津贴申领"))
    do("assure_location", location=Location.objects.get(name="雄关街道站"))


@pytest.mark.django_db
def test_keeps_the_edition_when_nothing_was_written(noon, service):
    mark = edition_of("directory")

    with pytest.raises(Refused, match="not_allowed"):
        actions.end_service(by=actor(Role.OFFICER, unit="司法局"), at=noon, service=service)

    assert edition_of("directory") == mark


@pytest.mark.django_db
def test_gives_each_edition_a_mark_of_its_own():
    assert edition_of("one") == ""
    marks = []
    for _ in range(3):
        new_edition("one")
        marks.append(edition_of("one"))
    new_edition("two")

    assert len({*marks, "", edition_of("two")}) == 5
    assert edition_of("one") == marks[-1]


@pytest.mark.django_db
def test_tells_the_directory_by_its_edition_and_the_next_turn(noon, service):
    state = standing_directory()

    assert state.mark == edition_of("directory")
    assert state.until == datetime(2026, 11, 23, 9, 0, tzinfo=UTC)


@given(
    st.lists(st.times(), max_size=6).map(sorted),
    st.dates(date(2020, 1, 1), date(2030, 1, 1)),
    st.times(),
)
def test_turns_next_at_the_first_hour_after_now_or_at_midnight(turns, day, hour):
    at = datetime.combine(day, hour, UTC)
    turn = next_turn(turns, at)

    assert at < turn <= datetime.combine(day + timedelta(days=1), time(), UTC)
    assert turn.time() in {*turns, time()}
    assert not [one for one in turns if at < datetime.combine(day, one, UTC) < turn]
