"""Contests: what is sent in is of nobody; the jury sees numbers; only who holds the mark shows, hides or fetches."""

from datetime import timedelta

import pytest
from django.apps import apps
from django.db import IntegrityError, connection, transaction
from django.db.utils import DatabaseError
from django.utils.timezone import localdate

from linli.kernel.actors import HOLDER, Role
from linli.kernel.keystore import store
from linli.kernel.refusals import Refused
from linli.offers.actions import contests, entering
from linli.offers.events import Collected, Judged
from linli.offers.models import Contest, Entry, Mark
from linli.offers.queries import works
from tests.town import culture, offers

pytestmark = pytest.mark.django_db


@pytest.fixture
def contest(noon):
    return culture.contest(at=noon)


def refused(code, deed):
    with pytest.raises(Refused) as caught, transaction.atomic():
        deed()
    return caught.value.code == code


def rows():
    """All rows of all tables, by table."""
    return {
        model._meta.db_table: sorted(map(repr, model._base_manager.order_by().values_list()))
        for model in apps.get_models()
    }


def changed(before):
    return {table for table, now in rows().items() if now != before[table]}


class TestSendIn:
    def test_gives_a_number_and_a_mark_that_opens(self, contest, noon):
        entry, mark = culture.sent(contest, at=noon)

        assert entries_of(contest) == [entry.number]
        assert 10_000 <= entry.number <= 99_999
        assert entering.own(at=noon, contest=contest, number=entry.number, mark=mark) == entry
        (shown,) = works.opened([entry], contest, noon)
        assert (shown.title, shown.words) == ("我的邻居", "楼下的灯总是亮着。")

    def test_writes_one_row_that_says_neither_who_nor_when(self, contest, noon):
        before = rows()

        _entry, mark = culture.sent(contest, at=noon)

        assert changed(before) == {"offers_entry"}
        said = "".join("".join(table) for table in rows().values())
        assert mark not in said
        assert mark.replace(" ", "") not in said
        assert "楼下" not in said

    def test_control_sees_a_row_beside_it(self, contest, noon):
        before = rows()
        culture.sent(contest, at=noon)
        offers.offer(at=noon)

        assert changed(before) == {"offers_entry", "offers_offer"}

    @pytest.mark.parametrize(
        ("code", "work"),
        [
            ("unknown_kind", {"kind": "film"}),
            ("no_title", {"title": " "}),
            ("no_words", {"words": " "}),
            ("words_too_long", {"words": "字" * 8001}),
            ("no_file", {"kind": "image"}),
            ("no_file", {"kind": "audio", "file": culture.rebuilt(b"x", "image/png")}),
            ("no_file", {"kind": "image", "file": culture.rebuilt(b"x", "application/pdf")}),
            ("no_file", {"kind": "text", "file": culture.rebuilt(b"x")}),
        ],
    )
    def test_refuses(self, contest, noon, code, work):
        assert refused(code, lambda: culture.sent(contest, at=noon, **work))
        assert Entry.objects.count() == 0

    def test_refuses_after_the_end_and_what_is_not_offered(self, contest, noon):
        assert refused("too_late", lambda: culture.sent(contest, at=contest.closes_at))
        hidden = culture.contest(at=noon, published=False)
        assert refused("no_contest", lambda: culture.sent(hidden, at=noon))
        assert Entry.objects.count() == 0

    def test_refuses_a_supervisor(self, contest, noon):
        work = entering.Work(kind="text", title="一", words="二")
        by = culture.judge(role=Role.SUPERVISOR)
        assert refused(
            "not_allowed", lambda: entering.send_in(by=by, at=noon, contest=contest, work=work)
        )

    def test_says_when_no_number_is_left(self, contest, noon, monkeypatch):
        taken = culture.sent(contest, at=noon).entry.number
        monkeypatch.setattr(entering.secrets, "randbelow", lambda _: taken - 10_000)

        assert refused("no_number", lambda: culture.sent(contest, at=noon))
        assert Entry.objects.count() == 1


def entries_of(contest):
    return list(contest.entries.values_list("number", flat=True))


