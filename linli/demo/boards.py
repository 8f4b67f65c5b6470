"""Rates of the atlas and two boards in halls: one as it was published, one that an officer has changed since."""

from datetime import datetime
from typing import Final

from linli.atlas.actions.boards import BoardDraft, begin_board, publish_board
from linli.atlas.actions.rates import RateDraft, declare_rate
from linli.atlas.actions.tiles import TileDraft, add_tile
from linli.atlas.models import Board, Rate
from linli.atlas.queries.boards import content, digest, tiles_of
from linli.demo import people
from linli.demo.units import JIAYUGUAN, LANZHOU, unit_name
from linli.directory.models import Area, Unit
from linli.facts.models import Indicator

# code, names in three languages, what is counted, over what, per, digits, definition
_RATES: Final = (
    (
        "education.teachers_per_thousand", "每千人中小学教师数", "每千人中小學教師數", "School teachers per 1,000 residents",
        "education.teachers", "population.residents", 1_000, 1,
        "同一地区同一年的中小学专任教师数与年末常住人口之比。人口含所有年龄，因此不等于师生比。",
    ),
    (
        "services.windows_per_ten_thousand", "每万人政务服务窗口数", "每萬人政務服務窗口數", "Service windows per 10,000 residents",
        "services.windows", "population.residents", 10_000, 2,
        "同一地区同一年的政务服务窗口数与年末常住人口之比。不反映窗口的开放时间和语言。",
    ),
    (
        "culture.venues_per_hundred_thousand", "每十万人文化场馆数", "每十萬人文化場館數", "Culture venues per 100,000 residents",
        "culture.venues", "population.residents", 100_000, 1,
        "同一地区同一年的公共文化场馆数与年末常住人口之比。不反映场馆的大小。",
    ),
    (
        "enterprises.opened_share", "新登记企业占在册企业的比重", "新登記企業占在冊企業的比重", "Newly registered among all enterprises",
        "enterprises.opened", "enterprises.registered", 100, 1,
        "同一地区同一年新登记企业数与年末在册企业数之比。",
    ),
    (
        "training.courses_per_hundred_thousand", "每十万人培训班期数", "每十萬人培訓班期數", "Courses per 100,000 residents",
        "training.courses", "population.residents", 100_000, 1,
        "同一地区同一年的培训班期数与年末常住人口之比。工作报告的时段若与人口的年份不一致，则不计算。",
    ),
)  # fmt: skip
_HALL: Final = (
    ("figure", "population.residents", "620100", ("全市常住人口", "全市常住人口", "People who live in the city")),
    ("figure", "rate:services.windows_per_ten_thousand", "620100", ()),
    ("trend", "enterprises.opened", "620100", ()),
    ("places", "rate:culture.venues_per_hundred_thousand", "620100", ()),
    ("map", "rate:education.teachers_per_thousand", "620100", ()),
    ("figure", "funds.community_services", "620100", ()),
)  # fmt: skip
_JOBS: Final = (
    ("figure", "enterprises.registered", "620200", ()),
    ("trend", "enterprises.opened", "620200", ()),
    ("figure", "rate:enterprises.opened_share", "620200", ()),
    ("figure", "services.windows", "620200", ()),
)


def hang(*, at: datetime) -> None:
    """Declare the rates and hang the boards that are missing."""
    for code, name, hant, english, counted, over, per, digits, definition in _RATES:
        if Rate.objects.filter(code=code).exists():
            continue
        sides = Indicator.objects.in_bulk([counted, over], field_name="code")
        draft = RateDraft(
            code=code, name=name, name_hant=hant, name_en=english, numerator=sides[counted], denominator=sides[over],
            definition=definition, per=per, digits=digits,
        )  # fmt: skip
        declare_rate(by=people.planner(LANZHOU), at=at, draft=draft)
    _begun(
        unit_name(LANZHOU, "民政局"), ("政务服务大厅数字（示例）", "政務服務大廳數字（示例）", "Figures in the service hall (demo)"), _HALL, at
    )  # fmt: skip
    jobs = _begun(
        unit_name(JIAYUGUAN, "人力资源和社会保障局"), ("就业服务大厅数字（示例）", "就業服務大廳數字（示例）", "Figures in the employment hall (demo)"), _JOBS, at
    )  # fmt: skip
    if jobs is not None:
        _add(jobs, ("places", "enterprises.opened", "620000", ()), at)


def _begun(
    unit: str, titles: tuple[str, str, str], parts: tuple[tuple[str, str, str, tuple[str, ...]], ...], at: datetime
) -> Board | None:  # fmt: skip
    """Begin a board and publish it, unless it hangs there already."""
    if Board.objects.filter(title=titles[0]).exists():
        return None
    draft = BoardDraft(
        unit=Unit.objects.get(name=unit), title=titles[0], title_hant=titles[1], title_en=titles[2]
    )
    board = begin_board(by=people.officer(unit), at=at, draft=draft)
    for part in parts:
        _add(board, part, at)
    _publish(board, at)
    return board


def _add(board: Board, part: tuple[str, str, str, tuple[str, ...]], at: datetime) -> None:
    kind, named, area, captions = part
    _rate, colon, code = named.rpartition(":")
    of = Rate.objects.whole().get(code=code) if colon else Indicator.objects.get(code=code)
    words = dict(zip(("caption", "caption_hant", "caption_en"), captions, strict=False))
    draft = TileDraft(kind=kind, of=of, area=Area.objects.get(code=area), **words)
    add_tile(by=people.officer(board.unit.name), at=at, board=board, draft=draft)


def _publish(board: Board, at: datetime) -> None:
    town = LANZHOU if board.unit.name.startswith(LANZHOU.name) else JIAYUGUAN
    kept = Board.objects.get(pk=board.pk)
    seen = digest(content(kept, tiles_of(kept)))
    publish_board(by=people.planner(town), at=at, board=kept, seen=seen)
