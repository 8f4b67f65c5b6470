"""Projects on the console and for everybody: planned, promised, visited, told; nothing shown that is not published."""

import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile

from linli.funds.models import Fund, Photo, Programme, Project
from linli.kernel.actors import Role
from tests.offers.console import desk, page, said, send
from tests.town import directory, services
from tests.town import funds as books
from tests.town import projects as town
from tests.town.hostile_photos import CANARY, exif, saved
from tests.town.staff import actor

pytestmark = pytest.mark.django_db
LIST, OPEN = "/console/funds/projects/", "/funds/projects/"


@pytest.fixture(autouse=True)
def at_noon(noon, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    with time_machine.travel(noon, tick=False):
        yield noon


@pytest.fixture
def officer():
    return desk(town.officer())


def test_plans_promises_and_follows_a_project(officer, client, noon):
    line = town.programme(at=noon)
    town.project(at=noon, of=line, name="另一个项目")
    given = {
        "programme": line.code, "name": "中心小学", "giving": "510106", "receiving": "513332",
        "unit": line.unit.code, "amount": "1,125,240.00", "starts_on": "2026-11-01",
        "promised_on": "2027-06-30",
    }  # fmt: skip
    assert "before the first" in said(
        send(officer, f"{LIST}new/", 422, **given | {"promised_on": "2026-01-01"})
    )
    send(officer, f"{LIST}new/", **given)
    made = Project.objects.get(name="中心小学")
    here, there = f"{LIST}{made.code}/", f"{OPEN}{made.code}/"
    assert made.amount == 112_524_000
    assert client.get(f"/en{there}").status_code == 404

    send(officer, f"{here}work/", name="教学楼", quantity="7000.3", measure="平方米", amount="0")
    send(officer, f"{here}milestone/", name="封顶", promised_on="2027-03-01")
    send(officer, f"{here}publish/")
    work, step = made.works.get(), made.milestones.get()
    send(officer, f"{here}begin/?of={work.pk}", day="2026-11-20")
    send(officer, f"{here}move/?of={step.pk}", now_on="2027-04-01", reason="冻土期延长")
    send(officer, f"{here}warn/", words="道路可能中断")
    send(officer, f"{here}sent/", role="teachers", count="55", team="第一批", from_on="2026-11-01")
    send(
        officer,
        f"{here}contract/",
        words="土建",
        work=str(work.pk),
        signed_on="2026-11-02",
        amount="5000",
    )

    told = page(client, there)
    for words in (
        "教学楼",
        "7,000.3",
        "2027-03-01",
        "2027-04-01",
        "冻土期延长",
        "道路可能中断",
        "delayed",
        "55",
        "5,000.00",
    ):
        assert words in told
    assert "经办人" not in told


def test_records_a_visit_whose_photos_everybody_sees_until_they_are_taken_down(
    officer, client, noon, django_capture_on_commit_callbacks
):
    project = town.published(at=noon)
    here = f"{LIST}{project.code}/"
    taken = saved("JPEG", exif=exif())  # with the place where it was taken
    file = SimpleUploadedFile("a.jpg", taken, "image/jpeg")
    given = {
        "unit": project.unit.code, "day": "2026-11-21", "finding": "mend", "words": "外墙有裂缝",
        "photo_1": file, "shows_1": "外墙",
    }  # fmt: skip
    assert "nobody may be recognised" in said(send(officer, f"{here}visit/", 422, **given))
    file.seek(0)
    send(officer, f"{here}visit/", **given, nobody_shown="on")

    photo = Photo.objects.get()
    told = page(client, f"{OPEN}{project.code}/")
    assert "外墙有裂缝" in told
    assert "not mended yet" in told
    shown = client.get(f"/funds/photos/{photo.pk}/")
    assert (shown.status_code, shown["Content-Type"]) == (200, "image/png")
    assert CANARY in taken
    assert CANARY not in shown.content
    with django_capture_on_commit_callbacks(execute=True):
        send(desk(town.officer(town.RECEIVER)), f"{here}take_down/?of={photo.pk}")
    assert client.get(f"/funds/photos/{photo.pk}/").status_code == 404
    assert "Taken down on" in page(client, f"{OPEN}{project.code}/")


def test_shows_no_photo_and_no_money_that_is_not_published(officer, client, noon):
    hidden = town.project(at=noon)
    photo = town.visited(hidden, at=noon, photos=["red"]).photos.get()
    project = town.published(at=noon, of=hidden.programme, name="公开项目")
    fund = books.fund(at=noon)
    paid = books.account(fund, "paid", at=noon, of=project)
    at = {"at": noon}
    budget, stands = books.account(fund, "budget", **at), books.account(fund, "appropriated", **at)
    given = books.account(fund, "allocated", of=project, **at)
    books.posted(fund, "appropriate", (budget, stands, 12_345_600), **at)
    books.posted(fund, "allocate", (stands, given, 12_345_600), **at)
    books.posted(fund, "disburse", (given, paid, 12_345_600), **at)

    assert client.get(f"/funds/photos/{photo.pk}/").status_code == 404
    assert officer.get(f"{LIST}photos/{photo.pk}/").status_code == 200
    assert desk(town.officer("另一个单位")).get(f"{LIST}photos/{photo.pk}/").status_code == 404
    assert hidden.name not in page(client, OPEN)
    assert "123,456.00" not in page(client, f"{OPEN}{project.code}/")
    assert "123,456.00" in page(officer, f"{LIST}{project.code}/")

    Fund.objects.update(published_at=noon)
    for address in (f"{OPEN}{project.code}/", f"{OPEN}{project.code}/money/",
                    f"/funds/programmes/{project.programme.code}/money/", OPEN):  # fmt: skip
        assert "123,456.00" in page(client, address)


def test_lists_projects_by_what_the_address_asks(client, noon, django_assert_max_num_queries):
    line = town.programme(at=noon)
    for number in range(4):
        town.published(at=noon, of=line, name=f"第{number}个项目")

    assert "第0个项目" in page(client, f"{OPEN}?state=delayed&programme={line.code}")
    assert "No project fits" in page(client, f"{OPEN}?state=done")
    assert "第3个项目" in page(client, f"{OPEN}?receiving=zzz&state=zzz")
    asked = client.get(f"/en{OPEN}", {"words": "第3"})
    assert ("第3个项目" in said(asked), "第1个项目" in said(asked)) == (True, False)
    assert asked["Cache-Control"] == "private, no-store"
    with django_assert_max_num_queries(14):
        client.get(OPEN)


def test_tells_a_programme_line_with_its_parts_and_people(officer, client, noon):
    given = {
        "name": "六大工程四大行动", "kind": "assistance", "unit": town.programme(at=noon).unit.code,
        "area": "510106", "starts_on": "2026-01-01",
    }  # fmt: skip
    lines = f"{LIST}programmes/"
    send(officer, f"{lines}new/", **given)
    whole = Programme.objects.get(name="六大工程四大行动")
    send(officer, f"{lines}new/", **given | {"name": "教育帮扶", "above": whole.code})
    part = Programme.objects.get(name="教育帮扶")
    send(officer, f"{lines}{whole.code}/amend/", **given | {"purpose": "对口支援"})
    send(officer, f"{lines}{whole.code}/sent/", role="officials", count="158", from_on="2026-01-05")
    assert client.get(f"/funds/programmes/{whole.code}/").status_code == 404
    send(officer, f"{lines}{whole.code}/publish/")
    send(officer, f"{lines}{part.code}/publish/")
    town.published(at=noon, of=part)

    told = page(client, f"/funds/programmes/{whole.code}/")

    for words in ("教育帮扶", "158", "1 project", "石渠县", "8,000,000.00"):
        assert words in told
    assert "教育帮扶" in page(officer, lines)
    assert "158" in page(officer, f"{lines}{whole.code}/")
    fund = books.fund(at=noon, by=town.officer(), unit=whole.unit)
    account = {"fund": fund.code, "kind": "social", "name": "社会帮扶资金"}
    send(officer, f"{lines}{whole.code}/account/", **account)
    assert fund.accounts.get().programme == whole
    wrong = f"{lines}{whole.code}/sent/?of={whole.sent.get().pk}"
    assert officer.get(f"{wrong}9").status_code == 404
    right = {"role": "officials", "count": "150", "from_on": "2026-01-05"}
    assert send(officer, wrong, 422, **right)
    send(officer, wrong, **right, reason="重复登记八人")
    assert "150 persons" in page(client, f"/funds/programmes/{whole.code}/")


def test_draws_the_places_that_have_a_square_with_their_projects(client, noon):
    line, base = town.programme(at=noon), {"at": noon}
    for number, name in enumerate(("祁连社区", "永乐社区", "铁南社区"), 1):
        area = directory.area(f"62020000{number}001", name=name, level="community")
        if number < 3:
            services.station(f"{name}服务站", area=area.code, tile=(number, 2), **base)
        town.published(of=line, receiving=area, name=f"{name}示范点", **base)

    answer = client.get(OPEN)

    squares = answer.context["map"].squares
    assert [(one.area.name, one.x, one.y, one.count) for one in squares] == [
        ("祁连社区", 0, 0, 1), ("永乐社区", 0, 56, 1),
    ]  # fmt: skip
    assert client.get(f"{OPEN}?receiving=620200001001").context["map"] is None


def test_lets_each_side_do_what_is_its_own(noon):
    project = town.published(at=noon)
    here = f"{LIST}{project.code}/"
    receiver, supervisor = desk(town.officer(town.RECEIVER)), desk(actor(Role.SUPERVISOR))

    assert "Record a visit" in page(receiver, here)
    assert "Add a work" not in page(receiver, here)
    assert receiver.get(f"{here}work/").status_code == 404
    assert receiver.get(f"{here}nothing/").status_code == 404
    assert receiver.get(f"{here}ease/?of=999").status_code == 404
    assert receiver.get(f"{here}ease/?of=x").status_code == 404
    assert "Record a visit" not in page(supervisor, here)
