"""Scores of candidates: what they are made of, who may compute them, and that they come out again to the bit."""

import json
from datetime import UTC, datetime

import pytest
from django.core.management import CommandError, call_command
from django.db import DatabaseError, transaction

from linli.assessments.actions.noticing import tell_results
from linli.assessments.models import Edition, Notice, Score, Sheet
from linli.assessments.queries.replays import replayed
from linli.assessments.queries.scores import parts_of, standing, verdicts_of
from linli.assessments.rules.instruments import Item, canonical, digest
from linli.assessments.rules.scoring import Part
from linli.assessments.tasks import ScoresDiffer, replay_scores
from linli.kernel.actors import Role
from linli.kernel.refusals import Refused
from linli.kernel.signed import signed
from tests.town import assessments as town
from tests.town import scores as heard_town
from tests.town.staff import actor

AT = datetime(2026, 3, 2, 2, tzinfo=UTC)
ALL = {"a": "yes", "b": "12"}
SAYS = {"self": ALL, "cross": {"a": "yes", "b": "6"}, "site": {"a": "no", "b": "12"}}


@pytest.fixture
def round_(db):
    return town.opened(at=AT, weights=heard_town.WEIGHTS)


def _heard(name, round_, says=None):
    return heard_town.heard(name, at=AT, of=round_, says=says or SAYS)


def test_computes_a_score_from_all_sources(round_):
    one = _heard("甲社区", round_)

    score = heard_town.score(one, at=AT)

    record = json.loads(score.record)
    assert (score.number, score.rules, score.share, score.level) == (1, 1, 5800, "")
    assert record["candidate"] == one.code
    assert record["inputs"]["edition"] == round_.edition.digest
    assert record["inputs"]["weights"] == heard_town.WEIGHTS
    assert [(s["source"], s["digest"]) for s in record["inputs"]["sheets"]] == [
        (source, digest({k: {"v": v} for k, v in SAYS[source].items()})) for source in SAYS
    ]
    assert [s["share"] for s in record["result"]["sheets"]] == [10_000, 8_000, 4_000]
    assert (canonical(record).decode(), digest(record)) == (score.record, score.digest)


def test_keeps_the_score_that_there_is_while_nothing_else_is_said(round_):
    one = _heard("甲社区", round_)
    first = heard_town.score(one, at=AT)

    again = heard_town.score(one, at=AT)
    town.assessing.drop(by=town.planner(), at=AT, assessment=one.assessments.get(kind="site"))
    other = heard_town.score(one, at=AT)

    assert (again.pk, other.number, other.share) == (first.pk, 2, 8500)
    assert json.loads(other.record)["result"]["left_out"] == ["site"]
    assert Score.objects.count() == 2


def test_computes_a_round_in_few_queries_and_tells_who_got_none(
    round_, django_assert_max_num_queries
):
    both = [_heard(name, round_) for name in ("甲社区", "乙社区")]
    silent = _heard("丙社区", round_, {"nobody": {}})
    own = _heard(town.KEEPER, round_)
    town.candidate("丁社区", at=AT, of=round_)

    with django_assert_max_num_queries(12):
        done = heard_town.score_all(round_, at=AT)

    assert {one.candidacy_id for one in done.made} == {one.pk for one in both}
    assert (done.silent, done.own, done.same) == ([silent], [own], [])
    assert len(heard_town.score_all(round_, at=AT).same) == 2


def test_refuses_to_compute_what_is_not_due_or_not_ones_own(round_):
    early = town.candidate("甲社区", at=AT, of=round_)
    silent = _heard("乙社区", round_, {"nobody": {}})
    own = _heard(town.KEEPER, round_)
    refused = {}
    for name, one, by in (
        ("early", early, town.planner()),
        ("silent", silent, town.planner()),
        ("own", own, town.planner()),
        ("another's", silent, town.officer("乙社区")),
        ("clerk", silent, actor(Role.CLERK)),
    ):
        with pytest.raises(Refused) as told:
            heard_town.score(one, at=AT, by=by)
        refused[name] = told.value.code

    assert refused == {
        "early": "not_at_score",
        "silent": "nothing_said",
        "own": "own_unit",
        "another's": "not_own_unit",
        "clerk": "not_allowed",
    }
    assert not Score.objects.exists()


def test_holds_in_the_database_who_computes_when_and_in_which_order(round_):
    early = town.candidate("甲社区", at=AT, of=round_)
    own, other = _heard(town.KEEPER, round_), _heard("乙社区", round_)
    score = heard_town.score(other, at=AT)
    row = {"rules": 1, "share": 1, "record": "{}", "digest": "0", **signed(town.planner(), AT)}

    for wrong, said in (
        ({"candidacy": early, "number": 1}, "while its stage lasts"),
        ({"candidacy": own, "number": 1}, "of their own unit"),
        ({"candidacy": other, "number": 3}, "follows the one before"),
    ):
        with pytest.raises(DatabaseError, match=said), transaction.atomic():
            Score.objects.create(**row, **wrong)
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
        Score.objects.filter(pk=score.pk).update(share=10_000)
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
        score.delete()

    assert Score.objects.count() == 1


