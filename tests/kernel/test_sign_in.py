"""The way in: by name and password or by a passkey, in our own pages; every other door is shut."""

import re
from datetime import timedelta

import pytest
from allauth.mfa.models import Authenticator
from django.contrib.auth.hashers import make_password
from django.contrib.sessions.models import Session
from django.test import Client, override_settings
from django.urls import NoReverseMatch, reverse

from linli.config import settings as given
from linli.kernel.accounts import forget_sessions
from linli.kernel.actors import Role
from linli.kernel.models import Staff
from tests.town.staff import account

pytestmark = pytest.mark.django_db
PASSWORD = "long-enough-1"


@pytest.fixture
def planner():
    return account(Role.PLANNER, username="planner")


@pytest.fixture
def inside(client, planner):
    client.post("/en/account/login/", {"login": "planner", "password": PASSWORD})
    return client


@pytest.mark.parametrize(
    "path",
    [
        *("signup/", "signup/passkey/", "email/", "confirm-email/", "password/reset/"),
        *("password/set/", "login/code/confirm/", "inactive/", "phone/verify/", "phone/change/"),
        *("social/", "social/login/cancelled/", "2fa/", "2fa/trust/", "trust/"),
    ],
)
def test_keeps_every_other_door_shut(client, inside, path):
    for who in (Client(), inside):
        assert who.get(f"/account/{path}").status_code == 404
        assert who.post(f"/account/{path}", {"email": "a@example.org"}).status_code == 404


@pytest.mark.parametrize(
    "name",
    [
        *("account_signup", "account_email", "account_reset_password", "account_set_password"),
        *("account_confirm_email", "mfa_trust", "mfa_signup_webauthn", "socialaccount_signup"),
    ],
)
def test_has_no_name_for_another_door(name):
    with pytest.raises(NoReverseMatch):
        reverse(name)


def test_keeps_passwords_as_argon2(planner):
    with override_settings(PASSWORD_HASHERS=given.PASSWORD_HASHERS):
        assert make_password(PASSWORD).startswith("argon2$argon2id$")
        assert planner.check_password(PASSWORD) is False  # made by the hasher of tests, not by ours


@pytest.mark.parametrize(
    ("login", "password"), [("planner", "wrong-and-long"), ("nobody", PASSWORD), ("", "")]
)
def test_says_the_same_of_a_wrong_name_and_a_wrong_password(client, planner, login, password):
    page = client.post("/en/account/login/", {"login": login, "password": password})

    assert page.status_code == 422
    told = "The name or the password is not right." in page.content.decode()
    assert told is bool(login)
    assert "_auth_user_id" not in client.session


def test_says_the_same_of_a_disabled_account(client, planner):
    Staff.objects.update(is_active=False)

    page = client.post("/en/account/login/", {"login": "planner", "password": PASSWORD})

    assert page.status_code == 422
    assert "The name or the password is not right." in page.content.decode()


def test_changes_the_session_on_the_way_in(client, planner):
    """Who set a session into somebody's browser before is not in afterwards."""
    session = client.session
    session["planted"] = "x"
    session.save()
    before = client.cookies["sessionid"].value

    client.post("/account/login/", {"login": "planner", "password": PASSWORD})

    assert client.cookies["sessionid"].value != before
    stranger = Client()
    stranger.cookies["sessionid"] = before
    assert stranger.get("/console/").status_code == 302


def test_removes_sessions_that_have_ended(inside):
    last = Session.objects.get().expire_date

    assert forget_sessions(last - timedelta(seconds=1)) == 0
    assert forget_sessions(last) == 1
    assert inside.get("/console/").status_code == 302


class TestThePassword:
    NEW = {
        "oldpassword": PASSWORD,
        "password1": "another-long-one",
        "password2": "another-long-one",
    }

    def test_is_changed_by_who_knows_it(self, inside, planner):
        done = inside.post("/en/account/password/", self.NEW)

        assert done.url == "/en/account/factors/"
        planner.refresh_from_db()
        assert planner.check_password("another-long-one")
        assert [step.verb for step in planner.steps.all()] == ["password_changed"]

    def test_ends_every_other_session(self, inside):
        other = Client()
        other.post("/account/login/", {"login": "planner", "password": PASSWORD})
        assert other.get("/console/").status_code == 200

        inside.post("/en/account/password/", self.NEW)

        assert other.get("/console/").status_code == 302
        assert inside.get("/console/").status_code == 200

    @pytest.mark.parametrize(
        "wrong",
        [
            {"oldpassword": "wrong-and-long"},
            {"password1": "short", "password2": "short"},
            {"password1": "1q2w3e4r5t6y", "password2": "1q2w3e4r5t6y"},
            {"password2": "another-long-two"},
            {"password1": ""},
        ],
    )
    def test_stays_when_something_is_wrong(self, inside, planner, wrong):
        page = inside.post("/en/account/password/", self.NEW | wrong)

        assert page.status_code == 422
        planner.refresh_from_db()
        assert planner.check_password(PASSWORD)
        assert planner.steps.count() == 0

    def test_is_not_there_for_who_signs_in_by_passkey_alone(self, inside, planner):
        planner.set_unusable_password()
        planner.save()
        inside.force_login(planner)

        page = inside.get("/en/account/password/")

        assert page.status_code == 422
        assert "no_password" in page.content.decode()


PAGES = [
    *("account/login/", "account/logout/", "account/again/", "account/password/"),
    *("account/factors/", "account/factors/app/", "account/factors/passkey/"),
    *("account/factors/codes/", "account/factors/codes/new/", "account/factors/app/remove/"),
]


