"""Figures that the public sees, for tests: an indicator, what is said of it and by whom."""

from datetime import UTC, datetime
from decimal import Decimal

from linli.facts import actions
from linli.facts.models import Fact, Indicator
from linli.facts.rules.periods import year
from tests.town import directory
from tests.town.staff import actor

MAY = datetime(2026, 5, 4, 2, 0, tzinfo=UTC)
JULY = datetime(2026, 7, 6, 2, 0, tzinfo=UTC)
SENTENCE = "区级共举办就业培训班，培训学员超过120人次。"


def indicator(code="course.trained", **overrides):
    given = {
        "name": "培训人次",
        "name_en": "Attendances of courses",
        "unit": "person_time",
        "kind": "count",
        "definition": "一年内参加公共培训的人次。",
        "computed_by": "邻里示范区人社局",
    } | overrides
    known = Indicator.objects.filter(code=code).first()
    draft = actions.IndicatorDraft(code=code, **given)
    return known or actions.define(by=actor(), at=MAY, draft=draft)


def span(*, at=MAY, source="2025年工作报告", address="/reports/7K3M-92QD/#s-f1"):
    return actions.cite_span(
        by=actor(),
        at=at,
        source=source,
        digest="ab" * 32,
        start=40,
        end=40 + len(SENTENCE),
        words=SENTENCE,
        address=address,
    )


def file(*, at=MAY, source="邻里示范区人社局", data=b"table"):
    return actions.cite_file(
        by=actor(), at=at, source=source, data=data, name="花名以外的汇总.xlsx"
    )


def statement(
    *, at=MAY, source="邻里日报", words="全年培训三百人次。", address="https://example.org/a"
):
    return actions.cite_statement(by=actor(), at=at, source=source, words=words, address=address)


def query(*, at=MAY, source="邻里平台"):
    return actions.cite_query(
        by=actor(),
        at=at,
        source=source,
        definition="培训签到的次数",
        version="2026-05",
        digest="cd" * 32,
    )


def said(
    value="120",
    *,
    of=2025,
    bound="exact",
    status=Fact.CLAIMED,
    at=MAY,
    evidence=None,
    area=None,
    on=None,
):
    return actions.record(
        by=actor(),
        at=at,
        indicator=on or indicator(),
        area=area or directory.area(),
        period=year(of),
        statement=actions.Statement(Decimal(value), bound),
        status=status,
        evidence=evidence or (span(at=at) if status == Fact.CLAIMED else file(at=at)),
    )


def corrected(fact, value, *, at=JULY, status=Fact.EVIDENCED, reason="按签到表更正"):
    return actions.correct(
        by=actor(),
        at=at,
        fact=fact,
        statement=actions.Statement(Decimal(value), "exact"),
        status=status,
        evidence=file(at=at),
        reason=reason,
    )


def withdrawn(fact, *, at=JULY, reason="重复统计"):
    return actions.withdraw(by=actor(), at=at, fact=fact, evidence=file(at=at), reason=reason)
