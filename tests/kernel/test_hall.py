"""A full house says so at once, in the reader's language, and has changed nothing; a place that is free is taken again."""

import json
from threading import Event, Thread

import pytest
from django.http import HttpResponse
from django.test import RequestFactory

from linli.kernel.hall import AT_SIDE, FULL, Hall
from linli.kernel.middleware import turn_away

PATIENCE = 60
requests = RequestFactory()


class House:
    """An application whose answers wait until they may come; it notes what it began."""

    def __init__(self):
        self.may, self.begun = Event(), []

    def __call__(self, environ, start):
        path, full = environ["PATH_INFO"], environ.get(FULL, False)
        if not full and path.startswith("/slow"):
            self.begun.append(path)
            assert self.may.wait(PATIENCE)
        if path == "/broken":
            raise ValueError(path)
        # What lies in memory is given to those too for whom there is no place.
        start("503 Service Unavailable" if full and path != "/kept" else "200 OK", [])
        return [path.encode()]


class Visit(Thread):
    """One who asks in a thread of the server's, and what they were told."""

    def __init__(self, hall, path, **brings):
        super().__init__(daemon=True)
        self.hall, self.environ, self.status = hall, {"PATH_INFO": path, **brings}, ""
        self.start()

    def run(self):
        def start(status, headers):
            self.status, self.headers = status[:3], dict(headers)

        self.body = b"".join(self.hall(self.environ, start))

    @property
    def told(self):
        self.join(PATIENCE)
        return self.status


def until(holds):
    """Wait for something that another thread does; the test's own limit ends it."""
    pause = Event()
    while not holds():
        pause.wait(0.005)


@pytest.fixture
def house():
    made = House()
    yield made
    made.may.set()


