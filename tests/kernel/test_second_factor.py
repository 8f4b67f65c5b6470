"""The second factor: asked for, set up, lost, reset; each code serves once."""

import subprocess
import sys
from datetime import timedelta
from urllib.parse import quote

import pytest
from allauth.mfa.models import Authenticator
from django.test import Client

from linli.kernel import accounts
from linli.kernel.actors import Role
from linli.kernel.fields import unseal
from linli.kernel.models import Message, Staff, StaffStep
from linli.kernel.second_factor import FactorAdapter
from linli.kernel.subjects import key_of
from tests.town.addresses import let_go, paths
from tests.town.one_time import code_of, codes_on, secret_on
from tests.town.staff import account, actor
from tools import sweeps

pytestmark = [pytest.mark.django_db, pytest.mark.page]
PASSWORD = "long-enough-1"
BY = actor(Role.ADMINISTRATOR, name="管理员")


@pytest.fixture(autouse=True)
def _required(settings, noon, time_machine):
    settings.SECOND_FACTOR = True
    time_machine.move_to(noon, tick=False)


@pytest.fixture
def planner():
    return account(Role.PLANNER, username="planner")


def sign_in(client, password=PASSWORD, name="planner"):
    return client.post("/en/account/login/", {"login": name, "password": password})


def again(client, path):
    """Type the password again and come to a page that asks for it."""
    asked = client.get(path)
    assert asked.status_code == 302
    page = client.post(asked.url.split("?")[0], {"password": PASSWORD, "next": path}, follow=True)
    assert page.redirect_chain == [(path, 302)]
    return page


def set_up(client):
    """Set up an app; return its secret and the recovery codes."""
    secret = secret_on(again(client, "/en/account/factors/app/"))
    done = client.post("/en/account/factors/app/", {"code": code_of(secret)}, follow=True)
    assert done.redirect_chain == [("/en/account/factors/codes/", 302)]
    return secret, codes_on(done)


@pytest.fixture
def ready(planner, time_machine):
    """A planner with an app: the secret and the recovery codes. Nobody is signed in, and half a minute passes."""
    client = Client()
    sign_in(client)
    made = set_up(client)
    time_machine.shift(60)
    return made


def enter(client, code):
    return client.post("/en/account/login/code/", {"code": code})


class TestWithoutAFactor:
    def test_opens_nothing_but_the_way_to_one(self, client, planner):
        led = sign_in(client)

        assert led.url == "/en/console/"
        assert client.get("/en/console/").url == "/en/account/factors/"
        page = client.get("/en/account/factors/")
        assert page.status_code == 200
        assert "One more step before you begin" in page.content.decode()
        assert 'href="/en/account/factors/app/"' in page.content.decode()

    def test_writes_nothing(self, client, planner):
        sign_in(client)

        answer = client.post("/en/console/units/new/", {"name": "新局"})

        assert (answer.status_code, answer.url) == (302, "/en/account/factors/")

    def test_lets_everybody_sign_out_and_read_what_is_public(self, client, planner):
        sign_in(client)

        assert client.get("/en/").status_code == 200
        assert client.post("/en/account/logout/").status_code == 302
        assert client.get("/en/console/").url == "/en/account/login/?next=/en/console/"

    def test_opens_the_desk_once_one_is_set_up(self, client, planner):
        sign_in(client)

        _secret, codes = set_up(client)

        assert client.get("/en/console/").status_code == 200
        assert len(set(codes)) == 10
        assert [step.verb for step in planner.steps.all()] == ["factor_added"]

    def test_opens_the_desk_where_none_is_asked_for(self, client, planner, settings):
        settings.SECOND_FACTOR = False

        sign_in(client)

        assert client.get("/en/console/").status_code == 200

    def test_shuts_every_door_of_staff(self, client, planner):
        """Whatever address sends a stranger to sign in sends who lacks a factor to set one up."""
        # In the default language, which a request in another would change.
        everywhere = sweeps.part(paths(), 4)
        sign_in(client)
        client.raise_request_exception = False
        asked, wrong = 0, {}
        for path in everywhere:
            stranger = Client(raise_request_exception=False).get(path)
            let_go(stranger)
            if stranger.status_code != 302 or "/account/login/" not in stranger.url:
                continue
            asked += 1
            answer = client.get(path)
            own = path.startswith("/account/")
            if not own and (answer.status_code, answer.get("Location")) != (
                302,
                "/account/factors/",
            ):
                wrong[path] = answer.status_code

        assert asked > 10
        assert wrong == {}