def test_lets_a_veto_hold_of_whoever_came_to_look(db):
    form = town.form(
        Item("a", "yes_no", {"zh-hans": "无事故"}, weight=1, veto=True),
        Item("b", "yes_no", {"zh-hans": "有窗口"}, weight=99),
    )
    round_ = town.opened(at=AT, of=town.edition(at=AT, of=form), weights=heard_town.WEIGHTS)
    good, bad = {"a": "yes", "b": "yes"}, {"a": "no", "b": "yes"}
    mended = _heard("甲社区", round_, {"self": bad, "site": good})
    found = _heard("乙社区", round_, {"self": good, "site": bad})
    alone = _heard("丙社区", round_, {"self": bad})

    levels = {one.candidacy_id: one.level for one in heard_town.score_all(round_, at=AT).made}

    assert levels == {mended.pk: "nation", found.pk: "", alone.pk: ""}


def test_tells_parts_and_standing_of_a_round(round_, django_assert_max_num_queries):
    low, high, same = (
        _heard("甲社区", round_),
        _heard("乙社区", round_, {"self": ALL, "cross": ALL, "site": ALL}),
        _heard("丙社区", round_, {"self": ALL, "cross": ALL, "site": ALL}),
    )
    rest = town.candidate("丁社区", at=AT, of=round_)
    heard_town.score_all(round_, at=AT)

    with django_assert_max_num_queries(3):
        parts = parts_of(round_)
    with django_assert_max_num_queries(2):
        places = {one.candidacy.pk: one.place for one in standing(round_)}

    assert parts[low.pk].parts == (
        Part("self", 10, (10_000,)), Part("cross", 30, (8_000,)), Part("site", 60, (4_000,)),
    )  # fmt: skip
    assert [sheet.assessment.kind for sheet in parts[low.pk].sheets] == ["self", "cross", "site"]
    assert places == {high.pk: 1, same.pk: 1, low.pk: 3, rest.pk: 0}


def test_reads_the_same_sheets_by_another_edition(round_):
    one = _heard("甲社区", round_)
    other = town.form(
        Item("a", "yes_no", {"zh-hans": "有服务窗口"}, weight=1),
        Item("b", "count", {"zh-hans": "全年活动场次"}, weight=9, nought="0", full="12"),
        levels=((6000, "city"),),
    )

    assert verdicts_of(round_)[one.pk].level == ""
    assert (verdicts_of(round_, other)[one.pk].share, verdicts_of(round_, other)[one.pk].level) == (
        8050, "city",
    )  # fmt: skip


def test_computes_every_score_again_to_the_bit(round_, capsys):
    for name in ("甲社区", "乙社区"):
        heard_town.score(_heard(name, round_), at=AT)

    assert [one.difference for one in replayed(round_)] == ["", ""]
    assert replay_scores(AT) == 2
    call_command("replay_scores")

    assert capsys.readouterr().out.strip().endswith("2 scores, 0 differ")


@pytest.mark.parametrize(
    ("model", "changed", "told"),
    [
        (Score, {"share": 9_999}, "columns"),
        (Score, {"level": "nation"}, "columns"),
        (Score, {"digest": "0" * 64}, "record"),
        (Sheet, {"answers": {"a": {"v": "yes"}, "b": {"v": "11"}}}, "sheet"),
        (Edition, {"document": None}, "terms"),
    ],
)
def test_finds_what_was_changed_behind_the_triggers(round_, model, changed, told, capsys):
    """The control of the replay: without the triggers, anything may be changed, and is found."""
    score = heard_town.score(_heard("甲社区", round_), at=AT)
    if changed.get("document", 0) is None:
        changed = {"document": round_.edition.document | {"levels": []}}
    heard_town.without_triggers(model._meta.db_table)
    model.objects.filter(pk=model.objects.order_by("pk").last().pk).update(**changed)
    round_.refresh_from_db()

    assert [(one.score.pk, one.difference) for one in replayed(round_)] == [(score.pk, told)]
    with pytest.raises(CommandError, match="1 differ"):
        call_command("replay_scores")
    assert f"{score.candidacy.code}/1: {told}" in capsys.readouterr().out
    with pytest.raises(ScoresDiffer, match="1 of 1"):
        replay_scores(AT)


def test_finds_a_record_that_was_forged_with_its_digest(round_):
    score = heard_town.score(_heard("甲社区", round_), at=AT)
    forged = json.loads(score.record)
    forged["result"]["share"] = 9_999
    heard_town.without_triggers("assessments_score")
    Score.objects.filter(pk=score.pk).update(
        record=canonical(forged).decode(), digest=digest(forged), share=9_999
    )

    assert [one.difference for one in replayed(round_)] == ["result"]


def test_tells_no_score_in_public_that_is_outdated(round_):
    one = _heard("甲社区", round_)
    heard_town.score(one, at=AT)
    site = one.assessments.get(kind="site")
    town.assessing.drop(by=town.planner(), at=AT, assessment=site)

    with pytest.raises(Refused) as refused:
        tell_results(by=town.planner(), at=AT, round=round_, candidacies=[one])
    assert (refused.value.code, Notice.objects.count()) == ("outdated", 0)

    heard_town.score(one, at=AT)
    tell_results(by=town.planner(), at=AT, round=round_, candidacies=[one])
    assert Notice.objects.count() == 1
