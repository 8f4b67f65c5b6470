"""Instruments on the console and in public: begun, built without JavaScript, brought as files, adopted, read."""

import io
import json
from hashlib import sha256

import pytest
import time_machine
from openpyxl import load_workbook

from linli.assessments.actions import drafting
from linli.assessments.actions import instruments as actions
from linli.assessments.models import Edition, Instrument
from linli.assessments.rules.instruments import Form, Item, Level, Section
from linli.kernel.actors import Role
from linli.kernel.clock import now
from tests.offers.console import desk, page, said, send
from tests.town import assessments as town
from tests.town import directory
from tests.town.staff import actor

pytestmark = pytest.mark.django_db
LIST = "/console/instruments/"


@pytest.fixture(autouse=True)
def at_noon(noon, settings, tmp_path):
    settings.HOME = tmp_path
    with time_machine.travel(noon, tick=True):
        yield noon


@pytest.fixture
def planner():
    directory.unit(town.KEEPER)
    return desk(town.planner())


def _draft():
    return Edition.objects.get(adopted_at=None)


def _seen(client, address):
    answer = client.get(f"/en{address}")
    return answer.context["form"].initial.get("seen") or answer.context["seen"]


def test_builds_an_instrument_part_by_part_and_adopts_it(planner, client):
    send(planner, f"{LIST}new/", name="示范单位测评", use="scheme", unit=directory.unit(town.KEEPER).code,
         language="zh-hans")  # fmt: skip
    made = Instrument.objects.get()
    here = f"{LIST}{made.code}/draft/"
    assert "Nothing is asked yet" in page(planner, here)

    send(planner, f"{here}sections/new/", title="服务")
    question = {
        "kind": "yes_no",
        "text": "有服务窗口",
        "section": "s1",
        "weight": "6",
        "evidence": "asked",
    }
    send(planner, f"{here}sections/s1/new/", **question)
    send(
        planner,
        f"{here}sections/s1/new/",
        **question | {"kind": "count", "text": "场次", "weight": "4"},
    )
    told = page(planner, here)
    assert "2 questions · 10 points" in told
    assert "Say which number earns nothing" in told
    assert "Nothing" not in page(planner, f"{here}review/")
    wrong = question | {
        "kind": "count",
        "text": "场次",
        "weight": "4",
        "nought": "零",
        "full": "12",
    }
    there = f"{here}items/q2/"
    seen = _seen(planner, there)
    assert "This is no number" in said(send(planner, there, 422, **wrong, seen=seen))
    send(planner, there, **wrong | {"nought": "0"}, seen=seen)
    assert "Somebody changed this draft" in said(
        send(planner, there, 422, **wrong | {"nought": "1"}, seen=seen)
    )
    send(planner, f"{here}move/", up="q2")
    send(
        planner,
        f"{here}levels/",
        seen=_seen(planner, f"{here}levels/"),
        key_0="city",
        title_0="市级",
        at_0="60.5",
    )

    form = _draft().form
    assert [(one.key, one.weight, one.nought) for one in form.items()] == [
        ("q2", 4, "0"),
        ("q1", 6, ""),
    ]
    assert form.levels == (Level("city", {"zh-hans": "市级"}, 6050),)
    send(planner, f"{here}adopt/", seen=_seen_review(planner, here))

    adopted = Edition.objects.get()
    public = client.get(f"/en/instruments/{made.code}/1/")
    data = client.get(f"/instruments/{made.code}/1.json")
    assert adopted.digest in public.content.decode()
    assert sha256(data.content).hexdigest() == adopted.digest
    assert "示范单位测评" in page(client, "/instruments/")
    assert client.get(f"/en/instruments/{made.code}/2/").status_code == 404


def _seen_review(client, here):
    return client.get(f"/en{here}review/").context["seen"]


def test_refuses_a_question_about_persons_where_it_is_typed(planner):
    draft = actions.begin_instrument(
        by=town.planner(), at=now(), name="甲", use="scheme", unit=directory.unit(town.KEEPER),
        form=town.form(),
    )  # fmt: skip
    asked = {
        "kind": "count",
        "text": "少数民族职工人数",
        "section": "s",
        "weight": "6",
        "evidence": "none",
    }

    answer = send(planner, f"{LIST}{draft.instrument.code}/draft/sections/s/new/", 422, **asked)

    assert "asks for a trait of persons" in said(answer)
    assert len([*_draft().form.items()]) == 2