class TestWithAnApp:
    def test_asks_for_a_code_after_the_password(self, client, ready):
        led = sign_in(client)

        assert led.url == "/en/account/login/code/"
        assert client.get("/en/console/").url == "/en/account/login/?next=/en/console/"
        assert enter(client, code_of(ready[0])).url == "/en/console/"
        assert client.get("/en/console/").status_code == 200

    def test_goes_on_to_where_one_was_going(self, client, ready):
        given = {"login": "planner", "password": PASSWORD, "next": "/en/console/units/"}
        client.post("/en/account/login/", given)

        assert enter(client, code_of(ready[0])).url == "/en/console/units/"

    @pytest.mark.parametrize("later", [-1, 0, 1])
    def test_forgives_a_clock_that_is_half_a_minute_off(self, client, ready, later):
        sign_in(client)

        assert enter(client, code_of(ready[0], later=later)).status_code == 302

    @pytest.mark.parametrize("later", [-3, -2, 2, 3])
    def test_takes_no_other_code(self, client, ready, later):
        sign_in(client)

        page = enter(client, code_of(ready[0], later=later))

        assert page.status_code == 422
        assert "This is not the right code." in page.content.decode()
        assert client.get("/en/console/").status_code == 302

    def test_takes_a_code_once_in_all_its_time(self, ready, time_machine):
        """Not by another session, and not half a minute later while its clock is still forgiven."""
        code = code_of(ready[0], later=1)
        first, second = Client(), Client()
        sign_in(first), sign_in(second)

        assert enter(first, code).status_code == 302
        assert enter(second, code).status_code == 422
        time_machine.shift(45)
        assert enter(second, code).status_code == 422
        time_machine.shift(30)
        assert enter(second, code_of(ready[0])).status_code == 302

    def test_slows_who_guesses_codes(self, client, ready, time_machine):
        sign_in(client)

        answers = [enter(client, f"{number:06}").status_code for number in range(12)]

        assert answers == [422] * 8 + [429] * 4
        assert enter(client, code_of(ready[0]))["Retry-After"] == "300"
        time_machine.shift(301)
        assert enter(client, code_of(ready[0])).status_code == 302

    def test_takes_each_recovery_code_once(self, client, ready):
        _secret, codes = ready
        sign_in(client)

        assert enter(client, codes[3]).status_code == 302
        other = Client()
        sign_in(other)
        assert enter(other, codes[3]).status_code == 422
        assert enter(other, codes[4]).status_code == 302

    def test_shows_the_recovery_codes_once(self, client, ready):
        secret, codes = ready
        sign_in(client), enter(client, code_of(secret))

        page = again(client, "/en/account/factors/codes/")

        assert codes_on(page) == []
        assert not any(code in page.content.decode() for code in codes)

    def test_ends_old_recovery_codes_with_new_ones(self, client, ready, time_machine):
        secret, codes = ready
        sign_in(client), enter(client, code_of(secret))
        again(client, "/en/account/factors/codes/new/")

        page = client.post("/en/account/factors/codes/new/", follow=True)

        new = codes_on(page)
        assert len(new) == 10
        assert not {*new} & {*codes}
        other = Client()
        sign_in(other)
        assert enter(other, codes[0]).status_code == 422
        assert enter(other, new[0]).status_code == 302

    def test_keeps_the_only_factor(self, client, ready):
        sign_in(client), enter(client, code_of(ready[0]))
        again(client, "/en/account/factors/app/remove/")

        page = client.post("/en/account/factors/app/remove/")

        assert page.status_code == 422
        assert "This is your only second factor." in page.content.decode()
        assert Authenticator.objects.filter(type="totp").count() == 1

    def test_removes_the_only_one_where_none_is_asked_for(self, client, ready, settings):
        settings.SECOND_FACTOR = False
        sign_in(client), enter(client, code_of(ready[0]))
        again(client, "/en/account/factors/app/remove/")

        assert client.post("/en/account/factors/app/remove/").status_code == 302
        assert Authenticator.objects.count() == 0
        verbs = [step.verb for step in Staff.objects.get().steps.all()]
        assert verbs == ["factor_added", "factor_removed"]

    def test_keeps_the_secret_sealed(self, ready):
        secret, codes = ready
        kept = str(list(Authenticator.objects.values_list("data", flat=True)))

        assert secret not in kept
        assert not any(code in kept for code in codes)
        sealed = Authenticator.objects.get(type="totp").data["secret"]
        assert FactorAdapter().decrypt(sealed) == secret


