from datetime import timedelta
from decimal import Decimal

import pytest
from django.urls import reverse

from linli.facts import actions as facts_actions
from linli.facts.models import Fact
from linli.kernel.models import Staff
from linli.reports.actions import publishing
from linli.reports.models import Publication, Template, TemplateVersion, Written
from linli.reports.queries.papers import draft_of
from tests.town import directory, facts
from tests.town import writing as town

pytestmark = pytest.mark.django_db
AT = town.AT
LATER = AT + timedelta(hours=1)


def signed_in(client, role, name, unit=town.UNIT):
    account = Staff.objects.create(
        username=role, name=name, role=role, unit=unit, password="long-enough-1"
    )
    client.force_login(account)
    return client


@pytest.fixture
def officer(client):
    return signed_in(client, "officer", "经办人")


@pytest.fixture
def planner(client):
    return signed_in(client, "planner", "规划员")


def page(client, name, *parts, status=200, **asked):
    response = client.get(reverse(f"reports:{name}", args=parts), asked)
    assert response.status_code == status
    return response


def send(client, name, *parts, status=302, **given):
    response = client.post(reverse(f"reports:{name}", args=parts), given)
    assert response.status_code == status
    return response


def corrected(fact, value="500"):
    return facts_actions.correct(
        by=town.planner(), at=LATER, fact=fact, status=Fact.EVIDENCED, reason="漏报一期",
        statement=facts_actions.Statement(Decimal(value)),
        evidence=facts.file(at=LATER, data=value.encode()),
    )  # fmt: skip


def test_leads_each_figure_to_its_citation(client):
    _old, new = town.two_years()
    made = town.report("**办班**送到<社区>。")

    text = page(client, "written", made.code).content.decode()

    assert f'id="f1" href="{reverse("facts:citation", args=[new.code])}"' in text
    assert ">460人次</a>" in text
    assert "<strong>办班</strong>送到&lt;社区&gt;" in text
    assert "<caption>两年对比</caption>" in text


def test_shows_the_same_in_traditional_script_and_never_what_is_in_english(client):
    town.two_years()
    made = town.report()
    english = town.report(
        of=town.template("Trained: {{training.trained}}", language="en"), title="Training 体"
    )

    text = client.get(f"/zh-hant/written/{made.code}/").content.decode()
    assert 'lang="zh-Hant"' in text
    assert "技能培訓" in text
    text = client.get(f"/zh-hant/written/{english.code}/").content.decode()
    assert "Training 体" in text
    assert "460 人次" in text


def test_lists_what_is_published_under_the_title_it_was_published_with(client):
    town.two_years()
    made = town.report(title="旧题")
    town.passages(made, "新稿。", title="新题", at=LATER)
    town.written(title="草稿")

    listed = page(client, "written_list").context["page"].object_list
    assert [one.public_title for one in listed] == ["旧题"]
    assert list(page(client, "written_list", words="新题").context["page"]) == []
    assert len(page(client, "written_list", words="旧题", kind="work").context["page"]) == 1
    publishing.withdraw_report(by=town.planner(), at=LATER, written=made)
    assert list(page(client, "written_list").context["page"]) == []
    page(client, "written", made.code, status=404)


def test_says_what_is_known_otherwise_by_now(client):
    _old, new = town.two_years()
    made = town.report()
    assert page(client, "written", made.code).context["changed"] == 0
    assert page(client, "written_since", made.code).context["rows"] == []
    later = corrected(new)

    assert page(client, "written", made.code).context["changed"] == 1
    (row,) = page(client, "written_since", made.code).context["rows"]
    assert (row["before"], row["code"], row["reason"]) == (new.code, later.code, "漏报一期")
    assert "460人次" in page(client, "written", made.code).content.decode()


def test_compares_two_years_and_two_editions(client):
    town.trained("390", "2023")
    _old, new = town.two_years()
    first, second = town.report(period="2024"), town.report(period="2025")
    context = page(client, "written_compare", first.code, second.code).context

    assert [count for _words, count in context["counts"]] == [0, 0, 1, 1, 1]
    corrected(new)
    town.published(second, at=LATER)
    context = page(client, "written_compare", f"{second.code}-1", f"{second.code}-2").context
    assert [count for _words, count in context["counts"]] == [1, 0, 0, 0, 1]
    page(client, "written_compare", first.code, first.code, status=404)
    page(client, "written_compare", f"{second.code}-9", f"{second.code}-2", status=404)


def test_compares_nothing_of_two_places(client):
    town.two_years()
    made = town.report()
    there = directory.area("620100", name="兰州市")
    town.trained("7", "2024", area=there)
    town.trained("8", "2025", area=there)
    other = town.report(area=there)

    page(client, "written_compare", made.code, other.code, status=404)


def test_lists_each_error_with_its_place(officer):
    town.trained("400", "2023")
    town.trained("460", "2025", status=Fact.CLAIMED)
    town.trained("470", "2025", source="报社", evidence=facts.statement("报社", at=AT))
    hidden = facts.indicator("offers.attended", about_people=True, public=False, at=AT)
    facts.fact("9", at=AT, indicator=hidden, period="2025", evidence=facts.query(at=AT))
    of = town.template(
        "{{no.such}}\n\n{{training.trained}}\n\n{{offers.attended}}\n\n"
        "{{training.trained area=620999}}\n\n{{training.trained as=change}}\n\n"
        "{{training.trained period=2024}}\n\n{{by hand: 做法}}"
    )
    made = town.written(of)

    response = page(officer, "writing", made.code)

    found = [(one.code, one.line) for one in response.context["draft"].findings]
    assert found == [
        ("no_such_indicator", 1), ("contradicted", 3), ("unreleased", 5), ("no_such_area", 7),
        ("no_year_before", 9), ("contradicted", 9), ("stale", 11), ("unwritten", 13),
    ]  # fmt: skip
    assert "9人次" not in response.content.decode()
    assert not response.context["publishable"]


