"""Tables of buses row by row; grounds and tables in the database: who may, what is refused, what never changes."""

from datetime import UTC, date, datetime, time

import pytest
from django.db import DatabaseError, transaction

from linli.atlas.actions.access import end_buses
from linli.atlas.models import BusRun, BusStop, BusTable, TownGround
from linli.atlas.queries.access_bus_rows import dry_run
from linli.atlas.queries.access_towns import buses_of
from linli.atlas.rules.access.squares import Square
from linli.kernel.refusals import Refused
from linli.kernel.sheets import read_sheet
from tests.town import directory, services
from tests.town.atlas_access import COLUMNS, LINE, WEDNESDAY, brought, declared, table

NEEDED = ("线路", "上车站", "下车站", "行车分钟", "发车间隔")


def wrongs(*lines, columns=COLUMNS):
    return [row.wrongs for row in dry_run(read_sheet(table(lines, columns))).rows]


def row(**said):
    names = dict(zip(COLUMNS, LINE[0], strict=True)) | said
    return tuple(names[column] for column in COLUMNS)


def test_reads_what_is_left_out_as_the_template_says():
    rows = dry_run(read_sheet(table())).rows

    assert rows[1].values == {
        "line": "1 路", "start": "桥头", "start_square": None, "end": "广场", "end_square": Square(1, 1),
        "minutes": 6, "every": 10, "first": time(7), "last": time(19), "weekdays": "0123456", "one_way": False,
    }  # fmt: skip


@pytest.mark.parametrize(
    ("said", "field", "wrong"),
    [
        ({"线路": ""}, "line", "missing"),
        ({"上车站": "站" * 61}, "start", "too_long"),
        ({"下车站": "东站", "下车站方格": "1-6"}, "end", "the_same_stop"),
        ({"行车分钟": "0"}, "minutes", "not_minutes"),
        ({"行车分钟": "99999999999999999999"}, "minutes", "not_minutes"),
        ({"行车分钟": "六"}, "minutes", "not_minutes"),
        ({"发车间隔": "241"}, "every", "not_minutes"),
        ({"首班": "25:00"}, "first", "not_an_hour"),
        ({"末班": "06:00"}, "last", "before_the_first"),
        ({"运行日": "某天"}, "weekdays", "not_weekdays"),
        ({"上车站方格": "东"}, "start_square", "not_a_square"),
        ({"上车站方格": ""}, "start_square", "no_square"),
    ],
)
def test_says_what_is_wrong_in_a_row(said, field, wrong):
    assert wrongs(row(**said)) == [{field: wrong}]


def test_says_what_is_wrong_between_rows():
    assert wrongs(row(), row(行车分钟="9")) == [{}, {"line": "stands_twice"}]
    assert wrongs(row(), row(下车站="火车站", 上车站方格="2-2")) == [
        {"start_square": "two_squares"}, {"start_square": "two_squares"},
    ]  # fmt: skip
    back = row(上车站="桥头", 上车站方格="1-3", 下车站="东站", 下车站方格="1-6")
    assert wrongs(row(), back)[1] == {"line": "stands_twice"}


@pytest.mark.parametrize(
    ("said", "days"),
    [
        ("每天", "0123456"), ("工作日", "01234"), ("周末", "56"), ("一三五", "024"), ("周一至周五", "01234"),
        ("1-5", "01234"), ("6、7", "56"), ("日", "6"), ("", "0123456"),
    ],
)  # fmt: skip
def test_reads_weekdays_as_they_are_written(said, days):
    assert dry_run(read_sheet(table([row(运行日=said)]))).rows[0].values["weekdays"] == days


@pytest.mark.parametrize(
    ("lines", "columns", "code"),
    [
        ([("1 路",)], ("线路",), "no_columns"),
        ([("1 路", "甲", "乙", "5", "10", "汉")], (*NEEDED, "民族"), "trait_of_a_person"),
        ([row(上车站=f"站{n}", 下车站=f"另{n}", 线路=f"{n}") for n in range(101)], COLUMNS, "too_many_stops"),
        ([row()] * 1001, COLUMNS, "too_many_rows"),
    ],
)  # fmt: skip
def test_refuses_a_table_as_a_whole(lines, columns, code):
    with pytest.raises(Refused) as refused:
        dry_run(read_sheet(table(lines, columns)))
    assert refused.value.code == code