class TestChanging:
    @pytest.mark.parametrize(
        "path",
        ["factors/app/remove/", "factors/passkey/", "factors/codes/", "factors/codes/new/"],
    )
    def test_asks_for_the_password_again(self, client, ready, path):
        sign_in(client), enter(client, code_of(ready[0]))

        answer = client.get(f"/en/account/{path}")

        assert answer.url == f"/en/account/again/?next=%2Fen%2Faccount%2F{quote(path, safe='')}"

    def test_asks_again_after_five_minutes(self, client, planner, time_machine):
        sign_in(client)
        again(client, "/en/account/factors/app/")
        assert client.get("/en/account/factors/app/").status_code == 200

        time_machine.shift(301)

        assert client.get("/en/account/factors/app/").status_code == 302
        assert client.post("/en/account/factors/app/", {"code": "000000"}).status_code == 302

    def test_says_by_its_status_that_the_password_was_wrong(self, client, planner):
        sign_in(client)

        page = client.post("/en/account/again/", {"password": "wrong-and-long"})

        assert page.status_code == 422
        assert "The password is not right." in page.content.decode()

    def test_says_by_its_status_that_the_first_code_was_wrong(self, client, planner):
        sign_in(client)
        again(client, "/en/account/factors/app/")

        assert client.post("/en/account/factors/app/", {"code": "000000"}).status_code == 422
        assert Authenticator.objects.count() == 0


class TestOnceItIsReset:
    def test_closes_everything_with_the_next_request(self, client, ready):
        sign_in(client), enter(client, code_of(ready[0]))
        assert client.get("/en/console/").status_code == 200

        accounts.reset_factors(by=BY, at=_moment(), staff=Staff.objects.get())

        assert client.get("/en/console/").url == "/en/account/factors/"

    def test_is_not_skipped_by_a_new_password(self, client, ready):
        staff = Staff.objects.get()
        token = accounts.start_link(by=BY, at=_moment(), staff=staff)
        chosen = {"password1": "another-long-one", "password2": "another-long-one"}

        done = client.post(f"/en/account/start/{staff.pk}/{token}/", chosen)

        assert done.url == "/en/account/login/"
        assert sign_in(client, "another-long-one").url == "/en/account/login/code/"
        assert client.get("/en/console/").status_code == 302


def _moment():
    from linli.kernel.clock import now

    return now()


class TestDisabled:
    def test_is_out_with_the_next_request(self, client, ready):
        sign_in(client), enter(client, code_of(ready[0]))

        accounts.disable_account(by=BY, at=_moment(), staff=Staff.objects.get())

        for path in ("/en/console/", "/en/account/factors/", "/en/account/password/"):
            assert client.get(path).url.startswith("/en/account/login/")

    def test_gets_no_further_than_the_second_step(self, client, ready):
        sign_in(client)
        accounts.disable_account(by=BY, at=_moment(), staff=Staff.objects.get())

        enter(client, code_of(ready[0]))

        assert client.get("/en/console/").status_code == 302

    def test_does_not_come_back_with_the_account(self, client, ready):
        sign_in(client), enter(client, code_of(ready[0]))
        staff = Staff.objects.get()

        accounts.disable_account(by=BY, at=_moment(), staff=staff)
        accounts.enable_account(by=BY, at=_moment(), staff=staff)

        assert client.get("/en/console/").url.startswith("/en/account/login/")


