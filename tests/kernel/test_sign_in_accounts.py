"""Accounts are given, changed and closed by administrators, and each change is written down for ever."""

import io

import pytest
from allauth.mfa.models import Authenticator
from django.core.management import CommandError, call_command
from django.db import DatabaseError
from django.utils import translation

from linli.kernel import accounts
from linli.kernel.accounts import AccountDraft
from linli.kernel.actors import OF_STAFF, Role
from linli.kernel.models import Staff, StaffStep
from linli.kernel.refusals import Refused
from tests.town.races import at_once
from tests.town.staff import account, actor

pytestmark = pytest.mark.django_db
DRAFT = AccountDraft("officer", "经办人", "officer", "市人社局")
PASSWORD = "five-words-in-a-row"


@pytest.fixture
def keeper():
    """The account of the administrator who acts."""
    return account(Role.ADMINISTRATOR, username="keeper")


@pytest.fixture
def by(keeper):
    return keeper.actor


@pytest.fixture
def officer(noon, by):
    return accounts.open_account(by=by, at=noon, draft=DRAFT)


def other_keeper(username="other", name="乙"):
    staff = account(Role.ADMINISTRATOR, username=username)
    Staff.objects.filter(pk=staff.pk).update(name=name)
    staff.refresh_from_db()
    return staff


def steps(staff):
    return [(step.verb, step.was, step.becomes) for step in staff.steps.all()]


def with_app(staff):
    return Authenticator.objects.create(user=staff, type="totp", data={"secret": "x"})


class TestOpening:
    def test_gives_an_account_without_a_password(self, officer):
        said = {"username": "officer", "name": "经办人", "role": "officer"}
        said |= {"unit": "市人社局", "email": ""}

        assert officer.has_usable_password() is False
        assert steps(officer) == [("opened", {}, said)]
        assert StaffStep.objects.get().by_role == "administrator"

    def test_refuses_a_name_that_is_taken(self, noon, by, officer):
        with pytest.raises(Refused) as refused:
            accounts.open_account(by=by, at=noon, draft=DRAFT)

        assert refused.value.code == "name_taken"
        assert Staff.objects.count() == 2
        assert StaffStep.objects.count() == 1

    def test_starts_by_a_link_that_serves_once(self, noon, by, officer):
        token = accounts.start_link(by=by, at=noon, staff=officer)

        accounts.start(at=noon, pk=officer.pk, token=token, password=PASSWORD)

        officer.refresh_from_db()
        assert officer.check_password(PASSWORD)
        assert [step.verb for step in officer.steps.all()] == ["opened", "link_given", "started"]
        with pytest.raises(Refused) as refused:
            accounts.start(at=noon, pk=officer.pk, token=token, password="another-one-12")
        assert refused.value.code == "link_spent"
        officer.refresh_from_db()
        assert officer.check_password(PASSWORD)

    @pytest.mark.parametrize("token", ["", "-", "c0ffee-0123456789abcdef", "x" * 200])
    def test_starts_nothing_by_a_forged_link(self, noon, officer, token):
        for pk in (officer.pk, 987654321):
            with pytest.raises(Refused) as refused:
                accounts.starting(pk, token)
            assert refused.value.code == "link_spent"

    def test_starts_nothing_by_a_link_that_is_too_old(self, noon, by, officer, time_machine):
        time_machine.move_to(noon)
        token = accounts.start_link(by=by, at=noon, staff=officer)

        time_machine.shift(3 * 24 * 3600 + 60)

        with pytest.raises(Refused):
            accounts.starting(officer.pk, token)

    def test_starts_nothing_for_a_disabled_account(self, noon, by, officer):
        token = accounts.start_link(by=by, at=noon, staff=officer)
        accounts.disable_account(by=by, at=noon, staff=officer)

        for deed in (
            lambda: accounts.starting(officer.pk, token),
            lambda: accounts.start_link(by=by, at=noon, staff=officer),
        ):
            with pytest.raises(Refused) as refused:
                deed()
            assert refused.value.code in {"link_spent", "account_disabled"}

    def test_keeps_the_second_factor_of_who_starts_anew(self, noon, by, officer):
        with_app(officer)

        token = accounts.start_link(by=by, at=noon, staff=officer)
        accounts.start(at=noon, pk=officer.pk, token=token, password=PASSWORD)

        assert Authenticator.objects.filter(user=officer).count() == 1


