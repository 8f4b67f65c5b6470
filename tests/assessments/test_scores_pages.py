"""The pages of scores: listed, traced to each answer, shown to whom they may be, and what would lift a unit."""

from datetime import UTC, datetime

import pytest

from linli.assessments.models import Score
from linli.assessments.rules.instruments import Item, digest
from linli.kernel.actors import Role
from tests.offers.console import desk, page, send
from tests.town import assessments as town
from tests.town import facts as facts_town
from tests.town import scores as heard_town
from tests.town.staff import actor

AT = datetime(2026, 3, 2, 2, tzinfo=UTC)
SAYS = {
    "self": {"a": "yes", "b": "12"},
    "cross": {"a": "yes", "b": "6"},
    "site": {"a": "no", "b": "12"},
}


@pytest.fixture
def round_(db):
    return town.opened(at=AT, weights=heard_town.WEIGHTS)


@pytest.fixture
def one(round_):
    return heard_town.heard("甲社区", at=AT, of=round_, says=SAYS)


@pytest.fixture
def planner():
    return desk(town.planner())


@pytest.fixture
def own():
    return desk(town.officer("甲社区"))


def test_computes_a_round_and_lists_it(one, round_, planner):
    scores = f"/console/rounds/{round_.code}/scores/"

    send(planner, f"{scores}compute/")
    told = page(planner, scores)

    assert Score.objects.get().share == 5800
    assert "1 甲社区 机关 58.00 % no level" in told
    assert "100.00 80.00 40.00" in told
    assert "With a score 1 / 1" in told


def test_lists_many_in_few_queries(round_, planner, django_assert_max_num_queries):
    for n in range(6):
        heard_town.heard(f"第{n}社区", at=AT, of=round_, says={"self": {"a": "yes", "b": str(n)}})
    heard_town.score_all(round_, at=AT)

    with django_assert_max_num_queries(16):
        told = page(planner, f"/console/rounds/{round_.code}/scores/")

    assert told.index("第5社区") < told.index("第0社区")


def test_shows_agreement_item_by_item_the_worst_first(round_, planner):
    for n, second in enumerate(("yes", "no", "no")):
        one = town.candidate(f"第{n}社区", at=AT, of=round_)
        first = {"a": "yes" if n else "no", "b": str(n)}
        heard_town.twice("cross", one, first, {"a": second, "b": str(n)}, at=AT)

    told = page(planner, f"/console/rounds/{round_.code}/scores/agreement/")

    assert "Assessed twice 3" in told
    assert told.index("有服务窗口 -0.667 they disagree 3") < told.index(
        "全年活动场次 1.000 they agree 3"
    )


def test_traces_a_score_to_each_answer(one, planner):
    heard_town.score(one, at=AT)

    told = page(planner, f"/console/candidates/{one.code}/score/")
    differing = page(planner, f"/console/candidates/{one.code}/score/?shown=differing")

    assert "58.00 %" in told
    assert "Yes 6 / 6 Yes 6 / 6 No 0 / 6" in told
    assert "12 4 / 4 6 2 / 4 12 4 / 4" in told
    assert "2 questions on which sources differ" in told
    assert "甲社区 2026-03-02" in differing


def test_shows_the_unit_what_others_said_once_it_was_told_in_public(one, own):
    heard_town.score(one, at=AT)
    address = f"/console/candidates/{one.code}/score/"

    before = page(own, address)
    heard_town.step(one, "notice", at=AT)
    after = page(own, address)

    assert "58.00 %" not in before
    assert "实地检查组" not in before
    assert "Yes 6 / 6" in before
    assert ("58.00 %" in after, "实地检查组" in after) == (True, True)


def test_keeps_who_assesses_blind_until_all_have_said_it(round_, planner):
    one = town.candidate("甲社区", at=AT, of=round_)
    heard_town.twice("cross", one, {"a": "no"}, {"a": "no"}, at=AT)
    readers = [planner, desk(actor(Role.SUPERVISOR, unit="互检二组"))]

    for reader in readers:
        told = page(reader, f"/console/candidates/{one.code}/score/")
        assert "互检一组" not in told
        assert "What others say is not shown yet" in told
        lifted = page(reader, f"/console/candidates/{one.code}/lift/")
        assert "Nothing to count from yet" in lifted
        page(reader, f"/console/candidates/{one.code}/score.json", 404)


def test_gives_the_record_with_which_anybody_computes_it_again(one, planner):
    score = heard_town.score(one, at=AT)

    given = planner.get(f"/en/console/candidates/{one.code}/score.json").json()

    assert digest(given["record"]) == score.digest == given["digest"]
    named = given["record"]["inputs"]["sheets"]
    assert [digest(sheet["answers"]) for sheet in given["sheets"]] == [n["digest"] for n in named]


def test_says_what_would_lift_a_unit_with_what_is_on_file(db, own):
    form = town.form(
        Item("a", "yes_no", {"zh-hans": "有服务窗口"}, weight=50),
        Item("n", "fact", {"zh-hans": "培训人次"}, weight=50, nought="0", full="100",
             indicator="training.trained"),
    )  # fmt: skip
    facts_town.fact("60")
    round_ = town.opened(at=AT, of=town.edition(at=AT, of=form), weights={"self": 1})
    one = heard_town.heard("甲社区", at=AT, of=round_, says={"self": {"a": "no", "n": "20"}})

    told = page(own, f"/console/candidates/{one.code}/lift/")

    assert "As it stands 10.00 %" in told
    assert "With what is on file 30.00 %" in told
    assert "市级 60.00 % 有服务窗口" in told
    assert "有服务窗口 80.00 % 省级 Yes" in told


def test_computes_one_again_and_says_why_not(one, planner):
    send(planner, f"/console/candidates/{one.code}/score/compute/")
    other = heard_town.heard(town.KEEPER, at=AT, of=one.round, says={"self": {"a": "yes"}})

    answer = planner.post(f"/en/console/candidates/{other.code}/score/compute/", follow=True)

    assert "Nobody computes the score of their own unit." in answer.content.decode()
    assert Score.objects.get().candidacy == one
