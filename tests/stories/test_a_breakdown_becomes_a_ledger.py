"""The promise 任务分解表、总台账、督促检查、时间表: a table of tasks becomes the ledger; a unit is reminded, reports, is sent
back, reports with proof; the public sees each step. (In the browser: test_from_promise_to_proof.py, test_ledger.py.)
"""

import pytest

from linli.plans.models import Notice, Programme, Task
from tests.town import directory, plans
from tests.town.told import desk, file, press, read

pytestmark = pytest.mark.django_db
TABLE = """牵头单位,重点任务,具体措施,完成时限
市人社局,开展职业技能培训,举办拉面师培训班,2026.12.20
市教育局,开展职业技能培训,编写双语教材,2026.11.30
"""


def test_a_table_becomes_promises_that_are_checked_one_by_one(client, time_machine, noon):
    time_machine.move_to(noon, tick=False)
    directory.unit(plans.LEAD), directory.unit(plans.OTHER)
    planner, officer, supervisor = (
        desk(who) for who in (plans.planner(), plans.officer(), plans.supervisor())
    )

    # A planner brings the table; what each row would become is shown before anything is kept.
    press(
        planner, "/console/programmes/new/", title="任务分解", area="620200",
        starts_on="2026-01-01", ends_on="2026-12-31",
    )  # fmt: skip
    programme = Programme.objects.get()
    brought = press(
        planner, "/console/ledger/import/", programme=programme.code, file=file("分解表.csv", TABLE)
    )
    assert not Task.objects.exists()
    press(planner, brought.url)
    task = Task.objects.get(title="举办拉面师培训班")
    assert (task.lead.name, task.due_on.isoformat()) == (plans.LEAD, "2026-12-20")
    assert Task.objects.count() == 2
    press(planner, f"/console/programmes/{programme.code}/publish/")

    # The ledger shows both; supervision reminds the unit of one.
    ledger = read(officer, "/console/ledger/")
    assert "编写双语教材" in ledger
    at_desk = f"/console/tasks/{task.code}/"
    press(
        supervisor, at_desk, "/notices/", letter__unit=task.lead.code, letter__kind="remind",
        letter__due_on="2026-12-01", letter__words="请报送进展。",
    )  # fmt: skip
    assert "请报送进展。" in read(officer, f"{at_desk}notices/{Notice.objects.get().pk}/")

    # Words alone do not do: sent back. With the list of certificates it is accepted.
    press(officer, at_desk, "/report/", report__words="已办完。", report__says_done="on")
    press(supervisor, at_desk, "/review/", verdict="sent_back", review__reason="请补充签到表。")
    promise = f"/promises/tasks/{task.code}/"
    assert "verdict--done" not in client.get(promise).content.decode()
    press(
        officer, at_desk, "/report/", report__words="已补充。", report__says_done="on",
        report__file=file("签到表.txt", "七十人"),
    )  # fmt: skip
    press(supervisor, at_desk, "/review/", verdict="accepted")

    # Proof for everybody: the lamp, why it was sent back once, the file's digest; and the same as open data.
    public = client.get(promise).content.decode()
    assert "verdict--done" in public
    assert "请补充签到表。" in public
    assert "SHA-256" in public
    rows = client.get("/promises/620200.json").json()["rows"]
    assert {row["title"]: row["lamp"] for row in rows} == {
        "举办拉面师培训班": "green", "编写双语教材": "amber",
    }  # fmt: skip
