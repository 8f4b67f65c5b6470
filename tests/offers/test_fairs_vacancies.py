"""Vacancies: what one may say, and a table of them that is taken in whole or not at all."""

from datetime import date, timedelta

import pytest
from django.utils.timezone import localdate
from hypothesis import given
from hypothesis import strategies as st

from linli.kernel.refusals import Refused
from linli.kernel.sheets import read_sheet, write_csv, write_xlsx
from linli.offers.actions import vacancies
from linli.offers.actions.vacancy_import import VacancyTable, import_vacancies
from linli.offers.models import Vacancy
from linli.offers.queries.vacancies import VacanciesAsked, open_vacancies, posts_of
from linli.offers.queries.vacancy_import import dry_run
from linli.offers.rules.vacancies import FIELDS, columns_of, read_row, unfair
from tests.town import directory, fairs, offers, services

HEAD = [names[0] for names in FIELDS.values()]
EMPLOYER = "嘉峪关市牛肉面协会"
ROW = [
    EMPLOYER,
    "拉面师",
    "5",
    "嘉峪关市",
    "全职",
    "4500",
    "6000",
    "拉面。",
    "会拉面。",
    "2026-12-31",
]
database = pytest.mark.django_db


def refused(code, deed):
    with pytest.raises(Refused) as caught:
        deed()
    return caught.value.code == code


def row(**changed):
    cells = dict(zip(FIELDS, ROW, strict=True)) | changed
    return [cells[name] for name in FIELDS]


@pytest.mark.parametrize(
    "words",
    [
        "18-35岁", "年龄35岁以下", "35周岁以内", "限男性", "女士优先", "性别：男", "汉族", "限回族、维吾尔族", "未婚", "已婚已育",
        "形象气质佳", "身高170以上", "中共党员", "本地户口", "信教者勿扰", "招女", "male only", "aged 20 to 30", "Married",
    ],
)  # fmt: skip
def test_sees_what_asks_for_a_person(words):
    assert unfair(f"要求：{words}。") != ""


@pytest.mark.parametrize(
    "words",
    [
        "会拉面，有健康证。", "年满18周岁", "年龄、性别不限", "男女不限", "民族不限", "会藏语或维吾尔语", "能吃苦，身体健康", "水族馆饲养员",
        "三年以上工作经验", "大专以上学历", "At least 18 years old", "manage a team", "持证上岗，无不良记录", "清真后厨操作规范",
    ],
)  # fmt: skip
def test_lets_skills_papers_and_the_law_pass(words):
    assert unfair(words) == ""


@given(st.text(max_size=60))
def test_reads_whatever_stands_in_a_cell(words):
    read = read_row(2, dict.fromkeys(FIELDS, words), date(2026, 11, 22))

    assert set(read.wrongs) | set(read.values) <= set(FIELDS)
    assert not set(read.wrongs) & set(read.values) - {"pay_to"}


def test_knows_columns_by_their_names():
    assert columns_of(HEAD) == {name: place for place, name in enumerate(FIELDS)}
    assert columns_of(["岗位名称 *", "招聘人数", "what"]) == {"title": 0, "posts": 1}


@pytest.mark.parametrize(
    ("changed", "field", "wrong"),
    [
        ({"employer": ""}, "employer", "missing"), ({"title": ""}, "title", "missing"),
        ({"posts": "若干"}, "posts", "not_a_number"), ({"posts": "0"}, "posts", "not_a_number"),
        ({"pay_to": "4000"}, "pay_to", "pay_wrong"), ({"pay_from": "面议"}, "pay_from", "not_a_number"),
        ({"employment": "长期"}, "employment", "unknown_employment"),
        ({"valid_until": "年底"}, "valid_until", "not_a_day"),
        ({"valid_until": "2026-02-30"}, "valid_until", "not_a_day"),
        ({"valid_until": "2025-12-31"}, "valid_until", "day_wrong"),
        ({"requirements": "35岁以下"}, "requirements", "unfair"), ({"title": "x" * 121}, "title", "too_long"),
    ],
)  # fmt: skip
def test_says_what_is_wrong_in_which_column(changed, field, wrong):
    read = read_row(2, dict(zip(FIELDS, row(**changed), strict=True)), date(2026, 11, 22))

    assert read.wrongs == {field: wrong}


