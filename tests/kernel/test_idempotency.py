"""One key, one effect, one answer: whoever sends twice, crashes in between, or knows a stranger's key."""

import random
import secrets
from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction
from django.http import HttpResponse, HttpResponseRedirect, JsonResponse
from django.test import RequestFactory

from linli.kernel import idempotency
from linli.kernel.idempotency import forget, new_key, once
from linli.kernel.models import Answered, Staff
from linli.kernel.purging import declared
from linli.kernel.refusals import Refused
from tests.town.races import at_once

KEY = "9f2c1c1e-5d0a-4c39-8a51-7d1c0f6b3a10"
requests = RequestFactory()


def effect(name=None):
    staff = Staff(username=name or secrets.token_hex(8), name="甲", role="planner", unit="局")
    staff.set_unusable_password()
    staff.save()
    return staff.pk


@once
def act(request):
    return JsonResponse({"id": effect()}, status=201)


def post(body=None, *, key=KEY, view=act, path="/things/", user=None, page=False, **headers):
    headers = {"HTTP_IDEMPOTENCY_KEY": key, **headers} if key is not None else headers
    request = requests.post(path, body or {"words": "help"}, **headers)
    if user is not None:
        request.user = user
    request.csrf_processing_done = page  # as the middleware leaves a page's form, and no program's
    return view(request)


@pytest.mark.django_db
class TestAKey:
    def test_gives_the_same_answer_to_the_same_body(self):
        first, second = post(), post()

        assert (first.status_code, second.status_code) == (201, 201)
        assert first.content == second.content
        assert second["Content-Type"] == "application/json"
        assert Staff.objects.count() == 1

    def test_acts_each_time_without_a_key(self):
        post(key=None), post(key=None)

        assert Staff.objects.count() == 2
        assert Answered.objects.count() == 0

    def test_acts_each_time_under_another_key(self):
        post(), post(key=new_key())

        assert Staff.objects.count() == 2

    @pytest.mark.parametrize(
        "other",
        [
            {"body": {"words": "another"}},
            {"path": "/others/"},
            {"path": "/things/?page=2"},
            {"body": {"words": ["help", "help"]}},
        ],
    )
    def test_refuses_another_body(self, other):
        post()

        with pytest.raises(Refused) as refused:
            post(**other)

        assert (refused.value.code, refused.value.status) == ("key_of_another_body", 409)
        assert Staff.objects.count() == 1

    @pytest.mark.parametrize(
        "key", ["", "short", "x" * 15, "x" * 256, "with a space in it", "钥匙" * 10]
    )
    def test_refuses_a_malformed_key(self, key):
        with pytest.raises(Refused) as refused:
            post(key=key)

        assert (refused.value.code, refused.value.status) == ("key_malformed", 422)
        assert Staff.objects.count() == Answered.objects.count() == 0

    @pytest.mark.parametrize("key", ["x" * 16, "x" * 255, '"9f2c1c1e-5d0a-4c39"'])
    def test_takes_keys_up_to_both_ends(self, key):
        assert post(key=key).status_code == 201

    def test_belongs_to_who_sent_it(self):
        one, two = Staff(pk=1), Staff(pk=2)

        post(user=one), post(user=two), post(HTTP_AUTHORIZATION="Bearer a")

        assert Staff.objects.count() == 3

    def test_is_brought_by_a_form_in_a_hidden_field(self):
        sent = {"once": KEY, "words": "help", "csrfmiddlewaretoken": "a"}

        first = post(sent, key=None, page=True)
        second = post(sent | {"csrfmiddlewaretoken": "b"}, key=None, page=True)

        assert first.content == second.content
        assert Staff.objects.count() == 1

    def test_knows_the_same_files_by_their_content(self):
        """A browser draws a new boundary for each sending, so that the raw bodies differ."""

        def send(data):
            return post({"photo": SimpleUploadedFile("a.jpg", data)})

        assert send(b"one").content == send(b"one").content
        with pytest.raises(Refused):
            send(b"two")
        assert Staff.objects.count() == 1

    def test_leaves_the_files_to_the_view(self):
        seen = []

        @once
        def read(request):
            seen.append(request.FILES["photo"].read())
            return HttpResponse(status=204)

        post({"photo": SimpleUploadedFile("a.jpg", b"one")}, view=read)

        assert seen == [b"one"]

    @pytest.mark.parametrize("key", [None, KEY])
    def test_leaves_what_a_program_sends_to_the_view_as_it_came(self, key):
        """A form where none belongs: the view finds that out itself."""
        read = []

        @once
        def raw(request):
            read.append(request.body)
            return HttpResponse(status=204)

        post({"photo": SimpleUploadedFile("a.jpg", b"one")}, view=raw, key=key)

        assert b"one" in read[0]

    def test_reads_json_as_it_was_sent(self):
        def send(body):
            request = requests.post(
                "/things/", body, content_type="application/json", HTTP_IDEMPOTENCY_KEY=KEY
            )
            return act(request)

        assert send('{"a": 1}').content == send('{"a": 1}').content
        with pytest.raises(Refused):
            send('{"a": 2}')

    def test_gives_redirects_and_cookies_again(self):
        @once
        def lead(request):
            effect()
            response = HttpResponseRedirect("/receipt/")
            response.set_cookie("ticket", "sealed", max_age=1800, httponly=True, samesite="Lax")
            return response

        first, second = post(view=lead), post(view=lead)

        assert (second.status_code, second["Location"]) == (302, "/receipt/")
        assert second.cookies.output() == first.cookies.output()
        assert "HttpOnly" in second.cookies.output()
        assert Staff.objects.count() == 1

    def test_is_not_asked_of_a_get(self):
        request = requests.get("/things/", HTTP_IDEMPOTENCY_KEY="short")

        assert act(request).status_code == 201
        assert Answered.objects.count() == 0

    def test_may_be_sent_again_after_a_refusal(self):
        """What was refused changed nothing: the form comes back corrected, with the same key."""

        @once
        def check(request):
            if request.POST["words"] == "wrong":
                return HttpResponse(status=422)
            return HttpResponse(str(effect()), status=201)

        assert post({"words": "wrong"}, view=check).status_code == 422
        assert Answered.objects.count() == 0
        assert post({"words": "right"}, view=check).status_code == 201

    def test_keeps_nothing_of_a_refusal_that_is_raised(self):
        @once
        def refuse(request):
            effect()
            raise Refused("full", "No.")

        with pytest.raises(Refused):
            post(view=refuse)

        assert Staff.objects.count() == Answered.objects.count() == 0

    def test_undoes_what_ends_in_an_error(self):
        @once
        def fail(request):
            effect()
            return HttpResponse(status=500)

        assert post(view=fail).status_code == 500
        assert Staff.objects.count() == Answered.objects.count() == 0


