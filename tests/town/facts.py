"""Indicators, evidence and facts for tests."""

from datetime import UTC, datetime
from decimal import Decimal

from linli.facts import actions
from linli.facts.actions import IndicatorDraft, Statement
from linli.facts.models import Fact, Indicator
from linli.facts.rules import periods
from tests.town import directory
from tests.town.staff import actor

NOON = datetime(2026, 11, 21, 4, 0, tzinfo=UTC)


def draft(code="training.trained", **overrides):
    given = {
        "name": "技能培训人次",
        "name_hant": "技能培訓人次",
        "name_en": "Attendances at skills courses",
        "unit": "人次",
        "kind": "count",
        "definition": "全年技能培训班的到课人次。",
        "computed_by": "人力资源和社会保障局",
        "adds_up": True,
    }
    return IndicatorDraft(code=code, **given | overrides)


def indicator(code="training.trained", *, by=None, at=NOON, **overrides):
    known = Indicator.objects.filter(code=code).first()
    return known or actions.define(by=by or actor(), at=at, draft=draft(code, **overrides))


def statement(source="统计局", *, at=NOON, words="全年培训一万二千人次。", by=None):
    return actions.cite_statement(by=by or actor(), at=at, source=source, words=words)


def file(source="统计局", *, at=NOON, data=b"figures", name="figures.csv", by=None):
    return actions.cite_file(by=by or actor(), at=at, source=source, data=data, name=name)


def span(source="嘉峪关市", *, at=NOON, words="培训300余人次", start=0, by=None):
    return actions.cite_span(
        by=by or actor(),
        at=at,
        source=source,
        digest="0" * 64,
        start=start,
        end=start + len(words),
        words=words,
        address="/reports/7K3M-92QD/#s-f1",
    )


def query(source="邻里", *, at=NOON, version="1", by=None):
    return actions.cite_query(
        by=by or actor(),
        at=at,
        source=source,
        definition="数一数。",
        version=version,
        digest="1" * 64,
    )


def fact(
    value="300", bound="exact", *, at=NOON, by=None, period="2019", status=Fact.CLAIMED, **overrides
):
    """Record a fact; `source` names its statement, or `evidence` is given."""
    source = overrides.pop("source", "统计局")
    given = {
        "indicator": overrides.pop("indicator", None) or indicator(at=at),
        "area": overrides.pop("area", None) or directory.area(),
        "evidence": overrides.pop("evidence", None) or statement(source, at=at),
    }
    return actions.record(
        by=by or actor(),
        at=at,
        period=periods.of_iso(period),
        statement=Statement(Decimal(value), bound),
        status=status,
        **given | overrides,
    )
