"""What the matrix asks of written reports: one that everybody reads, one that is a draft, one that was withdrawn."""

from linli.reports.actions import publishing, templates
from linli.reports.queries.papers import draft_of
from tests.town import facts, plans
from tests.town import writing as town

__all__ = ["SENT", "build"]
_TEXT = "# 站点\n\n全市站点{{writing.stations}}。\n\n{{by hand: 主要做法}}\n"


def build(has, *, at, hidden):
    """Return the parts of addresses: all are of the officer's own unit."""
    counted = facts.indicator("writing.stations", name="站点", unit="item", adds_up=False, at=at)
    for value, period in (("12", "2024"), ("18", "2025")):
        town.trained(value, period, at=at, indicator=counted)
    has.template = town.template(_TEXT, at=at, by=plans.officer())
    unit = {"of": has.template, "unit": plans.LEAD, "area": has.area}

    def written(title, **given):
        made = town.written(at=at, title=title, **(unit | given))
        town.passages(made, "站点开到楼下。", at=at)
        return made

    def published(title, **given):
        made = written(title, **given)
        town.published(made, at=at)
        return made

    shown, later = published("站点年报", period="2024"), published("站点新年报")
    town.passages(shown, "站点开到村口。", at=at)
    town.published(shown, at=at)
    # What is drafted for a third edition is nobody's yet.
    town.passages(shown, f"{hidden}的一段。", at=at, title=f"{hidden}年报")
    withdrawn = published(f"{hidden}收回年报")
    publishing.withdraw_report(by=town.planner(), at=at, written=withdrawn)
    has.draft_report = written(f"{hidden}草稿")
    has.draft_report.refresh_from_db()
    has.at = at
    older = town.template(_TEXT, at=at, by=plans.officer())
    has.moved_report = written(f"{hidden}旧版", of=older)
    templates.change_template(
        by=plans.officer(), at=at, template=older, base=1,
        draft=town.draft("{{by hand: 存在问题}}\n\n{{by hand: 主要做法}}\n"),
    )  # fmt: skip
    return {
        "written report": {"code": shown.code},
        "draft of an older version": {"code": has.moved_report.code},
        "draft report": {"code": has.draft_report.code},
        "withdrawn written report": {"code": withdrawn.code},
        "edition of a report": {"code": shown.code, "number": 1},
        "no edition of a report": {"code": shown.code, "number": 9},
        "edition of a draft": {"code": has.draft_report.code, "number": 1},
        "two written reports": {"earlier": shown.code, "later": later.code},
        "two edition reports": {"earlier": f"{shown.code}-1", "later": f"{shown.code}-2"},
        "written report and draft": {"earlier": shown.code, "later": has.draft_report.code},
        "template": {"code": has.template.code},
    }


def _text(has):
    return {
        "kind": "briefing",
        "language": "zh-hans",
        "title": "简报",
        "title_hant": "簡報",
        "title_en": "Briefing",
        "text": "站点{{writing.stations}}",
        "base": has.template.version,
        "area": has.area.code,
        "period": "2025",
    }


def _begun(has):
    return {
        "template": has.template.code, "title": "新年报", "area": has.area.code, "period": "2025",
        "unit": has.lead.code,
    }  # fmt: skip


def _words(has):
    base = has.draft_report.changed_at.isoformat()
    return {"title": "新题", "passage_1": "再写一段。", "base": base}


def _move(has, **given):
    has.moved_report.refresh_from_db()
    return {"base": has.moved_report.changed_at.isoformat(), "to": 2, "place_1": 2} | given


SENT = {
    ("reports:writing_move", "valid"): _move,
    ("reports:writing_move", "stale"): lambda has: _move(has, base="2020"),
    ("reports:template_new", "valid"): _text,
    ("reports:template_new", "look"): lambda has: _text(has) | {"do": "look"},
    ("reports:template_edit", "valid"): _text,
    ("reports:template_edit", "stale"): lambda has: _text(has) | {"base": 99},
    ("reports:writing_new", "valid"): _begun,
    ("reports:writing_edit", "valid"): _words,
    ("reports:writing_edit", "stale"): lambda has: _words(has) | {"base": "2020"},
    ("reports:writing_publish", "valid"): lambda has: {
        "seen": draft_of(has.draft_report, at=has.at).digest
    },
}
