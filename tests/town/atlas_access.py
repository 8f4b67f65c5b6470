"""A small town for ways: a ground of squares, counters on them, buses."""

from datetime import UTC, date, datetime, time

from linli.atlas.actions.access import BusDraft, GroundDraft, bring_buses, declare_ground
from linli.atlas.rules.access.buses import Run
from linli.atlas.rules.access.counters import Counter
from linli.atlas.rules.access.squares import Ground, Square
from linli.directory.models import Area, Location
from linli.kernel.sheets import write_csv
from tests.town import directory, services

# A Wednesday, ten in the morning there.
WEDNESDAY = datetime(2026, 11, 25, 2, 0, tzinfo=UTC)
COLUMNS = (
    "线路",
    "上车站",
    "上车站方格",
    "下车站",
    "下车站方格",
    "行车分钟",
    "发车间隔",
    "首班",
    "末班",
    "运行日",
)
LINE = (
    ("1 路", "东站", "1-6", "桥头", "1-3", "8", "10", "07:00", "19:00", "每天"),
    ("1 路", "桥头", "", "广场", "1-1", "6", "10", "07:00", "19:00", "每天"),
)  # fmt: skip
DAY = ((time(9), time(12)), (time(14), time(18)))


def ground(metres=500, pace=70, rows=3, columns=6):
    """Squares of half a kilometre, as rules see them."""
    squares = [
        Square(row, column) for row in range(1, rows + 1) for column in range(1, columns + 1)
    ]
    return Ground(metres, pace, tuple(squares))


def runs(line, stops, minutes, *, every=10, first=time(7), last=time(19)):
    """A line both ways."""
    week = frozenset(range(7))
    return [
        Run(line, one, other, ride, every, first, last, week)
        for start, end, ride in zip(stops, stops[1:], minutes, strict=False)
        for one, other in ((start, end), (end, start))
    ]


def counter(code, square, *, opened=DAY, speaks=(), windows=None):
    """A counter with the same hours and languages on every day."""
    spoken = frozenset((language, "in_person") for language in speaks)
    return Counter(code, code, Square(*square), (opened,) * 7, (spoken,) * 7, windows or {})


def declared(*, at=WEDNESDAY, by=None, **overrides):
    """Declare the ground of Jiayuguan: three rows of six squares."""
    squares = [(row, column, "") for row in range(1, 4) for column in range(1, 7)]
    given = {"metres": 500, "pace": 70, "squares": squares, "source": "街道图"} | overrides
    draft = GroundDraft(area=given.pop("area", None) or directory.area(), **given)
    return declare_ground(by=by or services.planner(), at=at, draft=draft)


def table(lines=LINE, columns=COLUMNS):
    """A table of buses as a file."""
    return write_csv(columns, lines).encode()


def brought(*, at=WEDNESDAY, by=None, data=None, **overrides):
    """Bring the town's buses."""
    given = {"source": "公交公司", "valid_from": date(2026, 7, 1)} | overrides
    area = given.pop("area", None) or directory.area()
    draft = BusDraft(area=area, data=data or table(), **given)
    return bring_buses(by=by or services.planner(), at=at, draft=draft)


def station(name, square, *, at=WEDNESDAY, languages=(), **given):
    """Open a counter on a square, nine to noon and two to six on working days."""
    hours = (
        services.schedule(opens_at=time(9), closes_at=time(12)),
        services.schedule(opens_at=time(14), closes_at=time(18)),
    )
    given = {"schedules": hours, "languages": languages, "tile": square} | given
    return services.station(name, at=at, **given)


def town():
    """The hall speaks Uyghur on working days, the station in the east nothing but is open; a ground and buses."""
    hall = station("市民中心", (1, 1), languages=services.speaks("ug"))
    east = station("东站服务点", (1, 5))
    declared()
    brought()
    return hall, east


def area(code="620200"):
    return Area.objects.get(code=code)


def code_of(name):
    return Location.objects.get(name=name).code
