"""Boards: drafted by one, published by another as it was seen; what is published stays."""

from datetime import timedelta
from decimal import Decimal

import pytest
from django.db import IntegrityError, transaction

from linli.atlas.actions import boards, tiles
from linli.atlas.models import Board, BoardEdition, BoardTile
from linli.atlas.queries.board_data import shown
from linli.atlas.queries.boards import content, parts_in, tiles_of
from linli.facts.models import Indicator
from linli.kernel.actors import Role
from linli.kernel.refusals import Refused
from tests.town import atlas_cells as town
from tests.town import directory, facts
from tests.town.atlas_cells import published, seen
from tests.town.races import at_once
from tests.town.staff import actor

pytestmark = pytest.mark.django_db
AT = town.AT


def refused(deed, *given, **named):
    with pytest.raises(Refused) as caught:
        deed(*given, **named)
    return caught.value.code


def codes(board):
    return [tile.indicator.code if tile.indicator else tile.rate.code for tile in tiles_of(board)]


@pytest.fixture
def areas():
    return town.places()


@pytest.fixture
def board(areas):
    return town.board(
        ("figure", town.courses(), areas[town.ONE]),
        ("places", town.rate(), areas[town.CITY]),
        ("trend", town.residents(), areas[town.ONE]),
    )


def test_is_published_as_it_was_seen(board):
    edition = published(board)
    told = edition.content

    assert (edition.number, edition.drafted_by, edition.by_name) == (1, "经办人", "规划员")
    assert [one["code"] for one in told["tiles"]] == [
        "training.courses", "training.per_ten_thousand", "population.residents"
    ]  # fmt: skip
    assert told["titles"]["en"] == "Figures of the hall"
    assert Board.objects.published().get() == board


def test_keeps_what_is_published_while_the_draft_goes_on(board):
    first = published(board)
    tile = board.tiles.first()
    tiles.remove_tile(by=town.officer(), at=AT, tile=tile)
    first.refresh_from_db()
    assert len(first.content["tiles"]) == 3
    assert published(board).number == 2
    assert refused(published, board) == "nothing_new"


def test_moves_parts_up_and_down(board):
    first, _second, third = tiles_of(board)
    tiles.move_tile(by=town.officer(), at=AT, tile=third, up=True)
    tiles.move_tile(by=town.officer(), at=AT, tile=first, up=True)
    tiles.move_tile(by=town.officer(), at=AT, tile=first, up=False)

    assert codes(board) == ["population.residents", "training.courses", "training.per_ten_thousand"]


def test_publishes_nothing_that_nobody_looked_at(board):
    looked = seen(board)
    tiles.move_tile(by=town.officer(), at=AT, tile=board.tiles.last(), up=True)
    assert refused(boards.publish_board, by=town.planner(), at=AT, board=board, seen=looked) == "changed_meanwhile"  # fmt: skip
    assert not BoardEdition.objects.exists()


def test_refuses_who_may_not(board):
    other = town.officer("别的单位")
    clerk = actor(Role.CLERK)
    tile = board.tiles.first()
    assert refused(tiles.remove_tile, by=other, at=AT, tile=tile) == "not_own_unit"
    assert refused(tiles.remove_tile, by=clerk, at=AT, tile=tile) == "not_allowed"
    assert refused(published, board, by=town.officer()) == "not_allowed"
    assert refused(boards.take_down, by=town.officer(), at=AT, board=board) == "not_allowed"
    assert refused(boards.take_down, by=town.planner(), at=AT, board=board) == "not_published"
    assert BoardTile.objects.count() == 3


def test_is_published_by_somebody_else(board, areas):
    tiles.move_tile(by=town.planner(), at=AT, tile=board.tiles.last(), up=True)
    assert refused(published, board) == "own_draft"
    assert published(board, by=town.planner("另一人"))
    row = BoardEdition(
        board=board, number=9, content={}, digest="0" * 64, drafted_by="甲", by_name="甲", by_role="planner",
        by_unit="", at=AT,
    )  # fmt: skip
    with pytest.raises(IntegrityError), transaction.atomic():
        row.save(force_insert=True)


