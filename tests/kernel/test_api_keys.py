"""Keys of programs: shown once, kept as a print, dead with their account."""

import pytest
from django.test import RequestFactory

from linli.kernel import accounts
from linli.kernel.actors import HOLDER, OF_STAFF, Role
from linli.kernel.api_keys import issue, revoke_key, staff_of
from linli.kernel.models import ApiKey, StaffStep
from linli.kernel.refusals import Refused
from tests.town.staff import account, actor

pytestmark = pytest.mark.django_db
requests = RequestFactory()
ADMINISTRATOR = actor(Role.ADMINISTRATOR, name="管理员")


@pytest.fixture
def officer():
    return account(Role.OFFICER)


def issued(noon, staff, name="窗口程序"):
    return issue(by=ADMINISTRATOR, at=noon, staff=staff, name=name)


def bearer(secret):
    return requests.get("/", HTTP_AUTHORIZATION=f"Bearer {secret}")


def test_lets_a_program_act_for_a_member_of_staff(noon, officer):
    _key, secret = issued(noon, officer)

    assert staff_of(bearer(secret)) == officer
    assert staff_of(requests.get("/", HTTP_AUTHORIZATION=f"bearer  {secret}")) == officer
    assert staff_of(requests.get("/", {"api_key": secret})) == officer
    assert staff_of(requests.post("/", {"api_key": secret})) == officer


@pytest.mark.parametrize("said", ["", "Bearer ", "Bearer linli_wrong", "Basic abc", "linli_wrong"])
def test_knows_nobody_by_another_word(noon, officer, said):
    issued(noon, officer)

    assert staff_of(requests.get("/", HTTP_AUTHORIZATION=said)) is None
    assert staff_of(requests.get("/")) is None


def test_keeps_a_print_of_the_key_and_writes_down_who_issued_it(noon, officer):
    key, secret = issued(noon, officer)

    row = str(ApiKey.objects.values().get())
    assert secret not in row
    assert secret.removeprefix("linli_") not in row
    assert len(secret) >= 40
    step = StaffStep.objects.get()
    assert (step.staff, step.verb, step.becomes) == (officer, "key_issued", {"key": "窗口程序"})
    assert (step.by_name, step.by_role, step.at) == ("管理员", "administrator", noon)
    assert str(key) == "窗口程序"


def test_gives_each_program_another_key(noon, officer):
    assert issued(noon, officer)[1] != issued(noon, officer)[1]


def test_ends_a_key_that_is_revoked(noon, officer):
    key, secret = issued(noon, officer)
    _other, still = issued(noon, officer, "另一个程序")

    revoke_key(by=ADMINISTRATOR, at=noon, key=key)
    revoke_key(by=ADMINISTRATOR, at=noon, key=key)

    assert staff_of(bearer(secret)) is None
    assert staff_of(bearer(still)) == officer
    assert [step.verb for step in StaffStep.objects.all()] == [
        "key_issued",
        "key_issued",
        "key_revoked",
    ]


def test_ends_every_key_of_a_disabled_account_for_good(noon, officer):
    _key, secret = issued(noon, officer)

    accounts.disable_account(by=ADMINISTRATOR, at=noon, staff=officer)
    assert staff_of(bearer(secret)) is None

    accounts.enable_account(by=ADMINISTRATOR, at=noon, staff=officer)
    assert staff_of(bearer(secret)) is None


def test_ends_a_key_with_its_account_however_it_was_closed(noon, officer):
    _key, secret = issued(noon, officer)

    type(officer).objects.update(is_active=False)

    assert staff_of(bearer(secret)) is None


@pytest.mark.parametrize("role", [*(r for r in OF_STAFF if r != Role.ADMINISTRATOR), HOLDER.role])
def test_issues_nothing_for_another_role(noon, officer, role):
    key, _secret = issued(noon, officer)

    for deed in (
        lambda: issue(by=actor(role), at=noon, staff=officer, name="程序"),
        lambda: revoke_key(by=actor(role), at=noon, key=key),
    ):
        with pytest.raises(Refused) as refused:
            deed()
        assert refused.value.code == "not_allowed"

    assert ApiKey.objects.filter(revoked_at=None).count() == 1
    assert StaffStep.objects.count() == 1


def test_issues_nothing_for_a_disabled_account(noon, officer):
    type(officer).objects.update(is_active=False)

    with pytest.raises(Refused) as refused:
        issued(noon, officer)

    assert refused.value.code == "account_disabled"
    assert ApiKey.objects.count() == StaffStep.objects.count() == 0
