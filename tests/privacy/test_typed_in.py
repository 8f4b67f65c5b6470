"""What would stand for a trait of a person is refused where somebody could type it or bring it: nothing is kept."""

import pytest

from linli.directory.models import Change, Service
from linli.kernel import files
from linli.kernel.refusals import Refused
from linli.kernel.sheets import read_sheet
from tests.town import services

COLUMNS = [
    "民族", "籍貫", "宗教信仰", "身份证号", "身份證號", "戶籍", "政治面貌", "車牌", "minzu", "shenfenzheng", "chepai",
    "religion", "birth place", "face print",
]  # fmt: skip
WORDS = ["户籍证明", "戶籍證明", "宗教信仰", "少数民族家庭", "minzu", "ethnic group", "birthplace"]


@pytest.mark.parametrize("column", COLUMNS)
def test_refuses_a_table_with_such_a_column(column, monkeypatch):
    kept = []
    monkeypatch.setattr(files, "keep", kept.append)

    with pytest.raises(Refused, match="trait_of_a_person"):
        read_sheet(f"编号,{column},数值\n1,x,2\n".encode())
    assert kept == []


def test_takes_a_table_of_a_units_work():
    assert read_sheet("牵头单位,重点任务\n市教育局,开展培训\n".encode()).columns == (
        "牵头单位",
        "重点任务",
    )


@pytest.mark.django_db
@pytest.mark.parametrize("said", WORDS)
@pytest.mark.parametrize("where", ["document", "reason"])
def test_refuses_a_rule_of_eligibility_that_asks_for_it(noon, where, said):
    rule = {"kind": "holds", "document": "证明", "reason": "需要"} | {where: said}
    draft = services.service_draft(rules=(rule,))
    before = Change.objects.count()

    with pytest.raises(Refused, match=r"trait_of_a_person|group_of_people"):
        services.actions.add_service(by=services.planner(), at=noon, draft=draft)
    assert (Service.objects.count(), Change.objects.count()) == (0, before)


@pytest.mark.django_db
def test_takes_a_rule_that_asks_for_a_paper(noon):
    rule = {"kind": "holds", "document": "租房合同", "reason": "要有住处"}

    services.actions.add_service(
        by=services.planner(), at=noon, draft=services.service_draft(rules=(rule,))
    )
    assert Service.objects.count() == 1
