"""What the matrix asks of two sides: a word of the giving one, an aim, rules of priority areas, tables that were brought."""

from datetime import timedelta
from decimal import Decimal

from django.core import signing
from django.core.files.uploadedfile import SimpleUploadedFile

from linli.facts.rules import periods
from linli.funds.actions import aims, attesting, priorities
from linli.funds.rules import attesting as rule
from linli.funds.views.bring import SALT
from linli.kernel import files
from tests.town import facts, plans

__all__ = ["SENT", "build"]
TABLE = "资金来源,账户,金额（元）,日期\n市级预算,新账户,5,2026-11-20\n"


def build(has, *, at, hidden):
    """Return the parts of addresses. Of the project that is on show the other unit is the receiving side."""
    by, year = plans.officer(), periods.year(2019)
    word = attesting.state(
        by=by, at=at, project=has.project, side=rule.GIVER,
        matter=attesting.Matter(matter=rule.PUBLIC, period=year),
        said=attesting.Said(words="核对表", amount=100),
    )  # fmt: skip
    has.measure = facts.indicator("wells.dug", at=at, name="机井", name_en="Wells")
    has.other_measure = facts.indicator("roads.built", at=at, name="道路", name_en="Roads")
    aim = aims.name_aim(by=by, at=at, project=has.project, indicator=has.measure, sense="rise")
    shown, kept = (_rule(has, at, name) for name in ("重点县区", hidden))
    shown = priorities.publish_rule(by=by, at=at, priority=shown)
    goes = priorities.name_criterion(by=by, at=at, priority=shown, of=has.line)
    named = {"code": has.project.code}
    token = {
        "digest": files.set_aside(TABLE.encode(), at=at + timedelta(days=1)), "name": "a.csv",
        "kind": "budget", "fund": has.books.code,
    }  # fmt: skip
    signed = signing.dumps(token, salt=SALT, compress=True)
    return {
        "giving side's word": named | {"said": word.code},
        "aim": named | {"aim": aim.code},
        "aim to name": named | {"indicator": has.other_measure.code},
        "aim at official shares": named | {"indicator": has.share.code},
        "rule on show": {"code": shown.code},
        "kept rule": {"code": kept.code},
        "criterion": {"code": shown.code, "number": goes.pk},
        "budgets": {"kind": "budget"},
        "tables of nothing": {"kind": "zzz"},
        "budget": {"kind": "budget", "token": signed},
        "budget as projects": {"kind": "projects", "token": signed},
        "forged budget": {"kind": "budget", "token": signing.dumps(token, salt=f"not {SALT}")},
    }  # fmt: skip


def _rule(has, at, name):
    has.share = facts.indicator(
        "share.minority", at=at, name="少数民族人口占比", name_hant="", unit="%", kind="rate",
        name_en="Share of minority residents", about_people=True, official_only=True, adds_up=False,
    )  # fmt: skip
    draft = priorities.PriorityDraft(
        name=name, indicator=has.share, threshold=Decimal(15), unit=has.lead, source="实施意见",
        words="占比达到15%",
    )  # fmt: skip
    return priorities.say_rule(by=plans.officer(), at=at, draft=draft)


def _said(has):
    return {"side": "receiver", "what": "social", "period": "2018", "value": "1", "words": "核对表"}


SENT = {
    ("funds:attest_say", "valid"): _said,
    ("funds:attest_correct", "valid"): lambda has: {
        "value": "2", "words": "核对表", "reason": "更正",
    },
    ("funds:aim_name", "valid"): lambda has: {"sense": "rise"},
    ("funds:aim", "valid"): lambda has: {"value": "9", "period": "2028", "words": "规划"},
    ("funds:priority_new", "valid"): lambda has: {
        "name": "另一规则", "indicator": has.share.code, "threshold": "20", "unit": has.lead.code,
        "source": "意见", "words": "占比达到20%",
    },
    ("funds:console_priority", "valid"): lambda has: {"fund": has.books.code},
    ("funds:bring", "valid"): lambda has: {
        "fund": has.books.code, "file": SimpleUploadedFile("a.csv", TABLE.encode()),
    },
}  # fmt: skip
