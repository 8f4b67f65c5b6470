"""The administrator's pages: accounts opened, amended and closed, links and keys shown once."""

import re

import pytest
from allauth.mfa.models import Authenticator
from django.test import Client

from linli.kernel.actors import OF_STAFF, Role
from linli.kernel.models import ApiKey, Staff, StaffStep
from tests.town import directory
from tests.town.staff import account

pytestmark = pytest.mark.django_db
LIST = "/en/console/accounts/"


@pytest.fixture
def keeper(client):
    staff = account(Role.ADMINISTRATOR, username="keeper")
    client.force_login(staff)
    return staff


@pytest.fixture
def unit():
    directory.area()
    return directory.unit("嘉峪关市教育局")


@pytest.fixture
def officer(unit):
    staff = account(Role.OFFICER, username="officer")
    Staff.objects.filter(pk=staff.pk).update(name="李", unit=unit.name)
    staff.refresh_from_db()
    return staff


def said(unit, **more):
    given = {"username": "new-one", "name": "新人", "role": "officer", "unit": unit.pk, "email": ""}
    return given | more


def link_on(page):
    return re.search(r'id="link">https?://testserver(/[^<]+)<', page.content.decode())[1]


def test_opens_an_account_that_starts_by_its_link(client, keeper, unit):
    page = client.post(f"{LIST}new/", said(unit))
    assert page.status_code == 200
    staff = Staff.objects.get(username="new-one")
    assert (staff.name, staff.role, staff.unit) == ("新人", "officer", unit.name)

    owner, link = Client(), link_on(page)
    shown = owner.get(link)
    assert "new-one" in shown.content.decode()
    assert "no-store" in shown["Cache-Control"]
    done = owner.post(link, {"password1": "three words long", "password2": "three words long"})

    assert done.url == "/en/account/login/"
    assert owner.get(link).status_code == 410
    inside = owner.post("/account/login/", {"login": "new-one", "password": "three words long"})
    assert inside.url == "/console/"
    assert [step.verb for step in staff.steps.all()] == ["opened", "link_given", "started"]


def test_opens_one_account_for_a_button_pressed_twice(client, keeper, unit):
    once = re.search(r'name="once" value="([^"]+)"', client.get(f"{LIST}new/").content.decode())[1]

    first, second = (client.post(f"{LIST}new/", said(unit, once=once)) for _ in range(2))

    assert link_on(first) == link_on(second)
    assert Staff.objects.count() == 2


@pytest.mark.parametrize(
    "wrong",
    [
        {"username": ""},
        {"username": "two words"},
        {"username": "keeper"},
        {"name": ""},
        {"role": "holder"},
        {"role": "system"},
        {"unit": ""},
        {"unit": "987654321"},
        {"email": "no address"},
    ],
)
def test_says_what_is_wrong_with_a_new_account(client, keeper, unit, wrong):
    page = client.post(f"{LIST}new/", said(unit) | wrong)

    assert page.status_code == 422
    assert Staff.objects.count() == 1
    assert StaffStep.objects.count() == 0


@pytest.mark.parametrize(
    "chosen",
    [
        {"password1": "short", "password2": "short"},
        {"password1": "1q2w3e4r5t6y", "password2": "1q2w3e4r5t6y"},
        {"password1": "three words long", "password2": "three words lost"},
        {"csrfmiddlewaretoken": "-"},
    ],
)
def test_starts_by_no_password_that_is_wrong(client, keeper, unit, chosen):
    link = link_on(client.post(f"{LIST}new/", said(unit)))

    assert Client().post(link, chosen).status_code == 422
    assert Staff.objects.get(username="new-one").has_usable_password() is False


def test_lists_accounts_by_unit_in_few_queries(
    client, keeper, officer, django_assert_max_num_queries
):
    Authenticator.objects.create(user=officer, type="totp", data={})
    Staff.objects.create(
        username="gone", name="走", role="clerk", unit="某站", password="x", is_active=False
    )

    with django_assert_max_num_queries(6):
        page = client.get(LIST)

    names = re.findall(r'<bdi dir="ltr">([\w-]+)</bdi>', page.content.decode())
    assert {*names} == {"keeper", "officer"}
    assert page.content.decode().count("Is set up") == 1
    assert page.content.decode().count("Not set up") == 1


@pytest.mark.parametrize(
    ("query", "shown"),
    [
        ("?words=李", {"officer"}),
        ("?words=教育", {"officer"}),
        ("?words=off", {"officer"}),
        ("?role=administrator", {"keeper"}),
        ("?closed=on", {"keeper", "officer", "gone"}),
        ("?words=李&role=administrator", set()),
        ("?role=nonsense", {"keeper", "officer"}),
    ],
)
def test_filters_accounts_by_the_address(client, keeper, officer, query, shown):
    Staff.objects.create(
        username="gone", name="走", role="clerk", unit="某站", password="x", is_active=False
    )

    page = client.get(f"{LIST}{query}").content.decode()

    assert {*re.findall(r'<td class="whole"><bdi dir="ltr">([\w-]+)</bdi>', page)} == shown
    assert ("No account answers" in page) is not bool(shown)


