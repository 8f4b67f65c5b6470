from datetime import timedelta
from decimal import Decimal

import pytest
from django.db import DatabaseError, transaction

from linli.facts import actions as facts_actions
from linli.facts.models import Fact
from linli.facts.rules.periods import Period
from linli.kernel.refusals import Refused
from linli.reports.actions import publishing, templates, writing
from linli.reports.models import (
    FigureSaid,
    HandText,
    Publication,
    Template,
    TemplateVersion,
    Written,
)
from linli.reports.queries.papers import draft_of, paper_of
from linli.reports.queries.written import changed_since
from tests.town import directory, facts
from tests.town import writing as town

pytestmark = pytest.mark.django_db
AT = town.AT
LATER = AT + timedelta(hours=1)


def words_of(paper):
    return [figure.words for figure in paper.figures()]


def refused(code, deed, *tables):
    before = [table.objects.count() for table in tables]
    with pytest.raises(Refused) as caught:
        deed()
    assert caught.value.code == code
    assert [table.objects.count() for table in tables] == before


def test_keeps_every_version_of_a_template():
    made = town.template()
    changed = templates.change_template(
        by=town.planner(), at=LATER, template=made, base=1, draft=town.draft("另一篇{{a.b}}")
    )

    assert changed.version == 2
    assert [one.text for one in changed.versions.all()] == ["另一篇{{a.b}}", town.TEXT.strip("\n")]


def test_adds_no_version_where_the_text_is_the_same():
    made = town.template()
    same = town.draft(town.TEXT.replace("\n", "\r\n"), title="年度汇报")
    templates.change_template(by=town.planner(), at=LATER, template=made, base=1, draft=same)

    made.refresh_from_db()
    assert (made.version, made.title) == (1, "年度汇报")


def test_writes_over_nothing_that_somebody_else_changed():
    made = town.template()
    kept = {"by": town.planner(), "at": LATER, "template": made}
    templates.change_template(base=1, draft=town.draft("一"), **kept)

    refused(
        "changed_meanwhile",
        lambda: templates.change_template(base=1, draft=town.draft("二"), **kept),
        TemplateVersion,
    )


@pytest.mark.parametrize(
    ("code", "given"),
    [
        ("unknown_kind", {"kind": "poem"}),
        ("unknown_language", {"language": "fr"}),
        ("no_title", {"title_en": " "}),
        ("no_words", {"text": " \n"}),
        ("too_long", {"text": "字" * 60_001}),
    ],
)
def test_refuses_a_template(code, given):
    draft = town.draft(**given)
    refused(
        code,
        lambda: templates.begin_template(by=town.officer(), at=AT, draft=draft),
        Template,
        TemplateVersion,
    )


def test_refuses_to_write_with_a_template_that_is_wrong():
    made = town.template("{{training.trained as=poem}}")
    refused("template_has_errors", lambda: town.written(made), Written)


def test_keeps_officers_to_their_unit():
    town.template()
    stranger = town.officer("嘉峪关市教育局")
    refused("not_own_unit", lambda: town.written(by=stranger), Written)
    made = town.written()
    refused("not_own_unit", lambda: town.passages(made, "x", by=stranger), HandText)
    refused(
        "not_own_unit", lambda: writing.remove_report(by=stranger, at=AT, written=made), Written
    )


def test_writes_over_no_passage_that_somebody_else_wrote():
    town.two_years()
    made = town.written()
    base = made.changed_at.isoformat()
    town.passages(made, "先写的。", at=LATER)

    def late():
        writing.change_report(
            by=town.officer(), at=LATER, written=made, base=base, title="t", by_hand={1: "后写的。"}
        )

    refused("changed_meanwhile", late)
    assert [one.text for one in made.by_hand.all()] == ["先写的。"]


def test_refuses_a_passage_that_the_template_has_not():
    made = town.written()
    refused("unknown_passage", lambda: town.passages(made, "一", "二"), HandText)
    refused("too_long", lambda: town.passages(made, "字" * 60_001), HandText)