@pytest.mark.django_db
def test_brings_both_ways_and_ends_the_table_before():
    first = brought()
    second = brought(valid_from=date(2026, 9, 1), at=datetime(2026, 11, 26, 2, tzinfo=UTC))

    assert BusTable.objects.get(pk=first.pk).ended_by == "规划员"
    assert list(BusTable.objects.standing()) == [second]
    told = buses_of("620200")
    assert told.stops == {"东站": Square(1, 6), "桥头": Square(1, 3), "广场": Square(1, 1)}
    ridden = {(run.start, run.end) for run in told.runs}
    assert ridden == {("东站", "桥头"), ("桥头", "东站"), ("桥头", "广场"), ("广场", "桥头")}
    assert brought(data=table([(*row()[:-1], "每天", "是")], (*COLUMNS, "单向"))).runs.count() == 1


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("given", "code"),
    [
        ({"by": services.officer()}, "not_allowed"),
        ({"source": " "}, "no_source"),
        ({"data": table([row(行车分钟="x")])}, "rows_have_errors"),
        ({"checksum": "0" * 64}, "changed_meanwhile"),
        ({}, "brought_already"),
    ],
)
def test_takes_in_all_of_a_table_or_nothing(given, code):
    table = brought()
    with pytest.raises(Refused) as refused:
        brought(**given)

    assert refused.value.code == code
    assert list(BusTable.objects.values_list("pk", "ended_at")) == [(table.pk, None)]
    assert BusRun.objects.count() == 4


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("given", "code"),
    [
        ({"by": services.officer()}, "not_allowed"),
        ({"metres": 49}, "not_a_width"),
        ({"pace": 121}, "not_a_pace"),
        ({"source": ""}, "no_source"),
        ({"squares": []}, "no_squares"),
        ({"squares": [(1, column, "") for column in range(1, 402)]}, "too_many_squares"),
        ({"squares": [(0, 1, "")]}, "not_a_square"),
        ({"squares": [(1, 1, "甲"), (1, 1, "乙")]}, "square_stands_twice"),
    ],
)
def test_refuses_a_ground_that_cannot_be(given, code):
    with pytest.raises(Refused) as refused:
        declared(**given)

    assert refused.value.code == code
    assert not TownGround.objects.exists()


@pytest.mark.django_db
def test_declares_anew_only_what_is_new():
    first, again, wider = declared(), declared(), declared(metres=600)

    assert first == again
    assert [one.metres for one in TownGround.objects.order_by("id")] == [500, 600]
    assert wider.squares[0] == [1, 1, ""]


@pytest.mark.django_db
def test_ends_a_table_once():
    table = brought()
    end_buses(by=services.planner(), at=WEDNESDAY, table=table)

    assert buses_of("620200").runs == ()
    for by, code in ((services.planner(), "ended_already"), (services.officer(), "not_allowed")):
        with pytest.raises(Refused) as refused:
            end_buses(by=by, at=WEDNESDAY, table=table)
        assert refused.value.code == code


def _run(table, other):
    stop = BusStop.objects.create(table=other, name="远", tile_row=1, tile_column=1)
    first = table.runs.first()
    return BusRun.objects.create(
        table=table, line="9", start=first.start, end=stop, minutes=5, every=5, first=time(7),
        last=time(8), weekdays="0",
    )  # fmt: skip


FORBIDDEN = {
    "a ground is changed": lambda _t, _o: TownGround.objects.update(metres=900),
    "a ground is removed": lambda _t, _o: TownGround.objects.all().delete(),
    "a ground without squares": lambda _t, _o: _bare(squares=[]),
    "a ground as wide as a town": lambda _t, _o: _bare(metres=9000),
    "a table's source is changed": lambda t, _o: BusTable.objects.filter(pk=t.pk).update(source="别处"),
    "a table is removed": lambda t, _o: BusTable.objects.filter(pk=t.pk)._raw_delete("default"),
    "a run is changed": lambda _t, _o: BusRun.objects.update(minutes=1),
    "a stop is moved": lambda _t, _o: BusStop.objects.update(tile_row=9),
    "a run to another table's stop": _run,
    "a stop of an ended table": lambda _t, _o: BusStop.objects.create(
        table=BusTable.objects.exclude(ended_at=None).get(), name="新", tile_row=1, tile_column=1
    ),
    "a second table of a town": lambda t, _o: BusTable.objects.create(
        area=t.area, source="又", valid_from=t.valid_from, digest="1" * 64, by_name="甲", at=WEDNESDAY
    ),
    "an ended table stands again": lambda _t, _o: BusTable.objects.exclude(ended_at=None).update(
        ended_at=None, ended_by=""
    ),
}  # fmt: skip


def _bare(**said):
    given = {
        "area": directory.area(),
        "metres": 500,
        "pace": 70,
        "squares": [[1, 1, ""]],
        "source": "图",
    }
    return TownGround.objects.create(**given | said, at=WEDNESDAY, by_name="甲")


@pytest.mark.django_db
@pytest.mark.parametrize("what", FORBIDDEN)
def test_the_database_says_no_by_itself(what):
    declared()
    brought()
    table = brought(valid_from=date(2026, 9, 1))
    other = brought(area=directory.area("620100", name="兰州市"))

    with pytest.raises(DatabaseError), transaction.atomic():
        FORBIDDEN[what](table, other)


@pytest.mark.django_db
def test_the_database_takes_what_is_right():
    """The control: rows such as the forbidden ones are taken once nothing is wrong with them."""
    assert _bare(metres=5000).pk
    table = brought()
    stop = BusStop.objects.create(table=table, name="新", tile_row=1, tile_column=1)
    other = table.stops.exclude(pk=stop.pk).first()
    said = {
        "minutes": 5,
        "every": 5,
        "first": time(7),
        "last": time(8),
        "weekdays": "0",
        "line": "9",
    }
    assert BusRun.objects.create(table=table, start=stop, end=other, **said).pk
