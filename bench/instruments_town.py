"""What `bench.instruments` runs in processes of their own: fill a database; ask for each page, print the cost."""

import io
import json
import sys
from collections.abc import Callable
from functools import partial
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from bench.instruments import LANGUAGES
from bench.table import core_seconds
from linli.assessments.actions import instruments as actions
from linli.assessments.models import Edition, Instrument
from linli.assessments.rules.instruments import Form, Item, Level, Section
from linli.directory.models import Area, Unit
from linli.kernel.actors import Actor, Role
from linli.kernel.clock import now
from linli.kernel.models import Staff

TAGS = ("zh-hans", "zh-hant", "en", "ug", "bo", "mn-mong", "kk-arab", "ii", "za", "ru")
KEEPER = "测评处"


def filled() -> None:
    """Fill the database of this process: one instrument adopted, with its next edition drafted."""
    call_command("migrate", verbosity=0)
    area = Area.objects.create(code="620000", name="甘肃省", level="province", from_year=1980)
    unit = Unit.objects.create(code="AAAA-AAAA", name=KEEPER, kind="department", area=area)
    Staff.objects.create(
        username="planner", name="甲", role="planner", unit=KEEPER, password="not-used-here"
    )
    by = Actor("甲", Role.PLANNER, KEEPER)
    draft = actions.begin_instrument(
        by=by, at=now(), name="测评", use=Instrument.SCHEME, unit=unit, form=_form(int(sys.argv[1]))
    )
    actions.adopt(by=by, at=now(), edition=draft)
    actions.draft_next(by=by, at=now(), instrument=draft.instrument)


def _form(questions: int) -> Form:
    def texts(what: str) -> dict[str, str]:
        return dict.fromkeys(
            TAGS[:LANGUAGES], f"{what}：本单位服务窗口公示办事指南、时限与监督电话。"
        )

    sections = tuple(
        Section(
            f"s{n}",
            texts(f"部分 {n}"),
            tuple(
                Item(f"q{k}", "yes_no", texts(f"题 {k}"), weight=5, guidance=texts(f"说明 {k}"))
                for k in range(n, questions, 10)
            ),
        )
        for n in range(10)
    )
    return Form(TAGS[:LANGUAGES], sections, (Level("city", texts("市级"), 6000),))


def costs() -> None:
    """Print, as the last line, seconds and number of queries for each page."""
    # Hashed names need collectstatic; who asks is the test client.
    settings.STORAGES["staticfiles"] = {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
    }
    settings.ALLOWED_HOSTS = ["testserver"]
    settings.SECOND_FACTOR = False
    client = Client()
    client.force_login(Staff.objects.get())
    code = Edition.objects.get(number=2).instrument.code
    here = f"/console/instruments/{code}"
    pages = {
        "builder page": f"{here}/draft/?in=ug",
        "one question": f"{here}/draft/items/q7/?in=ug",
        "a section in another language": f"{here}/draft/languages/ug/s1/",
        "public page": f"/instruments/{code}/1/",
        "out as XLSX": f"{here}/2.xlsx",
    }
    told = {name: _cost(partial(client.get, at)) for name, at in pages.items()}
    data = client.get(pages["out as XLSX"]).content

    def bring() -> Any:  # noqa: ANN401 - the answer of a test client
        file = io.BytesIO(data)
        file.name = "instrument.xlsx"
        given = {"file": file, "seen": "-"}
        return client.post(f"{here}/draft/bring/", given, follow=True)

    told["in from XLSX, with what it changes"] = _cost(bring)
    print(json.dumps(told))


def _cost(ask: Callable[[], Any]) -> tuple[float, int]:
    """Return the core time that one answer takes, and how many queries it asks."""

    def asked() -> None:
        answer = ask()
        if answer.status_code != 200:
            raise RuntimeError(answer.status_code)

    with CaptureQueriesContext(connection) as captured:
        asked()
    queries = len(captured)
    return core_seconds(asked, runs=5), queries
