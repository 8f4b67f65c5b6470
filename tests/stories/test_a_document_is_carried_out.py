"""The promise 实施意见、实施方案、管理办法: a policy document is recorded, carried out by a programme, and replaced by a
newer one; who reads the promise reads which document it carries out, and that it was replaced.
"""

import pytest

from linli.plans.models import PolicyDocument, Programme
from tests.town import directory, plans
from tests.town.told import desk, press, read

pytestmark = pytest.mark.django_db
OLD, NEW = "嘉政发〔2026〕1号", "嘉政发〔2026〕9号"


def test_a_document_commits_to_what_the_public_can_check(client, time_machine, noon):
    time_machine.move_to(noon, tick=False)
    lead, planner = directory.unit(plans.LEAD), desk(plans.planner())

    press(
        planner, "/console/documents/new/", title="创建工作实施意见", number=OLD, area="620200",
        status="in_force", issued_on="2026-01-05",
    )  # fmt: skip
    document = PolicyDocument.objects.get()
    press(
        planner, "/console/programmes/new/", title="创建工作方案", area="620200",
        document=document.pk, starts_on="2026-01-01", ends_on="2027-12-31",
    )  # fmt: skip
    programme = Programme.objects.get()
    press(planner, f"/console/programmes/{programme.code}/", "/measures/", title="双语服务")
    measure = programme.measures.get()
    press(
        planner, f"/console/measures/{measure.code}/tasks/new/", title="设立双语窗口",
        lead=lead.code, due_on="2026-12-20",
    )  # fmt: skip
    press(planner, f"/console/programmes/{programme.code}/publish/")

    promise = f"/promises/tasks/{measure.tasks.get().code}/"
    assert OLD in read(client, promise)

    # A newer one replaces it: the old one stays, and says by what it was replaced.
    replacing = f"/console/documents/{document.code}/replace/"
    press(
        planner, replacing, title="创建工作管理办法", number=NEW, area="620200", status="in_force",
        issued_on="2026-11-20",
    )  # fmt: skip
    assert "创建工作管理办法" in read(planner, f"/console/documents/{document.code}/")
    before, after = (PolicyDocument.objects.get(number=number) for number in (OLD, NEW))
    assert (before.status, after.supersedes) == ("replaced", before)
    # No programme may begin on what is no longer in force.
    offered = planner.get("/console/programmes/new/").content.decode()
    assert (before.title in offered, after.title in offered) == (False, True)

    answer = client.get(f"/en{promise}").content.decode()
    assert OLD in answer
    assert answer.count("replaced since") == 1
