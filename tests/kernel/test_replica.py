"""Public pages are read at the replica while it is fit; everything else, and every write, is not."""

import pytest
from django.db import OperationalError, connections

from linli.kernel import replica
from linli.kernel.models import LookCount, Staff
from linli.kernel.replica import NAME, Router, Watch, from_replica
from linli.ui.kept import State, keep_pages, kept_while


class Line:
    """A first database and a replica, as far as a watch asks them."""

    def __init__(self):
        self.now, self.written, self.replayed, self.asked = 0.0, 100, 100, 0
        self.down = self.first_down = False
        self.watch = Watch(self.how_far, self.how_far_there, 10, lambda: self.now)

    def how_far(self):
        if self.first_down:
            raise OperationalError
        return self.written

    def how_far_there(self):
        self.asked += 1
        if self.down:
            raise OperationalError
        return self.replayed

    def fit(self, *, after=0.0):
        self.now += after
        return self.watch.fit()


@pytest.fixture
def line(settings, monkeypatch):
    made = Line()
    monkeypatch.setitem(settings.DATABASES, NAME, {})
    monkeypatch.setattr(replica, "watch", lambda: made.watch)
    return made


def where():
    return Router().db_for_read(Staff)


def test_is_fit_while_it_has_what_was_written(line):
    assert line.fit()
    line.written = 200
    assert line.fit(after=2)  # ten seconds are not over
    line.replayed = 200
    assert line.fit(after=2)
    assert line.fit(after=9)


def test_is_passed_by_when_it_is_behind_and_taken_again_when_it_is_not(line):
    assert line.fit()
    line.written = 200
    assert [line.fit(after=6), line.fit(after=6)] == [True, False]
    line.replayed = 200
    assert line.fit(after=2)


def test_falls_behind_even_when_it_is_always_a_little_further_than_before(line):
    """Under load it never has the very last word: it is judged by what was written when it was asked before."""
    for second in range(60):
        line.written, line.replayed = 1000 * (second + 1), 1000 * second + 500
        assert line.fit(after=1) or second == 0

    line.replayed = 0
    assert [line.fit(after=3) for _ in range(5)][-1] is False


def test_is_left_alone_for_a_while_when_it_is_down(line):
    assert line.fit()
    line.down = True
    assert not line.fit(after=1)
    asked = line.asked
    assert not line.fit(after=5)
    assert line.asked == asked
    line.down = False
    assert line.fit(after=6)


def test_is_no_replica_once_it_was_made_the_first(line):
    line.replayed = None
    assert not line.fit()


def test_serves_for_a_while_when_the_first_does_not_answer(line):
    assert line.fit()
    line.first_down = True
    assert line.fit(after=5)
    assert not line.fit(after=6)


def test_reads_there_for_as_long_as_the_deed_and_writes_nowhere_but_first(line):
    assert from_replica(lambda: (where(), Router().db_for_write(Staff))) == (NAME, "default")
    assert where() == "default"
    line.down = True
    line.now = 1
    assert from_replica(where) == "default"


def test_control_reads_at_the_first_where_no_replica_is_named(line, settings):
    del settings.DATABASES[NAME]
    assert from_replica(where) == "default"
    assert line.asked == 0


def test_makes_a_page_again_when_the_replica_fails_in_its_midst(line):
    made = []

    def page():
        made.append(where())
        if where() == NAME:
            raise OperationalError
        return "page"

    assert from_replica(page) == "page"
    assert made == [NAME, "default"]
    assert from_replica(where) == "default"  # and it is left alone


def test_makes_no_other_fault_twice(line):
    made = []

    def page():
        made.append(where())
        raise ValueError

    with pytest.raises(ValueError):  # noqa: PT011 - any at all
        from_replica(page)
    assert made == [NAME]
    assert where() == "default"


@pytest.mark.parametrize(
    ("method", "headers", "cookies", "expected"),
    [
        ("get", {}, {}, NAME),
        ("head", {}, {}, NAME),
        ("get", {}, {"sessionid": "somebody"}, "default"),
        ("get", {"Authorization": "Bearer x"}, {}, "default"),
        ("get", {"HX-Request": "true"}, {}, "default"),
        ("post", {}, {}, "default"),
    ],
)
def test_reads_there_what_everybody_gets_and_nothing_else(line, rf, method, headers, cookies, expected):  # fmt: skip
    read = []

    def view(_request):
        read.append(where())
        from django.http import HttpResponse

        return HttpResponse("page")

    def state():
        read.append(where())
        from datetime import UTC, datetime

        return State("mark", datetime.max.replace(tzinfo=UTC))

    request = getattr(rf, method)("/things/", headers=headers)
    request.COOKIES = cookies
    keep_pages(kept_while(state)(view))(request)

    assert {*read} == {expected}


@pytest.mark.django_db
def test_asks_the_database_it_names(line, monkeypatch, settings):
    """A row read there, and one written meanwhile: with Django's own rows and connections."""
    monkeypatch.setattr("django.db.router.routers", [Router()])
    asked = []
    first = connections["default"]
    monkeypatch.setitem(connections._settings if hasattr(connections, "_settings") else connections.settings, NAME, first.settings_dict)  # fmt: skip
    monkeypatch.setattr(connections._connections, NAME, first, raising=False)

    def page():
        asked.append(LookCount.objects.all().db)
        LookCount.objects.create(month="2026-11-01", by_role="clerk", by_unit="a", looks=1)
        asked.append(LookCount.objects.get().by_unit)

    from_replica(page)

    assert asked == [NAME, "a"]
    assert LookCount.objects.all().db == "default"