class TestAmending:
    def test_writes_down_what_was_and_what_is(self, noon, by, officer):
        draft = AccountDraft("officer", "经办人", "supervisor", "市督查室")

        accounts.amend_account(by=by, at=noon, staff=officer, draft=draft)

        officer.refresh_from_db()
        assert (officer.role, officer.unit) == ("supervisor", "市督查室")
        assert steps(officer)[-1] == (
            "amended",
            {"role": "officer", "unit": "市人社局"},
            {"role": "supervisor", "unit": "市督查室"},
        )

    def test_writes_nothing_when_nothing_changes(self, noon, by, officer):
        accounts.amend_account(by=by, at=noon, staff=officer, draft=DRAFT)

        assert [step.verb for step in officer.steps.all()] == ["opened"]

    def test_refuses_a_name_that_is_taken(self, noon, by, officer):
        draft = AccountDraft("keeper", "经办人", "officer", "市人社局")

        with pytest.raises(Refused) as refused:
            accounts.amend_account(by=by, at=noon, staff=officer, draft=draft)

        assert refused.value.code == "name_taken"
        officer.refresh_from_db()
        assert officer.username == "officer"
        assert StaffStep.objects.count() == 1

    @pytest.mark.parametrize("field", ["role", "unit"])
    def test_gives_no_administrator_another_role(self, noon, by, keeper, field):
        other_keeper()
        said = {"username": "keeper", "name": keeper.name, "role": keeper.role, "unit": keeper.unit}
        said |= {field: "officer" if field == "role" else "另一局"}

        with pytest.raises(Refused) as refused:
            accounts.amend_account(by=by, at=noon, staff=keeper, draft=AccountDraft(**said))

        assert refused.value.code == "own_account"
        keeper.refresh_from_db()
        assert keeper.actor == by
        assert StaffStep.objects.count() == 0

    def test_lets_administrators_correct_their_own_name(self, noon, by, keeper):
        draft = AccountDraft("keeper", "王某", keeper.role, keeper.unit)

        accounts.amend_account(by=by, at=noon, staff=keeper, draft=draft)

        keeper.refresh_from_db()
        assert keeper.name == "王某"


class TestClosing:
    def test_ends_the_password_and_opens_again_without_it(self, noon, by, officer):
        token = accounts.start_link(by=by, at=noon, staff=officer)
        accounts.start(at=noon, pk=officer.pk, token=token, password=PASSWORD)

        accounts.disable_account(by=by, at=noon, staff=officer)
        accounts.disable_account(by=by, at=noon, staff=officer)
        accounts.enable_account(by=by, at=noon, staff=officer)
        accounts.enable_account(by=by, at=noon, staff=officer)

        officer.refresh_from_db()
        assert officer.is_active
        assert officer.has_usable_password() is False
        verbs = [step.verb for step in officer.steps.all()]
        assert verbs == ["opened", "link_given", "started", "disabled", "enabled"]

    def test_closes_nobodys_own_account(self, noon, by, keeper):
        with_app(keeper)
        for deed in (accounts.disable_account, accounts.reset_factors, accounts.start_link):
            with pytest.raises(Refused) as refused:
                deed(by=by, at=noon, staff=keeper)
            assert refused.value.code == "own_account"

        keeper.refresh_from_db()
        assert keeper.is_active
        assert keeper.check_password("long-enough-1")
        assert Authenticator.objects.count() == 1
        assert StaffStep.objects.count() == 0

    def test_leaves_an_administrator(self, noon, keeper):
        gone = actor(Role.ADMINISTRATOR, name="不在册")
        officer_like = AccountDraft("keeper", keeper.name, "officer", keeper.unit)

        for deed in (
            lambda: accounts.disable_account(by=gone, at=noon, staff=keeper),
            lambda: accounts.amend_account(by=gone, at=noon, staff=keeper, draft=officer_like),
        ):
            with pytest.raises(Refused) as refused:
                deed()
            assert refused.value.code == "last_administrator"

        keeper.refresh_from_db()
        assert (keeper.is_active, keeper.role) == (True, "administrator")

    def test_resets_second_factors_and_says_which(self, noon, by, officer):
        with_app(officer)
        Authenticator.objects.create(user=officer, type="recovery_codes", data={})

        accounts.reset_factors(by=by, at=noon, staff=officer)
        accounts.reset_factors(by=by, at=noon, staff=officer)

        assert Authenticator.objects.count() == 0
        assert steps(officer)[1:] == [
            ("factors_reset", {"factors": ["recovery_codes", "totp"]}, {})
        ]