def test_amends_an_account_and_shows_what_was(client, keeper, officer, unit):
    given = said(unit, username="officer", name="李", role="supervisor")

    done = client.post(f"{LIST}{officer.pk}/amend/", given)

    assert done.url == f"{LIST}{officer.pk}/"
    officer.refresh_from_db()
    assert officer.role == "supervisor"
    page = client.get(done.url).content.decode()
    assert "<del><bdi>Unit officer</bdi></del>" in page
    assert "<ins><bdi>Supervisor</bdi></ins>" in page


def test_says_why_an_account_stays_as_it_is(client, keeper, officer, unit):
    taken = client.post(f"{LIST}{officer.pk}/amend/", said(unit, username="keeper"))
    own = client.post(f"{LIST}{keeper.pk}/amend/", said(unit, username="keeper", role="officer"))

    assert (taken.status_code, own.status_code) == (422, 422)
    assert "Another account has this user name." in taken.content.decode()
    assert "Another administrator must do this" in own.content.decode()
    keeper.refresh_from_db()
    assert keeper.role == "administrator"
    assert StaffStep.objects.count() == 0


def test_disables_at_once_and_enables_again(client, keeper, officer):
    theirs = Client()
    theirs.force_login(officer)
    assert theirs.get("/console/").status_code == 200

    client.post(f"{LIST}{officer.pk}/disable/")
    assert theirs.get("/console/").status_code == 302

    client.post(f"{LIST}{officer.pk}/enable/")
    assert theirs.get("/console/").status_code == 302
    officer.refresh_from_db()
    assert officer.is_active


def test_gives_a_new_link_and_ends_the_password(client, keeper, officer):
    theirs = Client()
    theirs.force_login(officer)

    page = client.post(f"{LIST}{officer.pk}/link/")

    assert theirs.get("/console/").status_code == 302
    assert Client().get(link_on(page)).status_code == 200
    assert "no-store" in page["Cache-Control"]


def test_resets_lost_factors(client, keeper, officer):
    Authenticator.objects.create(user=officer, type="totp", data={})

    client.post(f"{LIST}{officer.pk}/factors/")

    assert Authenticator.objects.count() == 0
    assert [step.verb for step in officer.steps.all()] == ["factors_reset"]


@pytest.mark.parametrize("deed", ["link", "factors", "disable"])
def test_does_nothing_to_ones_own_account(client, keeper, deed):
    Authenticator.objects.create(user=keeper, type="totp", data={})

    page = client.post(f"{LIST}{keeper.pk}/{deed}/")

    assert page.status_code == 422
    assert "own_account" in page.content.decode()
    keeper.refresh_from_db()
    assert (keeper.is_active, keeper.has_usable_password()) == (True, True)
    assert Authenticator.objects.count() == 1
    shown = client.get(f"{LIST}{keeper.pk}/").content.decode()
    assert f"/{keeper.pk}/{deed}/" not in shown


def test_shows_a_key_once_and_revokes_it(client, keeper, officer):
    page = client.post(f"{LIST}{officer.pk}/keys/", {"name": "自助机"}).content.decode()
    secret = re.search(r'id="key">(linli_[\w-]+)<', page)[1]
    shown = client.get(f"{LIST}{officer.pk}/").content.decode()
    assert secret not in shown
    assert "自助机" in shown

    key = ApiKey.objects.get()
    client.post(f"{LIST}{officer.pk}/keys/{key.pk}/revoke/")

    key.refresh_from_db()
    assert key.revoked_at is not None
    assert [step.verb for step in officer.steps.all()] == ["key_issued", "key_revoked"]


def test_issues_no_key_without_a_name_or_for_a_disabled_account(client, keeper, officer):
    nameless = client.post(f"{LIST}{officer.pk}/keys/", {"name": ""})
    Staff.objects.filter(pk=officer.pk).update(is_active=False)
    disabled = client.post(f"{LIST}{officer.pk}/keys/", {"name": "自助机"})

    assert (nameless.status_code, disabled.status_code) == (422, 422)
    assert ApiKey.objects.count() == 0


def test_revokes_no_key_by_another_account(client, keeper, officer):
    key = ApiKey.objects.create(digest="x", name="x", staff=officer, created_at="2026-11-21T04:00Z")

    assert client.post(f"{LIST}{keeper.pk}/keys/{key.pk}/revoke/").status_code == 404
    key.refresh_from_db()
    assert key.revoked_at is None


@pytest.mark.parametrize("role", [role for role in OF_STAFF if role != Role.ADMINISTRATOR])
def test_opens_to_administrators_alone(client, officer, role):
    Staff.objects.filter(pk=officer.pk).update(role=role)
    client.force_login(officer)
    gets = ("", "new/", f"{officer.pk}/")
    posts = ("new/", *(f"{officer.pk}/{deed}/" for deed in DEEDS), f"{officer.pk}/keys/1/revoke/")

    answers = [client.get(f"{LIST}{path}").status_code for path in gets]
    answers += [client.post(f"{LIST}{path}").status_code for path in posts]

    assert answers == [403] * (len(gets) + len(posts))
    assert StaffStep.objects.count() == 0


def test_finds_nothing_under_a_number_that_nobody_has(client, keeper):
    paths = ("", *(f"{deed}/" for deed in DEEDS), "keys/1/revoke/")
    ask = {"": client.get}

    answers = [ask.get(path, client.post)(f"{LIST}987654321/{path}") for path in paths]

    assert {answer.status_code for answer in answers} == {404}


DEEDS = ("amend", "link", "factors", "disable", "enable", "keys")