@pytest.mark.django_db
def test_keeps_nothing_that_opens_without_the_key():
    """A receipt holds a passphrase: the row tells neither it, nor the key, nor what was asked."""

    @once
    def receipt(request):
        return JsonResponse({"passphrase": "CNRY-passphrase"}, status=201)

    post({"words": "CNRY-words"}, view=receipt)
    row = Answered.objects.get()
    kept = f"{row.key} {row.body} {bytes(row.answer)!r}".encode()

    assert b"CNRY" not in kept
    assert KEY.encode() not in kept
    assert b"passphrase" not in kept


@pytest.mark.django_db
@pytest.mark.parametrize(("hours", "left"), [(23, 1), (24, 0), (25, 0)])
def test_forgets_after_a_day(monkeypatch, noon, hours, left):
    monkeypatch.setattr(idempotency, "now", lambda: noon)
    post()
    later = noon + timedelta(hours=hours)
    monkeypatch.setattr(idempotency, "now", lambda: later)

    post()

    assert Staff.objects.count() == 2 - left
    assert Answered.objects.count() == 1


@pytest.mark.django_db
def test_purges_what_was_kept_for_a_day(monkeypatch, noon):
    monkeypatch.setattr(idempotency, "now", lambda: noon)
    post(), post(key=new_key())

    assert forget(noon + timedelta(hours=23)) == 0
    assert forget(noon + timedelta(hours=24)) == 2
    assert Answered.objects.count() == 0
    assert [one.run for one in declared() if one.name == "answers"] == [forget]


class Crash(Exception):
    """The process dies before its transaction is in."""


KEYS, CLIENTS = 100, 20


def _storm(view):
    """Let twenty clients send the same hundred requests, each until it is answered; return the answers."""
    answers, crashes = [{} for _ in range(CLIENTS)], []
    keys = [f"{number:04}-{KEY}" for number in range(KEYS)]

    def send(client):
        for key in keys:
            while True:
                try:
                    answers[client][key] = post(key=key, view=view).content
                    break
                except Crash:
                    crashes.append(key)

    assert at_once(CLIENTS, send) == []
    assert crashes
    return keys, answers


def _crashing(monkeypatch):
    """A view of which every fifth run dies: half of them within it, half with the answer kept already."""
    dice = random.Random(20261122)
    keep = idempotency._keep

    def run(request):
        pk = effect()
        if dice.random() < 0.1:
            raise Crash
        return HttpResponse(str(pk), status=201)

    def keeping(*args):
        keep(*args)
        if dice.random() < 0.1:
            raise Crash

    monkeypatch.setattr(idempotency, "_keep", keeping)
    return run


@pytest.mark.django_db(transaction=True)
def test_acts_once_for_twenty_clients_of_whom_some_crash(monkeypatch):
    view = once(_crashing(monkeypatch))

    keys, answers = _storm(view)

    assert Staff.objects.count() == KEYS
    told = {key: {said[key] for said in answers} for key in keys}
    assert {key: ids for key, ids in told.items() if len(ids) != 1} == {}
    assert len({ids.pop() for ids in told.values()}) == KEYS
    aliens = 0
    for key in keys:
        with pytest.raises(Refused) as refused:
            post({"words": "alien"}, key=key, view=view)
        aliens += refused.value.status == 409
    assert aliens == KEYS


@pytest.mark.django_db(transaction=True)
def test_would_act_more_than_once_without_the_guard(monkeypatch):
    """The control of the test above."""
    crashing = _crashing(monkeypatch)

    def unguarded(request):
        with transaction.atomic():
            return crashing(request)

    _storm(unguarded)

    assert Staff.objects.count() == KEYS * CLIENTS
