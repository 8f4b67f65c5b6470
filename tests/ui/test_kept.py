"""Public pages kept in memory: for everybody or not at all, right or not at all, in bounded room."""

from datetime import UTC, datetime, timedelta

import pytest
from django.http import HttpResponse
from django.middleware.csrf import CsrfViewMiddleware, get_token
from django.test import RequestFactory
from hypothesis import given
from hypothesis import strategies as st

from linli.ui import kept
from linli.ui.kept import Pages, State, keep_pages, kept_while
from tests.architecture import source

NOON = datetime(2026, 11, 23, 4, tzinfo=UTC)
requests = RequestFactory()


class Site:
    """One page that says its number, counted up each time that it is made."""

    def __init__(self):
        self.state, self.made = State("a", NOON + timedelta(hours=5)), 0
        view = kept_while(lambda: self.state, "area")(self.view)
        self.handle = keep_pages(view)

    def view(self, request):
        self.made += 1
        return HttpResponse(f"page {self.made}")

    def get(self, path="/things/", cookies=None, **extra):
        request = requests.get(path, **extra)
        request.COOKIES = cookies or {}
        return self.handle(request)

    def is_kept(self, path="/things/", **extra):
        """Say whether the second one who asks so gets what the first one got."""
        return self.get(path, **extra).content == self.get(path, **extra).content


@pytest.fixture(autouse=True)
def clock(time_machine):
    time_machine.move_to(NOON, tick=False)


@pytest.fixture
def site():
    return Site()


def test_keeps_a_page_while_its_state_stands(site):
    assert [site.get().content for _ in range(3)] == [b"page 1"] * 3

    site.state = State("b", site.state.until)
    assert site.get().content == b"page 2"

    site.state = State("b", site.state.until + timedelta(days=1))
    assert site.get().content == b"page 3"


def test_keeps_nothing_of_an_unknown_state(site):
    site.state = None

    assert not site.is_kept()
    assert site.get()["Cache-Control"] == "private, no-store"


def test_asks_the_state_before_the_rows():
    """A change that is committed while the page is made must not lie under the state after it."""
    site = Site()
    view = site.view

    def changed_meanwhile(request):
        response = view(request)
        site.state = State("after", site.state.until)
        return response

    site.handle = keep_pages(kept_while(lambda: site.state)(changed_meanwhile))

    assert site.get().content == b"page 1"
    assert site.get().content == b"page 2"


def test_would_serve_half_a_change_if_it_asked_after_the_rows():
    """The control of the test above."""
    site = Site()
    view = site.view

    def told_too_late(request):
        response = view(request)
        site.state = State("after", site.state.until)
        request.META["linli.kept"] = kept._Told(lambda: site.state, site.state)
        return response

    site.handle = keep_pages(told_too_late)

    assert site.is_kept()


@pytest.mark.parametrize(
    "cookies", [{}, {"csrftoken": "x" * 32}, {"mode": "elder"}, {"wm": "horizontal", "keys": "off"}]
)
def test_keeps_for_whoever_gets_what_all_get(site, cookies):
    assert site.is_kept(cookies=cookies)


@pytest.mark.parametrize("name", ["sessionid", "messages", "asking", "anything"])
def test_keeps_nothing_for_who_brings_a_cookie_of_their_own(site, name):
    site.get()

    assert not site.is_kept(cookies={name: "canary"})
    assert site.get(cookies={name: "canary"})["Cache-Control"] == "private, no-store"
    assert "ETag" not in site.get(cookies={name: "canary"})


@pytest.mark.parametrize(
    "extra",
    [{"headers": {"Authorization": "Bearer x"}}, {"headers": {"HX-Request": "true"}}],
)
def test_keeps_nothing_for_programs_and_parts_of_pages(site, extra):
    assert not site.is_kept(**extra)


@pytest.mark.parametrize("query", ["q=canary", "q=canary&q=", "area=1&name=canary"])
def test_keeps_nothing_that_somebody_typed(site, query):
    site.get(f"/things/?{query}")

    assert len(kept.pages) == 0
    assert site.is_kept("/things/?area=1&q=")  # the control


def test_tells_looks_hosts_and_addresses_apart(site):
    answers = [
        site.get(),
        site.get(cookies={"mode": "elder"}),
        site.get(headers={"host": "localhost"}),
        site.get("/things/?area=1"),
        site.get("/en/things/"),
        site.get(secure=True),
    ]

    assert len({answer.content for answer in answers}) == 6
    assert len({answer["ETag"] for answer in answers}) == 6


def test_keeps_no_answer_that_gives_a_cookie(site):
    def view(request):
        response = HttpResponse("page")
        response.set_cookie("canary", "x")
        return response

    site.handle = keep_pages(kept_while(lambda: site.state)(view))

    answer = site.get()
    assert len(kept.pages) == 0
    assert answer["Cache-Control"] == "private, no-store"
    assert "ETag" not in answer


