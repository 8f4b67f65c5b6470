"""Counties with courses, residents and released counts of people; rates of them; boards."""

from datetime import UTC, datetime
from decimal import Decimal

from linli.atlas.actions import boards, tiles
from linli.atlas.actions.rates import RateDraft, declare_rate
from linli.atlas.models import Board, Rate
from linli.atlas.queries.boards import content, digest, tiles_of
from linli.atlas.queries.single_cells import Question
from linli.directory.models import Area
from linli.facts import actions as facts_actions
from linli.facts.models import Fact
from linli.facts.rules import periods
from linli.kernel.actors import Role
from tests.town import directory, facts
from tests.town.staff import actor

AT = datetime(2026, 11, 20, 4, 0, tzinfo=UTC)
CITY, ONE, TWO, THREE = "620200", "620201", "620202", "620203"
UNIT = "嘉峪关市人力资源和社会保障局"


def planner(name="规划员"):
    return actor(Role.PLANNER, name=name)


def officer(unit=UNIT, name="经办人"):
    return actor(Role.OFFICER, name=name, unit=unit)


def places():
    """A city with three counties inside it, by code."""
    city = Area.objects.filter(code=CITY).first() or directory.area(CITY)
    for code, name in ((ONE, "甲县"), (TWO, "乙县"), (THREE, "丙县")):
        Area.objects.get_or_create(
            code=code, defaults={"name": name, "level": "county", "parent": city, "from_year": 2000}
        )
    return Area.objects.in_bulk([CITY, ONE, TWO, THREE])


def courses():
    return facts.indicator(
        "training.courses", name="培训班期数", name_hant="培訓班期數", name_en="Courses held", unit="session",
        about_people=False, at=AT,
    )  # fmt: skip


def residents():
    return facts.indicator(
        "population.residents", name="常住人口", name_hant="常住人口", name_en="Residents", unit="person", adds_up=False,
        about_people=True, at=AT,
    )  # fmt: skip


def stated(
    indicator, area, period, value, *, at=AT, bound="exact", source="统计局", status=Fact.EVIDENCED
):
    return facts.fact(
        value, bound, indicator=indicator, area=area, period=period, at=at, source=source, status=status
    )  # fmt: skip


def revised(fact, value, *, at):
    return facts_actions.correct(
        by=planner(), at=at, fact=fact, statement=facts_actions.Statement(Decimal(value), "exact"),
        status=fact.status, evidence=facts.statement(fact.evidence.source, at=at), reason="更正",
    )  # fmt: skip


def rate(code="training.per_ten_thousand", **given):
    known = Rate.objects.filter(code=code).first()
    said = {
        "name": "每万人培训班期数", "name_hant": "每萬人培訓班期數", "name_en": "Courses per 10,000 residents",
        "numerator": given.pop("numerator", None) or courses(),
        "denominator": given.pop("denominator", None) or residents(),
        "definition": "培训班期数与常住人口之比。", "per": 10_000, "digits": 2,
    }  # fmt: skip
    return known or declare_rate(by=planner(), at=AT, draft=RateDraft(code=code, **said | given))


def asked(of, area, period, before=None):
    return Question(of, area, periods.of_iso(period), periods.of_iso(before) if before else None)


def kept_back(monkeypatch, *cells):
    """Let the gate keep these cells back: (indicator, period, area)."""
    from linli.atlas.queries import cells as reading
    from linli.facts.rules.released import through_gate

    hidden = {
        (indicator.pk, periods.of_iso(period), area.code): through_gate(None, "7K3M-92QD")
        for indicator, period, area in cells
    }
    monkeypatch.setattr(reading, "kept_back", lambda *_asked: hidden)


def board(*parts, by=None, unit=None, at=AT):
    """A board of a unit with these parts (kind, of, area), nobody outside sees it."""
    draft = boards.BoardDraft(
        unit=unit or directory.unit(UNIT), title="大厅数字", title_hant="大廳數字", title_en="Figures of the hall", seconds=20
    )  # fmt: skip
    made = boards.begin_board(by=by or officer(), at=at, draft=draft)
    for kind, of, area in parts:
        tiles.add_tile(
            by=by or officer(), at=at, board=made, draft=tiles.TileDraft(kind=kind, of=of, area=area)
        )  # fmt: skip
    made.refresh_from_db()
    return made


def seen(board):
    """The digest of a draft as it stands."""
    kept = Board.objects.get(pk=board.pk)
    return digest(content(kept, tiles_of(kept)))


def published(board, by=None, at=AT):
    return boards.publish_board(by=by or planner(), at=at, board=board, seen=seen(board))