class TestOwn:
    def test_opens_for_no_other_mark(self, contest, noon):
        entry, mark = culture.sent(contest, at=noon)
        other, _ = culture.sent(contest, at=noon)
        last = noon + timedelta(days=100)

        for number, typed, at in (
            (other.number, mark, noon),
            (entry.number, "0" * 16, noon),
            (9, mark, noon),
            (entry.number, mark, last),
        ):
            assert refused(
                "wrong_mark",
                lambda number=number, typed=typed, at=at: entering.own(
                    at=at, contest=contest, number=number, mark=typed
                ),
            )

    def test_hangs_and_takes_down_at_once(self, contest, noon):
        entry, _mark = culture.sent(contest, at=noon)
        culture.judged(contest, {entry: 80}, at=contest.closes_at)
        contest.refresh_from_db()
        assert not works.on_wall(contest).exists()

        entering.hang(at=noon, entry=entry)
        assert list(works.on_wall(contest)) == [entry]
        assert Entry.objects.get().shown_on == localdate(noon)

        entering.take_down(at=noon, entry=entry)
        assert not works.on_wall(contest).exists()

    def test_takes_back_for_good(self, contest, noon, settings, django_capture_on_commit_callbacks):
        work = {"kind": "image", "words": "", "file": culture.rebuilt(), "shown": True}
        entry, mark = culture.sent(contest, at=noon, **work)
        assert works.file_of(entry, contest, noon) == culture.rebuilt().data
        digest = entry.digest
        assert (settings.MEDIA_ROOT / "sealed" / digest[:2] / digest).exists()

        with django_capture_on_commit_callbacks(execute=True):
            entering.take_back(at=noon, entry=entry)

        kept = Entry.objects.get()
        assert (kept.title, kept.words, kept.digest, kept.shown_on) == (None, None, "", None)
        assert store().key(entry.code) is None
        assert works.opened([entry], contest, noon) == []
        assert not (settings.MEDIA_ROOT / "sealed" / digest[:2] / digest).exists()
        for again in (entering.take_back, entering.hang, entering.take_down):
            assert refused("gone", lambda again=again: again(at=noon, entry=entry))
        assert refused(
            "wrong_mark",
            lambda: entering.own(at=noon, contest=contest, number=entry.number, mark=mark),
        )


class TestPurge:
    def test_empties_on_the_last_day_and_keeps_the_count(
        self, contest, noon, django_capture_on_commit_callbacks
    ):
        entry, _mark = culture.sent(contest, at=noon, shown=True)
        last = noon + timedelta(days=100)
        assert entering.purge_entries(at=last - timedelta(days=1)) == 0

        with django_capture_on_commit_callbacks(execute=True):
            assert entering.purge_entries(at=last) == 1

        assert entering.purge_entries(at=last) == 0
        assert store().key(entry.code) is None
        assert Entry.objects.get().purged_on == localdate(last)

    def test_goes_by_the_key_store_alone_were_the_purge_never_run(self, contest, noon):
        entry, _mark = culture.sent(contest, at=noon)

        store().destroy_due(localdate(noon) + timedelta(days=99))
        assert store().key(entry.code) is not None
        store().destroy_due(localdate(noon) + timedelta(days=100))
        assert works.opened([entry], contest, noon) == []

    def test_is_for_the_calendar_alone(self, noon):
        assert refused("not_allowed", lambda: entering.purge_entries(by=HOLDER, at=noon))


class TestCall:
    @pytest.mark.parametrize(
        ("code", "terms"),
        [
            ("unknown_kind", {"kinds": ()}),
            ("unknown_kind", {"kinds": ("film",)}),
            ("days_wrong", {"days": 0}),
            ("days_wrong", {"kept": 10}),
            ("days_wrong", {"kept": 411}),
            ("prizes_wrong", {"prizes": 0}),
            ("prizes_wrong", {"prizes": 101}),
        ],
    )
    def test_refuses(self, noon, code, terms):
        assert refused(code, lambda: culture.contest(at=noon, **terms))
        assert Contest.objects.count() == 0

    def test_refuses_a_course_a_second_call_and_another_unit(self, contest, noon):
        terms = contests.Terms(
            kinds=["text"],
            closes_at=noon + timedelta(1),
            shown_until=localdate(noon) + timedelta(9),
        )

        def call(offer, by=None):
            by = by or offers.officer()
            return lambda: contests.call_for_works(by=by, at=noon, offer=offer, terms=terms)

        assert refused("no_contest", call(offers.offer(at=noon)))
        assert refused("called_already", call(contest.offer))
        assert refused("not_own_unit", call(contest.offer, offers.officer("别的局")))
        assert refused("not_allowed", call(contest.offer, culture.judge(role=Role.CLERK)))

    def test_keeps_works_no_longer_than_was_said(self, contest):
        later = Contest.objects.filter(pk=contest.pk)

        with pytest.raises(DatabaseError, match="no longer"), transaction.atomic():
            later.update(shown_until=contest.shown_until + timedelta(days=1))


