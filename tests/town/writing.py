"""Templates and written reports for tests: written by an officer, published by a planner."""

from datetime import UTC, datetime

from linli.facts.models import Fact
from linli.facts.rules.periods import of_iso
from linli.kernel.actors import Role
from linli.reports.actions import publishing, templates, writing
from linli.reports.models import Template
from linli.reports.queries.papers import draft_of
from linli.reports.rules.writing.reading import read_text
from tests.town import directory, facts
from tests.town.staff import actor

AT = datetime(2026, 11, 20, 4, 0, tzinfo=UTC)
UNIT = "嘉峪关市人社局"
TEXT = """# 技能培训

全年培训{{training.trained}}，比上年{{training.trained as=change}}。

{{by hand: 主要做法}}

{{table indicators=training.trained periods=last,this caption="两年对比"}}
"""


def planner(name="规划员"):
    return actor(Role.PLANNER, name=name)


def officer(unit=UNIT, name="经办人"):
    return actor(Role.OFFICER, name=name, unit=unit)


def draft(text=TEXT, **given):
    said = {
        "kind": "work",
        "language": "zh-hans",
        "title": "年度工作汇报",
        "title_hant": "年度工作匯報",
        "title_en": "Work report of a year",
    }
    return templates.TemplateDraft(text=text, **(said | given))


def template(text=TEXT, *, at=AT, by=None, **given):
    return templates.begin_template(by=by or officer(), at=at, draft=draft(text, **given))


def trained(value="460", period="2025", *, at=AT, status=Fact.EVIDENCED, **given):
    """Record how many were trained, shown by a file."""
    evidence = given.pop("evidence", None) or facts.file(data=f"{value}{period}".encode(), at=at)
    return facts.fact(value, at=at, period=period, status=status, evidence=evidence, **given)


def two_years(**given):
    return trained("400", "2024", **given), trained("460", "2025", **given)


def written(
    of=None, *, at=AT, by=None, unit=UNIT, period="2025", title="2025年工作汇报", area=None
):
    made = of or Template.objects.first() or template(at=at)
    said = writing.WrittenDraft(
        template=made, area=area or directory.area(), period=of_iso(period),
        unit=directory.unit(unit), title=title,
    )  # fmt: skip
    return writing.begin_report(by=by or officer(unit), at=at, draft=said)


def passages(of, *texts, at=AT, by=None, title=""):
    of.refresh_from_db()
    return writing.change_report(
        by=by or officer(of.unit.name), at=at, written=of, base=of.changed_at.isoformat(),
        title=title or of.title, by_hand=dict(enumerate(texts, 1)),
    )  # fmt: skip


def published(of, *, at=AT, by=None, seen=""):
    of.refresh_from_db()
    digest = seen or draft_of(of, at=at).digest
    return publishing.publish_report(by=by or planner(), at=at, written=of, seen=digest)


def report(*texts, at=AT, **given):
    """Return a report that everybody can read."""
    made = written(at=at, **given)
    if read_text(made.version.text).by_hand:
        passages(made, *(texts or ("办班送到社区。",)), at=at, by=given.get("by"))
    published(made, at=at)
    made.refresh_from_db()
    return made
