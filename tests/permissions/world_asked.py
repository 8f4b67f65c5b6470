"""What the matrix asks of forms that others send: one that waits, one that was sent, one that was answered before."""

from datetime import date

from django.core.files.uploadedfile import SimpleUploadedFile
from openpyxl import Workbook

from linli.facts.rules.periods import of_iso
from linli.reports.actions import answering
from linli.reports.actions import asked as actions
from tests.town import facts, plans
from tests.town import forms_asked as town

__all__ = ["SENT", "build"]
_WORDS = {"words": "已经报过。"}


def _form(*heads):
    book = Workbook()
    book.active.append(["地区", *heads])
    book.active.append(["本市"])
    return town.saved(book)


def _brought(has, data, *, at, title, asker, **meant):
    draft = actions.FormDraft(
        data=data, file_name="form.xlsx", title=title, asker=asker, ground="统计制度", unit=has.lead,
        due_on=date(2026, 12, 20), period=of_iso("2025"),
    )  # fmt: skip
    form = actions.bring_form(by=plans.officer(), at=at, draft=draft)
    given = {("0", "period"): "own", ("0:r2", "area"): "own"}
    given |= {(f"0:c{column[1:]}", "indicator"): code for column, code in meant.items()}
    actions.say(by=plans.officer(), at=at, form=form, seen=2**40, given=given)
    return form


def build(has, *, at, hidden):
    """Return the parts of addresses: the officer's own unit fills them."""
    known = facts.indicator("asked.known", name="便民点数", unit="个")
    facts.indicator("asked.new", name="新设点数", unit="个")
    facts.fact("7", at=at, indicator=known, period="2025", source="统计局")
    one = _form("便民点数")
    sent = _brought(has, one, at=at, title="便民点情况表", asker="省厅", c2="asked.known")
    answering.send(by=plans.officer(), at=at, form=sent, words="", annex=town.annex, annex_title="来源")  # fmt: skip
    again = _brought(has, one, at=at, title=f"{hidden}表", asker=hidden, c2="asked.known")
    waiting = _brought(
        has, _form("便民点数", "新设点数"), at=at, title=f"{hidden}新表", asker=hidden, c2="asked.known", c3="asked.new",
    )  # fmt: skip
    twice = facts.indicator("asked.twice", name="两处点数", unit="个")
    says, _other = (
        facts.fact(value, at=at, indicator=twice, period="2025", source=source)
        for value, source in (("7", "统计局"), ("9", "年鉴"))
    )
    has.chosen_fact = says
    against = _brought(has, _form("两处点数"), at=at, title=f"{hidden}两处表", asker=hidden, c2="asked.twice")  # fmt: skip
    return {
        "cell with two figures": {"code": against.code, "sheet": 0, "spot": "B2"},
        "cell of a sent form": {"code": sent.code, "sheet": 0, "spot": "B2"},
        "sent form": {"code": sent.code},
        "waiting form": {"code": waiting.code},
        "sheet of a waiting form": {"code": waiting.code, "sheet": 0},
        "form answered before": {"code": again.code},
    }


def _map(_has):
    return {"seen": "0", "cell": "C2", "cell-indicator": "asked.known"}


SENT = {
    ("reports:bring_form", "file"): lambda has: {
        "file": SimpleUploadedFile("form.xlsx", _form("所数")), "asker": "省厅", "ground": "统计制度",
        "period": "2025", "due_on": "2026-12-20", "unit": has.lead.code,
    },
    ("reports:map_sheet", "one cell"): _map,
    ("reports:tell_cells", "valid"): lambda _has: {"cell-0": "3", "words": "台账"},
    ("reports:choose_cell", "valid"): lambda has: {
        "fact": has.chosen_fact.code, "reason": "以统计局为准。", "seen": "0",
    },
    ("reports:choose_cell", "stale"): lambda has: {
        "fact": has.chosen_fact.code, "reason": "以统计局为准。", "seen": "7",
    },
    ("reports:send_form", "valid"): lambda _has: {"send-words": "暂无。"},
    ("reports:refuse_form", "valid"): lambda _has: {"refuse-words": "已报。"},
    ("reports:lay_form_aside", "valid"): lambda _has: {"aside-words": "传错。"},
}  # fmt: skip