class TestJudge:
    @pytest.fixture
    def entry(self, contest, noon):
        return culture.sent(contest, at=noon).entry

    def judge(self, entry, at, points=80, by=None, words=""):
        by = by or culture.judge()
        return contests.judge(by=by, at=at, entry=entry, points=points, words=words)

    def test_lets_a_judge_think_again(self, contest, entry):
        self.judge(entry, contest.closes_at, 80)
        self.judge(entry, contest.closes_at, 90, words="笔力好。")
        self.judge(entry, contest.closes_at, 70, by=culture.judge("评委乙"))

        given = Mark.objects.order_by("by_name").values_list("by_name", "points", "words")
        assert set(given) == {("评委甲", 90, "笔力好。"), ("评委乙", 70, "")}

    def test_gives_one_mark_for_each_judge_by_the_database(self, contest, entry):
        mark = self.judge(entry, contest.closes_at)
        mark.pk = None

        with pytest.raises(IntegrityError), transaction.atomic():
            mark.save(force_insert=True)

    def test_refuses(self, contest, entry, noon):
        end = contest.closes_at
        other = culture.judge(unit="别的局")
        keeper = culture.judge(role=Role.ADMINISTRATOR)
        assert refused("not_closed", lambda: self.judge(entry, noon))
        assert refused("points_wrong", lambda: self.judge(entry, end, 101))
        assert refused("points_wrong", lambda: self.judge(entry, end, -1))
        assert refused("words_too_long", lambda: self.judge(entry, end, words="字" * 241))
        assert refused("not_own_unit", lambda: self.judge(entry, end, by=other))
        assert refused("not_allowed", lambda: self.judge(entry, end, by=keeper))
        contests.set_aside(by=offers.officer(), at=noon, entry=entry, why="广告")
        assert refused("set_aside", lambda: self.judge(entry, end))
        assert Mark.objects.count() == 0

    def test_refuses_what_was_taken_back(self, contest, entry):
        entering.take_back(at=contest.closes_at, entry=entry)
        assert refused("gone", lambda: self.judge(entry, contest.closes_at))

    def test_shows_the_judge_numbers_in_an_order_of_their_own(self, contest, noon):
        for _ in range(8):
            culture.sent(contest, at=noon)
        orders = [
            [
                one.work.entry.number
                for one in works.before_judge(contest, culture.judge(name), noon)
            ]
            for name in ("评委甲", "评委乙")
        ]
        assert sorted(orders[0]) == sorted(orders[1]) == entries_of(contest)
        assert orders[0] != orders[1] or len(orders[0]) < 2


