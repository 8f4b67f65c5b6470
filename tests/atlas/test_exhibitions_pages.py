"""Pages of exhibitions: a tour in the reader's language, files of what hangs and of nothing else, labels, forms."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from linli.atlas.models import Exhibition, Work
from linli.kernel.actors import Role
from tests.town import atlas_exhibitions as town
from tests.town import culture, directory
from tests.town.staff import account

pytestmark = pytest.mark.django_db


@pytest.fixture
def exhibition():
    made = town.exhibition()
    town.hung(made, given=town.with_picture())
    town.hung(made, given=town.work_draft(title="戈壁", title_hant="戈壁", title_en="The desert", maker="", text_en=""))  # fmt: skip
    return made


def signed_in(role, unit=""):
    user = account(role, username=role.value)
    user.name, user.unit = ("经办人" if unit else "规划员"), unit
    user.save()
    client = Client()
    client.force_login(user)
    return client


def page(client, address, status=200):
    answer = client.get(address)
    assert answer.status_code == status, address
    return answer.content.decode()


def test_leads_through_a_tour_in_the_readers_language(
    client, exhibition, django_assert_max_num_queries
):
    town.opened(exhibition)
    base = f"exhibitions/{exhibition.code}/"
    assert "丝路影像展" in page(client, "/exhibitions/")
    with django_assert_max_num_queries(4):
        tour = page(client, f"/{base}")
    assert tour.index("关城") < tour.index("戈壁")
    first = page(client, f"/en/{base}1/")
    assert "The fortress in the morning." in first and 'alt="A fortress"' in first  # noqa: PT018
    assert f'rel="next" href="/en/{base}2/"' in first
    assert 'rel="prev"' not in first
    second = page(client, f"/en/{base}2/")
    assert '<div class="prose exhibited__text" lang="zh-Hans"><p>清晨的关城。</p></div>' in second
    assert page(client, f"/{base}wall/").count("reading__square") == 2
    for wrong in (
        f"/{base}0/",
        f"/{base}3/",
        "/exhibitions/x/",
        f"/{base}2/picture",
        f"/{base}1/sound",
    ):
        page(client, wrong, 404)
    file = client.get(f"/{base}1/picture")
    assert (file.status_code, file["Content-Type"]) == (200, "image/png")


def test_shows_nobody_what_is_not_open(client, exhibition):
    base = f"/exhibitions/{exhibition.code}/"
    for address in (base, f"{base}1/", f"{base}1/picture", f"{base}wall/"):
        page(client, address, 404)
    assert "丝路影像展" not in page(client, "/exhibitions/")
    town.opened(exhibition)
    assert client.get(f"{base}1/picture").status_code == 200
    Exhibition.objects.update(closed_at=town.AT)
    page(client, f"{base}1/picture", 404)


def test_is_hung_with_forms_and_opened_by_a_planner(client):
    directory.unit(town.UNIT)
    client = signed_in(Role.OFFICER, unit=town.UNIT)
    sent = {
        "kind": "reading",
        "title": "阅读墙",
        "title_hant": "閱讀牆",
        "title_en": "Wall",
        "about": "短文。",
    }
    assert client.post("/console/exhibitions/new/", sent | {"title_en": ""}).status_code == 422
    assert client.post("/console/exhibitions/new/", sent).status_code == 302
    made = Exhibition.objects.get()
    base = f"/console/exhibitions/{made.code}/"
    work = {
        "source": "archive", "source_name": "市档案馆", "title": "家书", "title_hant": "家書", "title_en": "A letter",
        "text": "见字如面。", "leave": "on",
    }  # fmt: skip
    assert client.post(f"{base}hang/", work | {"leave": ""}).status_code == 422
    harmful = SimpleUploadedFile("x.png", b"#!/bin/sh")
    refused = client.post(f"{base}hang/", work | {"picture": harmful, "shows": "信"})
    assert refused.status_code == 422
    assert "见字如面。" in refused.content.decode()  # nothing typed is lost
    photo = SimpleUploadedFile("x.png", culture.picture())
    assert client.post(f"{base}hang/", work | {"picture": photo, "shows": "信"}).status_code == 302
    one = Work.objects.get()
    assert client.get(f"{base}exhibits/{one.pk}/picture").status_code == 200
    assert client.get(f"{base}labels/").status_code == 200
    assert client.post(f"{base}open/", {"seen": town.seen(made)}).status_code == 403
    planner = signed_in(Role.PLANNER)
    planner.post(f"{base}open/", {"seen": town.seen(made)})
    assert "家书" in page(client, f"/exhibitions/{made.code}/1/")
    assert page(client, f"{base}labels/").count("wall-label__square") == 1
    client.post(f"{base}close/")
    page(client, f"/exhibitions/{made.code}/", 404)