@pytest.fixture
def sure(inside, planner):
    """Signed in, and asked for the password a moment ago."""
    inside.post("/en/account/again/", {"password": PASSWORD})
    return inside


class TestPages:
    def shown(self, client, path):
        page = client.get(f"/en/{path}")
        assert page.status_code == 200, (path, page.get("Location"))
        return page.content.decode()

    @pytest.mark.parametrize("path", ["account/factors/app/", "account/factors/passkey/"])
    def test_show_our_frame_and_no_script_of_their_own(self, sure, path):
        self.looks_like_ours(self.shown(sure, path))

    @pytest.mark.parametrize(
        "path",
        [
            *("account/factors/", "account/again/", "account/password/", "account/logout/"),
            *("account/factors/codes/", "account/factors/codes/new/"),
            *("account/factors/app/remove/", "account/again/code/"),
        ],
    )
    def test_show_our_frame_once_an_app_is_set_up(self, sure, planner, path):
        from linli.kernel.second_factor import FactorAdapter

        seal = FactorAdapter().encrypt
        Authenticator.objects.create(user=planner, type="totp", data={"secret": seal("A" * 32)})
        codes = {"seed": seal("0" * 80), "used_mask": 0}
        Authenticator.objects.create(user=planner, type="recovery_codes", data=codes)
        session = sure.session
        session["account_authentication_methods"] += [{"method": "mfa", "at": 0}]
        session["account_authentication_methods"].reverse()
        session.save()

        self.looks_like_ours(self.shown(sure, path))

    def looks_like_ours(self, text):
        assert 'class="bar"' in text
        assert "linli.css" in text
        inline = re.findall(r"<script(?![^>]*\bsrc=)([^>]*)>", text)
        assert [said for said in inline if 'type="application/json"' not in said] == []
        assert not re.search(r"\son[a-z]+=|\sstyle=|<style|javascript:", text)


class TestPasskeys:
    def test_asks_the_device_by_a_challenge(self, client):
        def asked():
            said = client.get("/account/login/passkey/", headers={"accept": "application/json"})
            return said.json()["request_options"]["publicKey"]

        first, second = asked(), asked()

        assert first["rpId"] == "testserver"
        assert first["userVerification"] == "required"
        assert first["challenge"] != second["challenge"]

    @pytest.mark.parametrize(
        "credential",
        ["", "{}", "[]", "null", '"x"', '{"id": "x", "response": {}}', '{"response": 3}'],
    )
    def test_opens_to_nothing_else(self, client, planner, credential):
        client.get("/account/login/passkey/", headers={"accept": "application/json"})

        answer = client.post("/account/login/passkey/", {"credential": credential})

        assert (answer.status_code, answer.url) == (302, "/account/login/")
        assert "_auth_user_id" not in client.session

    def test_leads_a_browser_without_scripts_to_the_password(self, client):
        assert client.get("/account/login/passkey/").url == "/account/login/"

    @pytest.mark.parametrize("credential", ["", "{}", "[]", '"x"', '{"response": 3}'])
    def test_adds_nothing_that_no_device_made(self, sure, credential):
        sure.get("/en/account/factors/passkey/")

        page = sure.post("/en/account/factors/passkey/", {"credential": credential})

        assert page.status_code == 422
        assert Authenticator.objects.count() == 0

    def test_says_by_its_status_that_no_device_answered(self, sure, planner):
        Authenticator.objects.create(user=planner, type="webauthn", data=_vouched())
        session = sure.session
        session["account_authentication_methods"][0]["method"] = "mfa"
        session.save()
        assert sure.get("/en/account/again/passkey/").status_code == 200

        page = sure.post("/en/account/again/passkey/", {"credential": '{"response": 3}'})

        assert page.status_code == 422

    def test_removes_nobody_elses(self, sure):
        other = account(Role.OFFICER)
        key = Authenticator.objects.create(user=other, type="webauthn", data={"name": "x"})

        path = f"/en/account/factors/passkey/{key.pk}/remove/"

        assert sure.get(path).status_code == 404
        assert sure.post(path).status_code == 404
        assert Authenticator.objects.count() == 1

    def test_keeps_the_only_factor(self, sure, planner, settings):
        key = Authenticator.objects.create(user=planner, type="webauthn", data={"name": "x"})
        session = sure.session
        session["account_authentication_methods"][0]["method"] = "mfa"
        session.save()
        settings.SECOND_FACTOR = True

        page = sure.post(f"/en/account/factors/passkey/{key.pk}/remove/")

        assert page.status_code == 422
        assert "last_factor" in page.content.decode()
        assert Authenticator.objects.count() == 1


def _vouched():
    """Return what is kept of a passkey: what a device said when it was added, without attestation."""
    from fido2.cose import ES256
    from fido2.utils import sha256, websafe_encode
    from fido2.webauthn import AttestationObject, AttestedCredentialData, AuthenticatorData

    told = b'{"type": "webauthn.create", "challenge": "AA", "origin": "https://testserver"}'
    key = ES256({1: 2, 3: -7, -1: 1, -2: b"x" * 32, -3: b"y" * 32})
    held = AttestedCredentialData.create(b"\0" * 16, b"credential-id", key)
    said = AuthenticatorData.create(sha256(b"testserver"), 0x45, 1, held)
    attested = AttestationObject.create("none", said, {})
    response = {
        "clientDataJSON": websafe_encode(told),
        "attestationObject": websafe_encode(attested),
    }
    name = websafe_encode(b"credential-id")
    credential = {"id": name, "rawId": name, "type": "public-key", "response": response}
    return {"name": "x", "credential": credential}
