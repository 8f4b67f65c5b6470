"""Projects in the real browser: the list, a project with a visit, and the console's page, wide and narrow."""

import pytest
from playwright.sync_api import expect

from linli.funds.actions import progress
from linli.kernel.clock import now
from tests.browser.look import SIZES, broken, drawn, look_at, no_overflow, sign_in
from tests.offers.console import desk
from tests.town import asking
from tests.town import projects as town

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def hospital():
    """A project that is late, with a finished work, a moved day, a warning and a visit with photos."""
    at = now()
    project = town.published(at=at)
    work, step = project.works.get(), project.milestones.get()
    by, day = town.officer(), at.date()
    progress.begin_work(by=by, at=at, work=work, day=day)
    progress.finish_work(by=by, at=at, work=work, day=day, shown=town.SHOWN)
    later = step.due_on.replace(month=5)
    progress.move_day(by=by, at=at, of=step, now_on=later, reason="冻土期比往年长")
    progress.warn(by=by, at=at, project=project, words="道路冬季可能中断")
    town.visited(project, at=at, photos=("red", "green"), finding="mend")
    return project


@pytest.mark.parametrize("width", SIZES)
def test_shows_projects_at_every_width(page, live_server, width):
    project = hospital()
    page.set_viewport_size({"width": width, "height": SIZES[width]})

    for name, path in {
        "projects": "/funds/projects/",
        "project": f"/funds/projects/{project.code}/",
        "programme": f"/funds/programmes/{project.programme.code}/",
        "project-money": f"/funds/projects/{project.code}/money/",
    }.items():
        page.goto(live_server.url + path)
        look_at(page, f"{name}-{width}")
        assert broken(page) == {}, name
        assert no_overflow(page), name


def test_shows_the_console_of_a_project_and_records_a_visit(page, live_server):
    project = hospital()
    desk(town.officer())  # has an account from now on
    by = town.officer()
    sign_in(page, live_server, f"{by.role}-{by.unit}-{by.name}")

    for width in SIZES:
        page.set_viewport_size({"width": width, "height": SIZES[width]})
        page.goto(f"{live_server.url}/en/console/funds/projects/{project.code}/")
        look_at(page, f"project-console-{width}")
        assert broken(page) == {}
        assert no_overflow(page)
    page.get_by_role("link", name="Record a visit").click()
    page.get_by_label("as it should be").check()
    page.get_by_label("What was found").fill("防雪棚已经补上。")
    page.get_by_label("Mended since the visit of").select_option(index=1)
    photo = {"name": "a.jpg", "mimeType": "image/jpeg", "buffer": asking.photo("blue")}
    page.get_by_label("Photo 1", exact=False).first.set_input_files(photo)
    page.get_by_label("What photo 1 shows").fill("堆场")
    page.get_by_label("nobody can be recognised").check()
    page.get_by_role("button", name="Record it").click()

    assert page.locator(".visit").first.inner_text().count("防雪棚已经补上。") == 1
    assert drawn(page.locator(".visit img").first) == 40
    expect(page.get_by_text("not mended yet")).to_have_count(0)