@database
class TestPost:
    def test_posts_amends_and_closes(self, noon):
        made = fairs.vacancy(at=noon)
        officer = offers.officer()

        changed = fairs.draft(at=noon, title="后厨", posts=2)
        vacancies.amend_vacancy(by=officer, at=noon, vacancy=made, draft=changed)
        vacancies.close_vacancy(by=officer, at=noon, vacancy=made)

        made.refresh_from_db()
        assert (made.title, made.posts, made.closed_on) == ("后厨", 2, localdate(noon))
        close = {"by": officer, "at": noon, "vacancy": made}
        assert refused("closed", lambda: vacancies.close_vacancy(**close))
        assert refused("closed", lambda: vacancies.amend_vacancy(draft=changed, **close))

    @pytest.mark.parametrize(
        ("changed", "code"),
        [
            ({"title": " "}, "no_title"), ({"posts": 0}, "no_posts"), ({"description": "x" * 4001}, "too_long"),
            ({"pay_from": 9000}, "pay_wrong"), ({"employment": "长期"}, "unknown_employment"),
            ({"valid_until": date(2026, 11, 20)}, "day_wrong"), ({"valid_until": date(2028, 1, 1)}, "day_wrong"),
            ({"requirements": "仅限汉族"}, "trait_of_a_person"), ({"title": "女服务员（女性）"}, "trait_of_a_person"),
            ({"description": "登记民族成份"}, "trait_of_a_person"),
        ],
    )  # fmt: skip
    def test_refuses_what_cannot_be(self, noon, changed, code):
        assert refused(code, lambda: fairs.vacancy(at=noon, **changed))
        assert Vacancy.objects.count() == 0

    def test_refuses_another_employers_stand_and_other_units(self, noon):
        stand = fairs.stand(fairs.fair(at=noon), "乙企业", at=noon)
        draft = fairs.draft(at=noon, stand=stand)
        unit = directory.unit(offers.LABOUR)
        given = {"at": noon, "unit": unit, "draft": draft}

        assert refused(
            "not_their_stand", lambda: vacancies.post_vacancy(by=offers.officer(), **given)
        )
        other = offers.officer("嘉峪关市文化局")
        assert refused("not_own_unit", lambda: vacancies.post_vacancy(by=other, **given))
        assert refused("not_allowed", lambda: vacancies.post_vacancy(by=fairs.clerk(), **given))
        assert Vacancy.objects.count() == 0

    def test_stays_at_its_stand_while_somebody_wishes_for_it(self, noon):
        fair = fairs.fair(at=noon)
        made = fairs.vacancy(fairs.stand(fair, at=noon), at=noon)
        fairs.wisher(fair, made, at=noon)

        amend = {"by": offers.officer(), "at": noon, "vacancy": made, "draft": fairs.draft(at=noon)}
        assert refused("wished_for", lambda: vacancies.amend_vacancy(**amend))

    def test_narrows_the_list(self, noon):
        fairs.vacancy(at=noon)
        kept = fairs.vacancy(
            at=noon, title="绣娘", employment="PART_TIME", pay_from=None, pay_to=3000, posts=3
        )
        today = localdate(noon)

        for asked in ({"words": "绣"}, {"employment": "PART_TIME"}, {"words": "协会 绣"}):
            assert list(open_vacancies(VacanciesAsked(**asked), today)) == [kept]
        assert posts_of(open_vacancies(VacanciesAsked(), today)) == 8
        assert open_vacancies(VacanciesAsked(pay=5000), today).count() == 1
        assert open_vacancies(VacanciesAsked(area="620100"), today).count() == 0
        assert open_vacancies(VacanciesAsked(), today + timedelta(days=91)).count() == 0


@database
class TestImport:
    @pytest.fixture
    def bring(self, noon):
        services.organization(EMPLOYER, unit="")
        unit = directory.unit(offers.LABOUR)

        def bring(rows, head=HEAD, by=None, **more):
            table = VacancyTable(data=write_xlsx(head, rows, title="岗位"), **more)
            return import_vacancies(by=by or offers.officer(), at=noon, unit=unit, table=table)

        return bring

    def test_takes_a_table_in_once(self, bring):
        rows = [row(), row(title="后厨", posts="2")]

        assert bring(rows) == 2
        assert bring(rows) == 0

        assert set(Vacancy.objects.values_list("title", "posts", "pay_from", "employment")) == {
            ("拉面师", 5, 4500, "FULL_TIME"), ("后厨", 2, 4500, "FULL_TIME"),
        }  # fmt: skip

    def test_brings_to_a_fair_only_who_has_a_stand(self, noon, bring):
        fair = fairs.fair(at=noon)
        assert refused("rows_have_errors", lambda: bring([row()], fair=fair))
        stand = fairs.stand(fair, EMPLOYER, at=noon)

        assert bring([row()], fair=fair) == 1
        assert Vacancy.objects.get().stand == stand

    @pytest.mark.parametrize(
        "changed",
        [{"posts": "若干"}, {"employer": "无名企业"}, {"area": "月球"}, {"requirements": "汉族"}],
    )
    def test_takes_nothing_of_a_table_with_an_error(self, bring, changed):
        assert refused("rows_have_errors", lambda: bring([row(), row(title="后厨", **changed)]))
        assert Vacancy.objects.count() == 0

    @pytest.mark.parametrize("column", ["民族", "性别", "年龄", "身份证号", "籍贯"])
    def test_takes_nothing_of_a_table_about_persons(self, bring, column):
        table = [[*row(), "x"]]

        assert refused("trait_of_a_person", lambda: bring(table, head=[*HEAD, column]))
        assert Vacancy.objects.count() == 0

    def test_refuses_missing_columns_who_may_not_and_what_changed(self, noon, bring):
        assert refused("no_columns", lambda: bring([row()[1:]], head=HEAD[1:]))
        other = offers.officer("嘉峪关市文化局")
        assert refused("not_own_unit", lambda: bring([row()], by=other))
        seen = dry_run(read_sheet(write_csv(HEAD, [row()]).encode()), localdate(noon)).checksum
        fairs.vacancy(at=noon)
        assert refused("changed_meanwhile", lambda: bring([row()], checksum=seen))
        assert Vacancy.objects.count() == 1

    def test_says_by_column_what_is_wrong_in_which_row(self, noon):
        services.organization(EMPLOYER, unit="")
        rows = [
            row(),
            row(),
            row(employer="无名", area="月球", posts="x", description="登记民族成份"),
        ]

        run = dry_run(read_sheet(write_csv(HEAD, rows).encode()), localdate(noon))

        assert [(one.read.line, one.fate, one.wrongs) for one in run.rows] == [
            (2, "new", {}),
            (3, "known", {}),
            (
                4,
                "wrong",
                {
                    "posts": "not_a_number", "employer": "unknown_employer", "area": "unknown_area",
                    "description": "unfair",
                },
            ),
        ]  # fmt: skip