class TestAnOlderSession:
    """Somebody who knew the password came in before there was a second factor."""

    @pytest.mark.parametrize("path", ["/en/console/", "/en/account/factors/app/remove/"])
    def test_ends_when_a_factor_is_set_up_elsewhere(self, planner, path):
        owner, other = Client(), Client()
        sign_in(other), sign_in(owner)
        set_up(owner)

        answer = other.get(path)

        assert answer.url == f"/en/account/login/?next={path}"
        assert "_auth_user_id" not in other.session
        assert owner.get("/en/console/").status_code == 200


@pytest.mark.parametrize(
    ("environment", "required"),
    [
        ({}, "True"),
        ({"LINLI_DEMO": "1"}, "False"),
        ({"LINLI_SECOND_FACTOR": "0"}, "False"),
        ({"LINLI_DEMO": "1", "LINLI_SECOND_FACTOR": "1"}, "True"),
    ],
)
def test_is_required_outside_the_demo(tmp_path, environment, required):
    said = subprocess.run(
        [sys.executable, "-c", "from linli.config import settings; print(settings.SECOND_FACTOR)"],
        env={"LINLI_HOME": str(tmp_path), "PATH": "/usr/bin:/bin", **environment},
        capture_output=True,
        text=True,
        check=True,
    )

    assert said.stdout.strip() == required


# Who is told


def news(page):
    return [str(one) for one in page.context["messages"]]


def test_tells_at_the_next_sign_in_what_was_done(planner, time_machine, noon):
    client = Client()
    sign_in(client)
    time_machine.move_to(noon + timedelta(minutes=1), tick=False)
    secret, _codes = set_up(client)
    time_machine.move_to(noon + timedelta(hours=1), tick=False)

    later = Client()
    sign_in(later)
    page = later.post("/en/account/login/code/", {"code": code_of(secret)}, follow=True)

    assert [one.split(" ", 2)[2].split(".")[0] for one in news(page)] == [
        "A second factor was added to your account",
    ]
    once_more = Client()
    time_machine.move_to(noon + timedelta(hours=2), tick=False)
    sign_in(once_more)
    again_in = once_more.post("/en/account/login/code/", {"code": code_of(secret)}, follow=True)
    assert news(again_in) == []


@pytest.mark.parametrize(
    "verb",
    ["factor_added", "factor_removed", "codes_made", "code_used", "password_changed", "link_given"],
)
def test_sends_a_letter_to_who_left_an_address(planner, settings, noon, verb):
    settings.EMAIL_HOST = "mail.example"
    planner.email = "planner@example.org"
    planner.save()

    accounts.note(staff=planner, verb=verb, at=noon)

    message = Message.objects.get()
    assert (message.channel, message.about, message.state) == ("email", "account", "waiting")
    assert message.subject.purge_on == (noon + timedelta(days=14)).date()
    assert b"planner@example.org" not in bytes(message.to)
    said = unseal(message, key_of(message.subject, at=noon), "words")
    assert "2026-11-21" in said["text"]
    assert PASSWORD not in said["text"]


def test_tells_whose_factors_an_administrator_reset(ready, planner, settings, noon):
    settings.EMAIL_HOST = "mail.example"
    Staff.objects.filter(pk=planner.pk).update(email="planner@example.org")

    accounts.reset_factors(by=BY, at=noon, staff=planner)

    assert Message.objects.get().once.startswith("account step ")


@pytest.mark.parametrize(("host", "email"), [("", "planner@example.org"), ("mail.example", "")])
def test_sends_no_letter_where_none_can_arrive(planner, settings, noon, host, email):
    settings.EMAIL_HOST = host
    planner.email = email
    planner.save()

    accounts.note(staff=planner, verb="factor_added", at=noon)

    assert not Message.objects.exists()
    assert StaffStep.objects.filter(verb="factor_added").count() == 1


@pytest.mark.parametrize("verb", ["opened", "started"])
def test_sends_no_letter_of_what_its_owner_waited_for(planner, settings, noon, verb):
    settings.EMAIL_HOST = "mail.example"
    planner.email = "planner@example.org"
    planner.save()

    accounts.note(staff=planner, verb=verb, at=noon)

    assert not Message.objects.exists()