@pytest.mark.parametrize("role", [role for role in OF_STAFF if role != Role.ADMINISTRATOR])
def test_does_nothing_for_another_role(noon, officer, role):
    who = actor(role)
    for deed in (
        lambda: accounts.open_account(by=who, at=noon, draft=AccountDraft("x", "x", role, "x")),
        lambda: accounts.amend_account(by=who, at=noon, staff=officer, draft=DRAFT),
        lambda: accounts.disable_account(by=who, at=noon, staff=officer),
        lambda: accounts.enable_account(by=who, at=noon, staff=officer),
        lambda: accounts.reset_factors(by=who, at=noon, staff=officer),
        lambda: accounts.start_link(by=who, at=noon, staff=officer),
    ):
        with pytest.raises(Refused) as refused:
            deed()
        assert refused.value.code == "not_allowed"

    assert StaffStep.objects.count() == 1
    assert Staff.objects.count() == 2


def test_never_changes_what_was_written_down(officer):
    with pytest.raises(DatabaseError, match="append-only"):
        StaffStep.objects.update(verb="disabled")


@pytest.mark.django_db(transaction=True)
def test_leaves_one_of_two_administrators_who_close_each_other(noon, settings):
    settings.DEMO = False
    one, two = other_keeper("one", "甲"), other_keeper("two", "乙")
    pairs = [(one, two), (two, one)]

    def close(number):
        acting, closed = pairs[number]
        accounts.disable_account(by=acting.actor, at=noon, staff=closed)

    failures = at_once(2, close)

    assert [failure.code for failure in failures] == ["last_administrator"]
    assert Staff.objects.filter(is_active=True).count() == 1


@pytest.mark.django_db(transaction=True)
def test_would_lose_both_without_the_rule(noon, monkeypatch):
    """The control of the test above."""
    monkeypatch.setattr(accounts, "_leave_an_administrator", lambda _staff: None)
    one, two = other_keeper("one", "甲"), other_keeper("two", "乙")
    pairs = [(one, two), (two, one)]

    def close(number):
        acting, closed = pairs[number]
        accounts.disable_account(by=acting.actor, at=noon, staff=closed)

    assert at_once(2, close) == []
    assert Staff.objects.filter(is_active=True).count() == 0


class TestTheFirstAdministrator:
    @staticmethod
    def run(monkeypatch, password=PASSWORD, name="root"):
        monkeypatch.setattr("sys.stdin", io.StringIO(f"{password}\n"))
        said = io.StringIO()
        with translation.override("en"):
            call_command("administrator", name, "--unit", "市大数据局", stdout=said)
        return said.getvalue()

    def test_is_opened_by_a_command(self, monkeypatch):
        assert self.run(monkeypatch) == "root may now sign in.\n"

        staff = Staff.objects.get()
        assert (staff.username, staff.role, staff.unit) == ("root", "administrator", "市大数据局")
        assert staff.check_password(PASSWORD)
        step = StaffStep.objects.get()
        assert (step.verb, step.by_role, step.by_name) == ("opened", "system", "administrator")
        assert PASSWORD not in str(step.becomes)

    def test_is_refused_when_there_is_one(self, monkeypatch, keeper):
        with pytest.raises(CommandError, match="administrator already"):
            self.run(monkeypatch)

        assert Staff.objects.count() == 1

    def test_is_opened_when_the_only_one_was_closed(self, monkeypatch, keeper):
        Staff.objects.update(is_active=False)

        self.run(monkeypatch)

        assert Staff.objects.filter(is_active=True).count() == 1

    @pytest.mark.parametrize("password", ["", "short", "1q2w3e4r5t6y"])
    def test_chooses_no_password_that_is_easily_guessed(self, monkeypatch, password):
        with pytest.raises(CommandError):
            self.run(monkeypatch, password)

        assert Staff.objects.count() == 0

    def test_takes_no_name_that_is_taken(self, monkeypatch):
        account(Role.OFFICER, username="root")

        with pytest.raises(CommandError, match="Another account"):
            self.run(monkeypatch)