@pytest.mark.parametrize("cookies", [{}, {"csrftoken": "a" * 32}])
def test_keeps_no_page_with_somebodys_token(site, cookies):
    def view(request):
        return HttpResponse(f"<input value={get_token(request)}>")

    site.handle = keep_pages(CsrfViewMiddleware(kept_while(lambda: site.state)(view)))

    first, second = site.get(cookies=cookies), site.get(cookies=cookies)
    assert first.content != second.content
    assert len(kept.pages) == 0


@pytest.mark.parametrize("status", [302, 404, 422, 500])
def test_keeps_only_what_went_well(site, status):
    site.handle = keep_pages(
        kept_while(lambda: site.state)(lambda _request: HttpResponse(status=status))
    )

    site.get()

    assert len(kept.pages) == 0


def test_keeps_nothing_that_was_sent(site):
    assert site.handle(requests.post("/things/")).content == b"page 1"
    assert site.handle(requests.post("/things/")).content == b"page 2"
    assert len(kept.pages) == 0


def test_keeps_nothing_while_templates_are_being_written(site, settings):
    settings.DEBUG = True

    assert not site.is_kept()


def test_answers_304_from_memory_and_anew(site):
    tag = site.get()["ETag"]

    again = site.get(headers={"if-none-match": tag})
    kept.pages.forget()
    anew = site.get(headers={"if-none-match": tag})

    assert [again.status_code, anew.status_code, site.made] == [304, 304, 1]
    assert again["ETag"] == anew["ETag"] == tag
    assert again["Cache-Control"] == anew["Cache-Control"] == "public, max-age=60"
    assert len(kept.pages) == 0  # 304 has no page in it


def test_lets_no_browser_show_a_page_past_its_moment(site, time_machine):
    assert site.get()["Cache-Control"] == "public, max-age=60"

    time_machine.move_to(site.state.until - timedelta(seconds=7), tick=False)
    assert site.get()["Cache-Control"] == "public, max-age=7"

    time_machine.move_to(site.state.until, tick=False)
    assert site.get()["Cache-Control"] == "public, max-age=0"


def test_counts_the_address_too_for_it_may_be_longer_than_the_page():
    pages = Pages(1000)
    for number in range(100):
        page = kept._Page(None, "", b"", {"ETag": "x" * 96}, None)
        pages.keep((f"/things/?area={number:086}",), page)

    assert len(pages) == 5


@given(st.lists(st.tuples(st.integers(0, 6), st.integers(0, 400)), max_size=60))
def test_takes_no_more_room_than_it_has(deeds):
    pages = Pages(1000)
    asked = []
    for name, size in deeds:
        page = kept._Page(None, "", b"x" * size, {}, None)
        pages.keep((str(name),), page)
        asked = [one for one in asked if one != name] + [name]
        assert pages.find((str(name),)) is page

    sizes = [len(page.body) + len(name) for (name,), page in pages._pages.items()]
    assert sum(sizes) == pages._taken <= 1000
    assert list(pages._pages) == [(str(name),) for name in asked[len(asked) - len(pages) :]]


def test_keeps_pages_of_no_case_no_desk_and_no_form():
    """Whoever adds a page here must know that everybody gets the same."""
    import ast

    views = {
        f"{path.parts[-3]}.{path.stem}.{node.name}"
        if path.stem != "views"
        else f"{path.parent.name}.{node.name}"
        for path in source.modules()
        if "kept_while" in path.read_text(encoding="utf-8")
        for node in source.functions(path)
        for decorator in node.decorator_list
        if "kept_while" in ast.unparse(decorator)
    }

    assert views == {
        "atlas.access.access",
        "atlas.access.access_csv",
        "atlas.access.access_more",
        "atlas.access.access_week",
        "directory.languages.languages",
        "directory.public.service",
        "directory.public.service_slip",
        "directory.public.services",
        "directory.stations.station",
        "directory.stations.station_list",
        "dropped.dropped",
        "funds.funds_public.fund",
        "funds.funds_public.funds",
        "funds.places_public.place",
        "funds.projects_public.programme",
        "funds.projects_public.programme_money",
        "funds.projects_public.project",
        "funds.projects_public.project_money",
        "funds.projects_public.projects",
        "funds.then_public.then",
        "funds.totals_public.total",
        "funds.totals_public.total_data",
        "funds.totals_public.total_of_all",
        "handbook.handbook",
        "handbook.handbook_role",
        "linli.homing.home",
        "linli.newcomers.newcomers",
        "linli.newcomers.to_take_along",
        "portal.accessibility",
        "portal.privacy",
        "reference.reference",
        "reports.asked_public.public_form",
        "reports.asked_public.public_forms",
        "reports.written.written",
        "reports.written.written_compare",
        "reports.written.written_edition",
        "reports.written.written_list",
        "reports.written.written_since",
        "status.status",
        "tour.tour",
        "tour.tours",
        "trace.food_public.food",
        "trace.food_public.food_squares",
        "trace.food_public.premises",
        "trace.lookup.box",
        "trace.lookup.lookup",
        "trace.signed_answers.signed_answer",
    }