def _large(languages=10, questions=200):
    """A form of 200 questions in ten languages, as people write them."""
    tags = ("zh-hans", *(f"x{chr(97 + n)}" for n in range(languages - 1)))

    def texts(what):
        return {tag: f"{tag} {what}：本单位服务窗口公示办事指南、时限与监督电话。" for tag in tags}

    sections = tuple(
        Section(
            f"s{s}",
            texts(f"部分 {s}"),
            tuple(
                Item(f"q{n}", "yes_no", texts(f"题 {n}"), weight=5, guidance=texts(f"说明 {n}"))
                for n in range(s * 20, s * 20 + 20)
            ),
        )
        for s in range(questions // 20)
    )
    return Form(tags, sections, (Level("city", texts("市级"), 6000),))


def _large_draft(*size):
    return actions.begin_instrument(
        by=town.planner(), at=now(), name="大", use="scheme", unit=directory.unit(town.KEEPER),
        form=_large(*size),
    )  # fmt: skip


def test_opens_200_questions_in_ten_languages_in_few_queries(
    planner, django_assert_max_num_queries
):
    code = _large_draft().instrument.code
    here = f"/en{LIST}{code}/draft/"
    planner.get(here)

    with django_assert_max_num_queries(6):
        answer = planner.get(f"{here}?in=xc")

    html = answer.content.decode()
    assert html.count('class="built__item"') == 200
    assert "xc 题 199" in html
    assert "xd 题 199" not in html
    assert html.count("<input") + html.count("<textarea") < 10


@pytest.mark.parametrize("kind", ["xlsx", "json"])
def test_brings_a_file_back_with_nothing_lost(planner, kind):
    code = _large_draft(3, 40).instrument.code
    before = _draft()
    file = planner.get(f"{LIST}{code}/1.{kind}").content

    rows = planner.post(f"/en{LIST}{code}/draft/bring/", _file(file, kind), follow=True)
    assert "Nothing differs" in said(rows)
    drafting.save_draft(by=town.planner(), at=now(), edition=before, form=town.form())
    rows = planner.post(f"/en{LIST}{code}/draft/bring/", _file(file, kind), follow=True)
    address = rows.redirect_chain[-1][0].removeprefix("/en")
    assert "removed" not in said(rows)
    send(planner, address, seen=rows.context["seen"])

    assert _draft().document == before.document


def _file(data, kind):
    file = io.BytesIO(data)
    file.name = f"测评.{kind}"
    return {"file": file, "seen": "x"}


def test_takes_nothing_of_a_file_with_faults_and_says_where(planner):
    draft = actions.begin_instrument(
        by=town.planner(), at=now(), name="甲", use="scheme", unit=directory.unit(town.KEEPER),
        form=town.form(),
    )  # fmt: skip
    code = draft.instrument.code
    book = load_workbook(io.BytesIO(planner.get(f"{LIST}{code}/1.xlsx").content))
    heads = [cell.value for cell in book.active[1]]
    book.active.cell(3, heads.index("题型") + 1).value = "选择"
    book.active.cell(4, heads.index("文字 zh-hans") + 1).value = "职工的宗教信仰"
    wrong = io.BytesIO()
    book.save(wrong)

    answer = planner.post(f"/en{LIST}{code}/draft/bring/", _file(wrong.getvalue(), "xlsx"))
    other = json.dumps({"languages": ["zh-hans"], "sections": [{}]}).encode()
    no_document = planner.post(f"/en{LIST}{code}/draft/bring/", _file(other, "json"))

    assert (answer.status_code, no_document.status_code) == (422, 422)
    assert "Line 3 题型 – This is no kind of question" in said(answer)
    assert "Line 4 – This asks for a trait of persons" in said(answer)
    assert "look at sections[0]." in said(no_document)
    assert _draft().document == draft.document


def test_says_a_section_in_a_language_beside_the_first(planner):
    draft = actions.begin_instrument(
        by=town.planner(), at=now(), name="甲", use="scheme", unit=directory.unit(town.KEEPER),
        form=town.form(),
    )  # fmt: skip
    here = f"{LIST}{draft.instrument.code}/draft/"
    send(planner, f"{here}languages/", tag="ug")
    assert "already" in said(send(planner, f"{here}languages/", 422, tag="ug"))
    there = f"{here}languages/ug/s/"
    given = {"title-s": "مۇلازىمەت", "text-a": "بىر", "text-b": "ئىككى"}

    send(planner, there, **given, seen=_seen(planner, there))

    assert _draft().form.sections[0].items[1].text == {"zh-hans": "全年活动场次", "ug": "ئىككى"}
    assert "3 / 6" in page(planner, f"{here}languages/")
    send(planner, f"{here}languages/ug/", first="1")
    assert _draft().form.languages == ("ug", "zh-hans")


def test_shows_who_changes_level_and_what_differs(planner, at_noon):
    round_ = town.opened(at=at_noon, weights={"cross": 100})
    candidate = town.candidate("甲社区", at=at_noon, of=round_)
    town.rounds.step(by=town.planner(), at=at_noon, candidacy=candidate, to="cross")
    town.sheet(
        town.task("cross", "评审单位", at=at_noon, of=candidate), {"a": "yes", "b": "0"}, at=at_noon
    )
    code = round_.edition.instrument.code
    send(planner, f"{LIST}{code}/next/")
    question = {
        "kind": "yes_no",
        "text": "有服务窗口",
        "section": "s",
        "weight": "2",
        "evidence": "none",
    }
    there = f"{LIST}{code}/draft/items/a/"
    send(planner, there, **question, seen=_seen(planner, there))

    told = page(planner, f"{LIST}{code}/draft/review/?round={round_.code}")

    assert "1 candidate of 1 would change level" in told
    assert "甲社区 机关 city 60 % – 33.33 % down" in told
    assert "Points 6 2" in told


def test_shows_other_units_what_was_adopted_alone(planner):
    draft = actions.begin_instrument(
        by=town.planner(), at=now(), name="甲", use="scheme", unit=directory.unit(town.KEEPER),
        form=town.form(),
    )  # fmt: skip
    here = f"{LIST}{draft.instrument.code}/"
    other, reads = desk(town.officer(directory.unit("别的单位"))), desk(actor(Role.SUPERVISOR))

    assert "甲" not in page(other, LIST)
    assert [other.get(f"{here}{way}").status_code for way in ("", "1/", "1.json", "draft/")] == [
        404
    ] * 4
    assert "有服务窗口" in page(reads, f"{here}1/")
    assert reads.get(f"{here}draft/").status_code == 403
    actions.adopt(by=town.planner(), at=now(), edition=draft)
    assert "有服务窗口" in page(other, f"{here}1/")
    assert other.get(f"{here}draft/").status_code == 404
