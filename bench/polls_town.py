"""A poll of so many answers, in a process and a database of its own. Django is set up before this is imported."""

import json
import secrets
import time
from datetime import timedelta

from django.conf import settings
from django.core.management import call_command
from django.db import transaction
from django.test import Client

from bench.table import core_seconds
from linli.assessments.actions import poll_questions, poll_slips, polls
from linli.assessments.models import Poll, PollMatter, Slip
from linli.assessments.rules.polls import Option, PollForm, Question
from linli.directory.models import Area, Unit
from linli.kernel.actors import system
from linli.kernel.clock import now
from linli.kernel.models import Staff

_ANSWERS, _SHEAF = 1_000, 20_000


def measure(answers: int) -> None:
    """Fill an empty database with a poll of so many answers, and print what was measured."""
    call_command("migrate", verbosity=0)
    # Hashed names need collectstatic; who asks is the test client.
    settings.STORAGES["staticfiles"] = {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
    }
    poll = _poll()
    _page(Client(), "/polls/")  # every address is read once, before the clock runs
    codes = _slips(poll, answers)
    began = time.process_time()  # core time: whatever else runs on the machine does not count
    _answer(poll, codes)
    rate = len(codes) / (time.process_time() - began)
    way, desk = f"/polls/{poll.code}/", _planner()
    said: dict[str, float] = {
        "rate": rate,
        "page while it runs": core_seconds(lambda: _page(Client(), way)),
        "console": core_seconds(lambda: _page(desk, f"/console{way}")),
    }
    began = time.perf_counter()
    polls.release_poll(by=system("bench"), at=now() + timedelta(days=9), poll=poll)
    said["told"] = time.perf_counter() - began
    said["result"] = core_seconds(lambda: _page(Client(), way))
    print(json.dumps(said))


def _poll() -> Poll:
    by, at = system("bench"), now()
    area = Area.objects.create(code="620200", name="嘉峪关市", level="city", from_year=2000)
    unit = Unit.objects.create(code="0000-0000", name="测评站", kind="department", area=area)
    day = (at + timedelta(days=7)).date()
    made = polls.draft_poll(by=by, at=at, draft=polls.PollDraft("百万人测评", unit, day))
    options = tuple(Option(f"a{n}", {"zh-hans": f"答{n}"}, n * 25) for n in range(5))
    asked = tuple(Question(f"q{n}", {"zh-hans": f"第{n}题"}, options) for n in range(10))
    form = PollForm(("zh-hans",), asked)
    poll_questions.save_questions(by=by, at=at, poll=made, form=form)
    return polls.open_poll(by=by, at=at, poll=made)


def _slips(poll: Poll, answers: int) -> list[str]:
    """Spend so many slips past the action, add their answers, and return the codes of fresh ones."""
    by, at, matter = system("bench"), now(), poll.matters.get()
    for start in range(0, answers, _SHEAF):
        size = min(_SHEAF, answers - start)
        (sheaf,) = poll_slips.give_slips(
            by=by, at=at, matters=[matter], unit=poll.unit, size=_SHEAF
        )
        with transaction.atomic():
            made = sorted(secrets.token_hex(32) for _ in range(size))
            Slip.objects.bulk_create((Slip(digest=one, sheaf=sheaf) for one in made), batch_size=_SHEAF)  # fmt: skip
            Slip.objects.filter(sheaf=sheaf).update(spent=True)
    PollMatter.objects.filter(pk=matter.pk).update(allowed=answers)
    with transaction.atomic():
        poll_slips.count(
            by=by, at=at, matter=poll.matters.get(), more=[answers // 5] * 50, answered=answers
        )
    (sheaf,) = poll_slips.give_slips(by=by, at=at, matters=[matter], unit=poll.unit, size=_ANSWERS)
    most = poll_slips.MOST_AT_ONCE
    printed = (poll_slips.make_slips(by=by, at=at, sheaf=sheaf, count=most) for _ in range(_ANSWERS // most))  # fmt: skip
    return [code for some in printed for code in some]


def _answer(poll: Poll, codes: list[str]) -> None:
    chosen = {f"q{n}": f"a{n % 5}" for n in range(10)}
    for code in codes:
        poll_slips.answer(at=now(), poll=poll, code=code, chosen=chosen)


def _planner() -> Client:
    client = Client()
    name = "planner"
    client.force_login(
        Staff.objects.create(username=name, name=name, role=name, unit="测评站", password="bench")
    )
    return client


def _page(client: Client, address: str) -> None:
    response = client.get(address, HTTP_HOST="localhost")
    if response.status_code != 200:
        raise SystemExit(f"{address}: {response.status_code}")