def full(house, *, room=4, **limits):
    """Return a hall whose one hand is busy and whose room has no place for the public, and who is in it."""
    hall = Hall(house, hands=1, room=room, **limits)
    inside = [Visit(hall, "/slow/1")]
    until(lambda: house.begun)
    for number in range(room - room // 4):
        inside.append(Visit(hall, f"/slow/{number + 2}"))
        until(lambda number=number: hall.waiting == number + 1)
    return hall, inside


def test_sends_away_who_finds_no_place_and_goes_on_with_the_others(house):
    hall, inside = full(house)

    assert [Visit(hall, "/slow/late").told for _ in range(3)] == ["503"] * 3
    assert Visit(hall, "/health").told == Visit(hall, "/kept").told == "200"
    assert house.begun == ["/slow/1"]

    house.may.set()
    assert [one.told for one in inside] == ["200"] * 4
    assert Visit(hall, "/slow/late").told == "200"
    assert sorted(house.begun) == ["/slow/1", "/slow/2", "/slow/3", "/slow/4", "/slow/late"]


def test_control_lets_them_queue_for_ever_where_the_room_has_no_end(house):
    hall = Hall(house, hands=1, room=10**6)
    crowd = [Visit(hall, f"/slow/{number}") for number in range(200)]

    until(lambda: hall.waiting == 199)
    assert {one.status for one in crowd} == {""}

    house.may.set()
    assert {one.told for one in crowd} == {"200"}


@pytest.mark.parametrize("brings", [{"HTTP_COOKIE": "a=b; sessionid=c"}, {"HTTP_AUTHORIZATION": "Bearer d"}])  # fmt: skip
def test_keeps_room_for_staff_and_takes_turns_with_them(house, brings):
    hall, inside = full(house)
    assert Visit(hall, "/slow/public", HTTP_COOKIE="linli_mode=dark").told == "503"

    inside.append(Visit(hall, "/slow/staff", **brings))
    until(lambda: hall.waiting == 4)
    assert Visit(hall, "/slow/staff-2", **brings).told == "503"  # theirs too has an end

    house.may.set()
    assert {one.told for one in inside} == {"200"}
    # They came last of five: whoever came first was before them, and not all others.
    assert house.begun.index("/slow/staff") == 1


def test_lets_nobody_wait_for_longer_than_makes_sense(house):
    hall = Hall(house, hands=1, patience=0.05)
    first = Visit(hall, "/slow/1")
    until(lambda: house.begun)

    assert Visit(hall, "/slow/2").told == "503"
    assert hall.waiting == 0

    house.may.set()
    assert first.told == "200"  # what is begun is ended, however long it takes
    assert house.begun == ["/slow/1"]


def test_answers_unread_when_the_side_door_is_full_too(house):
    """Each of them waits for memory that does not answer, as when the database hangs."""
    hanging = Event()

    def application(environ, start):
        hanging.wait(PATIENCE)
        return house(environ, start)

    hall = Hall(application, hands=1, room=0)
    crowd = [Visit(hall, "/kept") for _ in range(1 + AT_SIDE)]
    until(lambda: hall._busy + hall._at_side == 1 + AT_SIDE)

    late = Visit(hall, "/kept")
    assert late.told == "503"
    assert late.headers["Retry-After"] == "5"
    assert json.loads(late.body)["code"] == "busy"

    hanging.set()
    assert {one.told for one in crowd} == {"200"}
    assert Visit(hall, "/kept").told == "200"


def test_gives_an_error_to_whoever_asked_and_goes_on(house):
    hall = Hall(house, hands=1)

    for _ in range(3):
        with pytest.raises(ValueError, match="/broken"):
            hall({"PATH_INFO": "/broken"}, lambda *_: None)
    assert Visit(hall, "/kept").told == "200"


def test_lets_go_of_what_an_answer_holds_in_the_thread_that_took_it():
    closed = []

    class Answer(HttpResponse):
        def close(self):
            closed.append(self.content)
            super().close()

    hall = Hall(lambda environ, start: Answer("answer"), hands=1)

    assert hall({"PATH_INFO": "/"}, lambda *_: None) == [b"answer"]
    assert closed == [b"answer"]


@pytest.fixture
def asked(client):
    return lambda path, **said: client.get(path, **{FULL: True}, **said)


@pytest.mark.parametrize(
    ("path", "language", "words"),
    [
        ("/search/?q=x", "zh-hans", "请稍后再试"),
        ("/en/search/?q=x", "en", "Too much is asked for at this moment"),
        ("/console/", "en", "Too much is asked for at this moment"),
    ],
)
def test_says_to_people_that_it_is_full(asked, path, language, words):
    """No query is made for it: this test has no database."""
    answer = asked(path, headers={"Accept-Language": language})

    assert (answer.status_code, answer["Retry-After"]) == (503, "5")
    assert words in answer.content.decode()
    assert answer["Content-Security-Policy"]
    assert "Set-Cookie" not in answer


def test_says_to_programs_that_it_is_full(asked):
    answer = asked("/api/offers/sessions")

    assert (answer.status_code, answer["Retry-After"]) == (503, "5")
    assert answer["Content-Type"] == "application/problem+json"
    assert answer.json()["code"] == "busy"


def test_begins_nothing_when_it_is_full():
    begun = []
    guarded = turn_away(begun.append)

    assert guarded(requests.post("/ask/", {"words": "灯坏了"}, **{FULL: True})).status_code == 503
    assert begun == []
    guarded(requests.post("/ask/", {"words": "灯坏了"}))
    assert len(begun) == 1  # the control: there is a place


@pytest.mark.django_db
def test_gives_what_lies_in_memory_when_it_is_full(asked, client):
    """The first one is the control: what nobody has asked for yet lies nowhere."""
    assert asked("/privacy/").status_code == 503

    page = client.get("/privacy/")
    again = asked("/privacy/")
    assert (page.status_code, again.status_code) == (200, 200)
    assert again.content == page.content


@pytest.mark.django_db
def test_says_that_it_is_well_without_reading_every_migration(
    client, django_assert_max_num_queries
):
    client.get("/health")
    with django_assert_max_num_queries(3):
        assert client.get("/health").json()["status"] == "pass"