class TestResult:
    def test_gives_places_to_who_won_and_shares_them_openly(self, contest, noon):
        one, two, three = (culture.sent(contest, at=noon).entry for _ in range(3))

        placed = culture.judged(contest, {one: 90, two: 90, three: 10}, at=contest.closes_at)

        assert {(p.number, p.place, p.shared) for p in placed} == {
            (one.number, 1, True), (two.number, 1, True), (three.number, 3, False),
        }  # fmt: skip
        assert set(Entry.objects.values_list("number", "place")) == {
            (one.number, 1), (two.number, 1), (three.number, None),
        }  # fmt: skip

    def test_refuses_until_every_judge_has_judged_all(self, contest, noon):
        one, two = (culture.sent(contest, at=noon).entry for _ in range(2))
        end = contest.closes_at

        def tell(by=None):
            by = by or offers.officer()
            return lambda: contests.tell_result(by=by, at=end, contest=contest)

        assert refused("not_all_judged", tell())
        contests.judge(by=culture.judge(), at=end, entry=one, points=1)
        assert refused("not_all_judged", tell())
        assert refused("not_own_unit", tell(offers.officer("别的局")))
        assert refused(
            "not_closed",
            lambda: contests.tell_result(by=offers.officer(), at=noon, contest=contest),
        )
        assert Contest.objects.get().judged_at is None
        contests.set_aside(by=offers.officer(), at=end, entry=two, why="写了姓名")
        tell()()
        assert refused("judged", tell())
        assert refused(
            "judged", lambda: contests.judge(by=culture.judge(), at=end, entry=one, points=2)
        )

    def test_lets_nobody_judge_after_the_result_by_the_database(self, contest, noon):
        entry = culture.sent(contest, at=noon).entry
        culture.judged(contest, {entry: 5}, at=contest.closes_at)
        mark = Mark.objects.get()

        with pytest.raises(DatabaseError, match="until the result"), transaction.atomic():
            Mark.objects.update(points=100)
        mark.pk, mark.by_name = None, "评委乙"
        with pytest.raises(DatabaseError, match="after the result"), transaction.atomic():
            mark.save(force_insert=True)

    def test_takes_off_the_wall_what_names_somebody_even_after(self, contest, noon):
        entry = culture.sent(contest, at=noon, shown=True).entry
        culture.judged(contest, {entry: 5}, at=contest.closes_at)
        contest.refresh_from_db()
        assert works.on_wall(contest).exists()

        contests.set_aside(by=offers.officer(), at=noon, entry=entry, why="写了姓名")
        assert not works.on_wall(contest).exists()
        assert refused(
            "judged", lambda: contests.set_aside(by=offers.officer(), at=noon, entry=entry, why="")
        )
        assert refused(
            "words_too_long",
            lambda: contests.set_aside(by=offers.officer(), at=noon, entry=entry, why="字" * 121),
        )

    def test_hangs_nothing_before_the_jury_has_seen_it(self, contest, noon):
        culture.sent(contest, at=noon, shown=True)

        assert not works.on_wall(contest).exists()

    def test_hangs_who_won_first(self, contest, noon):
        sent = [culture.sent(contest, at=noon, shown=True).entry for _ in range(4)]
        last = max(sent, key=lambda one: one.number)
        culture.judged(
            contest, {one: 90 if one == last else 50 for one in sent}, at=contest.closes_at
        )

        assert works.on_wall(contest).first() == last


class TestPrize:
    def test_is_fetched_once_by_who_shows_the_mark(self, contest, noon):
        won, lost = (culture.sent(contest, at=noon).entry for _ in range(2))
        culture.judged(contest, {won: 9, lost: 8}, at=contest.closes_at)
        clerk = culture.judge(role=Role.CLERK)

        def fetch(entry, by=clerk):
            return lambda: entering.hand_over_prize(by=by, at=noon, entry=entry)

        assert refused("no_prize", fetch(lost))
        assert refused("not_own_unit", fetch(won, culture.judge(role=Role.CLERK, unit="别的局")))
        fetch(won)()
        assert Entry.objects.get(pk=won.pk).prize_on == localdate(noon)
        assert refused("fetched", fetch(won))


def test_leaves_an_entry_its_number_and_its_row(contest, noon):
    entry = culture.sent(contest, at=noon).entry

    with pytest.raises(DatabaseError, match="keeps its number"), transaction.atomic():
        Entry.objects.update(number=11_111)
    with (
        pytest.raises(DatabaseError, match="counted"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute("DELETE FROM offers_entry")
    assert entries_of(contest) == [entry.number]


def test_publishes_nothing_of_a_withdrawn_contest(contest, noon):
    contest.offer.withdrawn_at = noon
    contest.offer.save(update_fields=["withdrawn_at"])

    assert list(works.published_contests(noon)) == []
    assert refused("no_contest", lambda: culture.sent(contest, at=noon))


class TestEvents:
    def test_publishes_numbers_when_a_contest_closes_and_places_when_it_is_judged(
        self, contest, noon, django_assert_max_num_queries
    ):
        one, two = (culture.sent(contest, at=noon).entry for _ in range(2))
        contests.set_aside(by=offers.officer(), at=noon, entry=two, why="广告")
        culture.contest(at=noon, days=90)
        end, code = contest.closes_at, contest.offer.code
        later = end + timedelta(seconds=1)

        with django_assert_max_num_queries(2):
            assert works.collected(noon, later) == [Collected(code, end, (one.number,))]
        assert works.collected(later, later + timedelta(days=1)) == []
        assert works.judged(noon, later) == []
        culture.judged(contest, {one: 60}, at=end)
        with django_assert_max_num_queries(2):
            assert works.judged(end, later) == [Judged(code, end, ((one.number, 1),))]