def test_stays_as_it_was_published_in_the_database_too(board):
    edition = published(board)
    for deed in (
        lambda: BoardEdition.objects.filter(pk=edition.pk).update(content={}),
        lambda: BoardEdition.objects.filter(pk=edition.pk)._raw_delete("default"),
        lambda: Board.objects.filter(pk=board.pk)._raw_delete("default"),
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            deed()


def test_refuses_what_is_no_part(board, areas):
    hidden = facts.indicator("cases.people", about_people=True, public=False, at=AT)

    def add(**given):
        said = {"kind": "figure", "of": town.courses(), "area": areas[town.ONE]} | given
        return refused(
            tiles.add_tile, by=town.officer(), at=AT, board=board, draft=tiles.TileDraft(**said)
        )

    assert add(of=hidden) == "not_public"
    assert add(kind="pie") == "unknown_kind"
    assert add(period="昨天") == "unknown_period"
    assert add(caption="只有一种") == "captions_in_three"
    assert add(kind="map") == "no_parts"
    for _ in range(9):
        tiles.add_tile(
            by=town.officer(), at=AT, board=board,
            draft=tiles.TileDraft(kind="figure", of=town.courses(), area=areas[town.ONE]),
        )  # fmt: skip
    assert add() == "too_many_tiles"


def test_refuses_a_board_without_titles():
    unit = directory.unit(town.UNIT)

    def begin(**given):
        said = {"unit": unit, "title": "一", "title_hant": "一", "title_en": "One"} | given
        return refused(boards.begin_board, by=town.officer(), at=AT, draft=boards.BoardDraft(**said))  # fmt: skip

    assert begin(title_en=" ") == "no_title"
    assert begin(seconds=5) == "not_a_screen"
    assert begin(at_once=3) == "not_a_screen"
    assert refused(boards.publish_board, by=town.planner(), at=AT, board=town.board(), seen="") == "no_tiles"  # fmt: skip


def test_is_taken_down_and_put_up_again(board):
    published(board)
    boards.take_down(by=town.planner(), at=AT, board=board)
    assert not Board.objects.published().exists()
    assert published(board).number == 2
    assert Board.objects.published().exists()


def test_reads_all_parts_in_few_queries(areas, django_assert_max_num_queries):
    for year, held, people in ((2022, 9, 50_000), (2023, 10, 50_000), (2024, 12, 60_000)):
        town.stated(town.courses(), areas[town.ONE], str(year), held)
        town.stated(town.residents(), areas[town.ONE], str(year), people)
    town.stated(town.courses(), areas[town.TWO], "2024", 7)
    made = town.board(
        ("figure", town.courses(), areas[town.ONE]), ("figure", town.rate(), areas[town.ONE]),
        ("trend", town.courses(), areas[town.ONE]), ("places", town.courses(), areas[town.CITY]),
        ("map", town.rate(), areas[town.CITY]), ("figure", town.residents(), areas[town.TWO]),
    )  # fmt: skip
    told = content(made, tiles_of(made))
    with django_assert_max_num_queries(9):
        found = shown(parts_in(told))

    figure, rate, line, places, drawn, nothing = found
    assert (figure.rows[0].made.point.value, figure.since.share) == (12, Decimal("20.0"))
    assert (rate.rows[0].made.point.value, rate.since.point.value) == (2, 0)
    assert [row.made.point.value for row in line.rows] == [9, 10, 12]
    assert [row.made.point and row.made.point.value for row in places.rows] == [12, 7, None]
    assert [row.made.why for row in drawn.rows] == ["", "no_denominator", "no_numerator"]
    assert (nothing.period, nothing.rows) == (None, [])


def test_leaves_out_what_is_no_longer_public(board):
    edition = published(board)
    Indicator.objects.filter(code="training.courses").update(public=False)
    assert [part.of.code for part in parts_in(edition.content)] == ["population.residents"]


@pytest.mark.django_db(transaction=True)
def test_loses_no_part_when_two_change_a_board_at_once(board, areas):
    def add(number):
        draft = tiles.TileDraft(kind="figure", of=town.courses(), area=areas[town.ONE])
        tiles.add_tile(by=town.officer(), at=AT + timedelta(seconds=number), board=board, draft=draft)  # fmt: skip

    assert at_once(4, add) == []
    assert sorted(BoardTile.objects.values_list("position", flat=True)) == [1, 2, 3, 4, 5, 6, 7]