def test_warns_of_a_claim_and_lets_it_be_published(planner):
    evidence = facts.statement("统计局", at=AT)
    town.trained("400", "2024", status=Fact.CLAIMED, evidence=evidence)
    town.trained("460", "2025", status=Fact.CLAIMED, evidence=evidence)
    made = town.written()
    town.passages(made, "一")

    context = page(planner, "writing", made.code).context

    assert {one.code for one in context["draft"].findings} == {"claimed"}
    send(planner, "writing_publish", made.code, seen=context["draft"].digest)
    assert Publication.objects.count() == 1


def test_calls_a_figure_stale_that_was_known_before_its_time_was_over():
    early = AT.replace(year=2025, month=6)
    town.trained("400", "2025", at=early)
    made = town.written(town.template("{{training.trained}}", at=early), at=early)

    assert [one.code for one in draft_of(made, at=AT).findings] == ["stale"]
    assert draft_of(made, at=early).findings == ()


def test_takes_the_public_twin_of_a_count_of_people(officer):
    raw = facts.indicator("offers.attended", about_people=True, public=False, at=AT)
    twin = facts_actions.define_twin(by=town.planner(), at=AT, indicator=raw)
    made = town.written(town.template("{{offers.attended}}"))

    (finding,) = draft_of(made, at=AT).findings
    assert (finding.code, finding.words) == ("missing", twin.name)


def test_writes_a_report_from_the_first_click_to_the_last(officer):
    town.two_years()
    given = {
        "kind": "work", "language": "zh-hans", "title": "汇报", "title_hant": "匯報",
        "title_en": "Report", "text": town.TEXT,
    }  # fmt: skip
    send(officer, "template_new", **given)
    of = Template.objects.get()
    begun = {"template": of.code, "title": "年报", "area": "620200", "period": "2025年"}
    directory.unit(town.UNIT)
    send(officer, "writing_new", **begun)
    made = Written.objects.get()
    form = page(officer, "writing_edit", made.code).context["form"]
    send(
        officer, "writing_edit", made.code, title="年报", passage_1="办班460次。",
        base=form["base"].value(),
    )  # fmt: skip
    draft = page(officer, "writing", made.code).context["draft"]
    assert [one.code for one in draft.findings] == ["typed_number"]
    send(officer, "writing_publish", made.code, seen=draft.digest, status=403)
    town.published(made)
    assert page(officer, "written", made.code).context["figures"] == 4


def test_loses_nothing_of_what_was_typed_beside_somebody_else(officer):
    made = town.written()
    base = made.changed_at.isoformat()
    town.passages(made, "先写的。", at=LATER)

    response = send(
        officer, "writing_edit", made.code, title="题", passage_1="后写的。", base=base, status=422
    )

    assert "后写的。" in response.content.decode()
    assert [one.text for one in made.by_hand.all()] == ["先写的。"]


def test_shows_a_template_before_it_is_kept(officer):
    town.two_years()
    given = {
        "kind": "work", "language": "zh-hans", "title": "汇报", "title_hant": "匯報", "title_en": "R",
        "text": "{{training.trained}}\n\n{{坏}}", "area": "嘉峪关市", "period": "2025", "do": "look",
        "words": "培训",
    }  # fmt: skip
    response = send(officer, "template_new", status=200, **given)

    assert "460人次" in response.context["body"]
    assert [(line, about) for line, _words, about in response.context["wrongs"]] == [(3, "坏")]
    assert [one.code for one in response.context["indicators"]] == ["training.trained"]
    assert not TemplateVersion.objects.exists()
    send(officer, "template_new", status=422, **(given | {"do": "keep", "period": "soon"}))
    assert not TemplateVersion.objects.exists()


def test_lists_the_places_inside(officer):
    city = directory.area()
    inside = directory.area("620201", name="雄关区")
    inside.parent = city
    inside.save()
    town.trained("460", "2025")
    town.trained("40", "2025", area=inside)
    made = town.written(town.template("{{table indicators=training.trained areas=inside}}"))

    (table,) = draft_of(made, at=AT).paper.blocks
    assert [[cell[0].words for cell in row] for row in table.rows] == [["雄关区", "40人次"]]


@pytest.mark.parametrize("rows", [1, 30])
def test_asks_the_database_as_often_for_many_figures(client, rows, django_assert_max_num_queries):
    town.two_years()
    figures = "\n\n".join(
        "{{training.trained}} {{training.trained as=change}}" for _ in range(rows)
    )
    made = town.report(of=town.template(figures))
    for number in range(rows):
        town.written(title=f"草稿{number}")
    with django_assert_max_num_queries(14):
        page(client, "written", made.code)
    with django_assert_max_num_queries(8):
        page(client, "written_list")
    signed_in(client, "planner", "规划员")
    with django_assert_max_num_queries(14):
        page(client, "writing", made.code)
    with django_assert_max_num_queries(10):
        page(client, "writing_list")