def test_says_figures_as_they_are_known_while_it_is_a_draft():
    old, _new = town.two_years()
    made = town.written()
    assert words_of(draft_of(made, at=AT).paper) == [
        "460人次", "增加60人次，增长15%", "400人次", "460人次",
    ]  # fmt: skip

    facts_actions.correct(
        by=town.planner(), at=LATER, fact=old, statement=facts_actions.Statement(Decimal(410)),
        evidence=facts.file(at=LATER, data=b"410"), reason="更正", status=Fact.EVIDENCED,
    )  # fmt: skip

    assert words_of(draft_of(made, at=LATER).paper)[1] == "增加50人次，增长12.2%"


def test_freezes_what_is_published():
    _old, new = town.two_years()
    made = town.report()
    facts_actions.correct(
        by=town.planner(), at=LATER, fact=new, statement=facts_actions.Statement(Decimal(500)),
        evidence=facts.file(at=LATER, data=b"500"), reason="漏报一期", status=Fact.EVIDENCED,
    )  # fmt: skip

    assert words_of(paper_of(made))[0] == "460人次"
    said = FigureSaid.objects.filter(publication__written=made)
    assert [(one.place, one.words) for one in said] == [
        (1, "460人次"), (2, "增加60人次，增长15%"), (3, "400人次"), (4, "460人次"),
    ]  # fmt: skip
    assert said[1].before == said[2].fact
    since = changed_since(made.publications.get())
    assert [(one.said.place, one.was.value, one.now.value) for one in since] == [(1, 460, 500)]
    assert paper_of(made, language="zh-hant").blocks[0].spans[0].words == "技能培訓"


def test_lets_nobody_publish_their_own_draft():
    town.two_years()
    made = town.written(by=town.planner())
    town.passages(made, "一", by=town.planner())
    refused("own_draft", lambda: town.published(made), Publication)
    refused("not_allowed", lambda: town.published(made, by=town.officer()), Publication)
    town.published(made, by=town.planner("另一人"))
    assert Publication.objects.count() == 1


def test_publishes_only_what_was_seen():
    town.two_years()
    made = town.written()
    town.passages(made, "一")
    seen = draft_of(made, at=AT).digest
    town.passages(made, "二", at=LATER)

    refused(
        "changed_meanwhile", lambda: town.published(made, seen=seen, at=LATER), Publication, FigureSaid
    )  # fmt: skip


def test_publishes_nothing_with_an_error():
    made = town.written()
    town.passages(made, "一")

    refused("has_errors", lambda: town.published(made), Publication, FigureSaid)


def test_publishes_the_same_once_and_again_after_it_was_withdrawn():
    town.two_years()
    made = town.report()
    refused("nothing_new", lambda: town.published(made), Publication)
    publishing.withdraw_report(by=town.planner(), at=LATER, written=made)
    refused(
        "not_published",
        lambda: publishing.withdraw_report(by=town.planner(), at=LATER, written=made),
    )
    assert not Written.objects.public().exists()
    town.published(made, at=LATER)
    made.refresh_from_db()
    assert (made.edition, made.withdrawn_at) == (2, None)


def test_throws_away_drafts_alone():
    town.two_years()
    made = town.report()
    refused(
        "was_published",
        lambda: writing.remove_report(by=town.officer(), at=AT, written=made),
        Written,
        HandText,
    )
    other = town.written()
    writing.remove_report(by=town.officer(), at=AT, written=other)
    assert list(Written.objects.all()) == [made]


@pytest.mark.parametrize("model", [TemplateVersion, Publication, FigureSaid])
def test_keeps_what_was_published_for_ever(model):
    town.two_years()
    town.report()
    with pytest.raises(DatabaseError), transaction.atomic():
        model.objects.all().update(id=9)
    with pytest.raises(DatabaseError), transaction.atomic():
        model.objects.first().delete()


def test_refuses_in_the_database_who_publishes_their_own():
    town.two_years()
    made = town.report()
    one = made.publications.get()
    with pytest.raises(DatabaseError), transaction.atomic():
        Publication.objects.create(
            written=made, number=9, paper={}, digest="", drafted_by="甲", by_name="甲",
            by_role="planner", by_unit="", at=one.at,
        )  # fmt: skip


def test_begins_no_report_of_no_time():
    day = AT.date()
    said = writing.WrittenDraft(
        template=town.template(), area=directory.area(), period=Period(day, day),
        unit=directory.unit(town.UNIT), title="t",
    )  # fmt: skip
    refused(
        "unknown_period",
        lambda: writing.begin_report(by=town.officer(), at=AT, draft=said),
        Written,
    )
