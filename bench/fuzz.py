"""Ask every address with a schema thousands of things: our own JSON API, and Open311 by its published schema.

`python -m bench.fuzz --cases 20000` does so in process against a town of its own and counts answers and
faults: a 5xx, an undocumented status, or an answer that is not as its schema says. The tests do the same
with a few hundred.
"""

# ruff: noqa: PLC0415 - Django is set up, and schemathesis loaded, only when asked
# ruff: noqa: ANN401 - what schemathesis hands out has no public types

import argparse
import json
import os
import random
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from bench.table import Row

SWAGGER = (
    Path(__file__).resolve().parents[2] / "shared/conformance/open311/georeport-v2-swagger.json"
)
# What is more often asked right, so that the fuzzing comes past the door.
_OPEN311_STATUSES = ("400", "403", "404", "409", "429")
_MODES = 2  # each operation as its schema has it, and against it


@dataclass
class Found:
    """What came of it: how many were asked, which statuses were answered, and what was wrong."""

    asked: int = 0
    statuses: Counter[int] = field(default_factory=Counter)
    wrong: list[str] = field(default_factory=list)

    @property
    def faults(self) -> int:
        """How many were answered with a 5xx."""
        return sum(count for status, count in self.statuses.items() if status >= 500)


@dataclass(frozen=True)
class Aim:
    """What opens doors: a key of a member of staff, codes of cases with their passphrases."""

    key: str
    held: tuple[tuple[str, str], ...]
    topics: tuple[str, ...]


def open311() -> dict[str, Any] | None:
    """Return the published schema of GeoReport, mended where it contradicts its own standard; None when absent.

    The address of one request, the formats, requests sent as a form, lists where the standard shows lists,
    and the statuses of its errors.
    """
    if not SWAGGER.exists():
        return None
    raw: dict[str, Any] = json.loads(SWAGGER.read_text())
    raw["basePath"] = "/open311/v2"
    raw["parameters"]["response_format"]["enum"] = ["json"]
    raw["parameters"]["jurisdiction_id"]["required"] = False
    paths = raw["paths"]
    paths["/requests/{service_request_id}.{response_format}"] = paths.pop(
        "/request/{service_request_id}.{response_format}"
    )
    for path, methods in paths.items():
        for method, operation in methods.items():
            _mend(path, method, operation)
    return raw


def _mend(path: str, method: str, operation: dict[str, Any]) -> None:
    good = operation["responses"]["200"]["schema"]
    if path.startswith(("/requests/", "/tokens/")) and good.get("type") != "array":
        operation["responses"]["200"]["schema"] = {"type": "array", "items": good}
    operation["produces"] = ["application/json"]
    errors = {"type": "array", "items": {"type": "object", "required": ["code", "description"]}}
    for status in _OPEN311_STATUSES:
        operation["responses"][status] = {"description": "errors", "schema": errors}
    if method == "post":
        operation["consumes"] = ["application/x-www-form-urlencoded"]
        for parameter in operation["parameters"]:
            if parameter.get("in") == "query":
                parameter["in"] = "formData"
                if parameter["type"] == "array":
                    parameter["type"] = "string"
                    parameter.pop("items", None)


def ask(schema: Any, aim: Aim, *, cases: int, seed: int) -> Found:
    """Ask every operation of a schema its share of the cases, half of them against the schema."""
    found = Found()
    operations = [result.ok() for result in schema.get_all_operations()]
    share = max(1, cases // (len(operations) * _MODES))
    for operation in operations:
        _ask_one(operation, aim, found, share, seed)
    return found


def _ask_one(operation: Any, aim: Aim, found: Found, share: int, seed: int) -> None:
    import hypothesis
    from hypothesis import HealthCheck, Phase
    from schemathesis import GenerationMode

    chance = random.Random(seed)
    given = hypothesis.settings(
        max_examples=share,
        deadline=None,
        database=None,
        derandomize=False,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    for mode in (GenerationMode.POSITIVE, GenerationMode.NEGATIVE):
        strategy = operation.as_strategy(generation_mode=mode)

        @hypothesis.seed(seed)
        @given
        @hypothesis.given(case=strategy)
        def once(case: Any) -> None:
            _ask_case(case, aim, found, chance)

        try:
            once()
        except hypothesis.errors.Unsatisfiable:
            # There is no wrong way to ask what takes nothing.
            continue


def _ask_case(case: Any, aim: Aim, found: Found, chance: random.Random) -> None:
    headers = _aimed(case, aim, chance)
    response = case.call(headers=headers)
    found.asked += 1
    found.statuses[response.status_code] += 1
    try:
        case.validate_response(response, checks=_checks())
    except (Exception, BaseExceptionGroup) as error:  # noqa: BLE001 - whatever is wrong is counted and shown
        if len(found.wrong) < 20:
            found.wrong.append(
                f"{case.method} {case.formatted_path} {response.status_code}: {_said(error)}"[:600]
            )


def _said(error: BaseException) -> str:
    inner = getattr(error, "exceptions", [error])
    return " | ".join(" ".join(str(one).split()) for one in inner)


def _checks() -> list[Callable[..., Any]]:
    from schemathesis.checks import not_a_server_error
    from schemathesis.specs.openapi.checks import (
        content_type_conformance,
        response_schema_conformance,
        status_code_conformance,
    )

    return [
        not_a_server_error,
        status_code_conformance,
        content_type_conformance,
        response_schema_conformance,
    ]


def _aimed(case: Any, aim: Aim, chance: random.Random) -> dict[str, str]:
    """Put real codes, keys and topics where they belong, more often than not."""
    code, passphrase = chance.choice(aim.held)
    _put(case.path_parameters, aim, code, chance)
    _put(case.body, aim, code, chance)
    headers = {}
    if chance.random() < 0.8:
        headers["Authorization"] = f"Bearer {aim.key}"
    if chance.random() < 0.8:
        headers["Linli-Passphrase"] = passphrase
    if chance.random() < 0.2:
        headers["Idempotency-Key"] = chance.choice(
            ["short", "one-key-for-several", f"{chance.random():.17f}"]
        )
    return headers


def _put(where: object, aim: Aim, code: str, chance: random.Random) -> None:
    if not isinstance(where, dict) or chance.random() < 0.3:
        return
    known = {
        **dict.fromkeys(("code", "service_request_id", "token_id"), code),
        **dict.fromkeys(("service_code", "topic"), chance.choice(aim.topics)),
        "address_id": "620200",
    }
    where.update({name: value for name, value in known.items() if name in where})


def town() -> Aim:
    """Make a small town to ask: topics, a key, and cases in several states."""
    from linli.cases.actions import handling
    from linli.cases.actions.asking import Asked
    from linli.cases.actions.asking import ask as ask_case
    from linli.cases.models import Topic
    from linli.directory.models import Area, Unit
    from linli.kernel.actors import HOLDER, Actor, Role
    from linli.kernel.api_keys import issue
    from linli.kernel.clock import now
    from linli.kernel.models import Staff

    at = now()
    area = Area.objects.create(code="620200", name="嘉峪关市", level="city", from_year=1981)
    unit = Unit.objects.create(
        code="0000-0000", name="嘉峪关市政务服务中心", kind="office", area=area
    )
    for code, sensitive in (("other", False), ("street-lamp", False), ("legal", True)):
        Topic.objects.create(code=code, name=code, kind="request", unit=unit, sensitive=sensitive)
    staff = Staff.objects.create(
        username="fuzz", name="程序", role=Role.OFFICER, unit=unit.name, password="long-enough-1"
    )
    _key, secret = issue(
        by=Actor("管理员", Role.ADMINISTRATOR, ""), at=at, staff=staff, name="fuzz"
    )
    held = []
    for number in range(6):
        topic = Topic.objects.get(code="street-lamp")
        asked = Asked(topic=topic, area=area, words="路灯坏了", public=True)
        case, passphrase = ask_case(by=HOLDER, at=at, asked=asked)
        if number % 2:
            handling.take(by=staff.actor, at=at, case=case)
        held.append((case.code, passphrase))
    return Aim(secret, tuple(held), ("other", "street-lamp", "legal"))


def schemas(application: Any) -> Iterator[tuple[str, Any]]:
    """Yield the schemas that are here, each bound to the program: ours, and the published one."""
    import schemathesis

    yield "JSON API", schemathesis.openapi.from_wsgi("/api/openapi.json", application)
    if (raw := open311()) is not None:
        bound = schemathesis.openapi.from_dict(raw)
        bound.app = application
        yield "Open311", bound


def rows(found: dict[str, tuple[Found, float]]) -> Iterator[Row]:
    """Yield the rows of the table."""
    for name, (one, seconds) in found.items():
        yield Row(
            f"{name}: asked by schemathesis; 5xx; not as the schema says",
            f"{one.asked:,} in {seconds:.0f} s; {one.faults}; {len(one.wrong)}",
            "0; 0",
            f"{one.faults + len(one.wrong)}",
            "0",
        )


def main() -> int:
    """Ask, print the table and what was wrong."""
    parser = argparse.ArgumentParser(prog="bench.fuzz")
    parser.add_argument("--cases", type=int, default=20_000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--here", action="store_true", help="in the empty database of DATABASE_URL")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as home:
        os.environ |= {"LINLI_HOME": home, "DJANGO_SETTINGS_MODULE": "linli.config.settings"}
        if not options.here:
            os.environ.pop("DATABASE_URL", None)
        return _run(options.cases, options.seed)


def _run(cases: int, seed: int) -> int:
    import logging

    from django.core.management import call_command

    from bench.table import show
    from linli.config.wsgi import application
    from linli.kernel import limits

    call_command("migrate", verbosity=0)
    logging.disable(logging.CRITICAL)
    limits._MOST = 0  # noqa: SLF001 - nobody is remembered: every knock is the first
    aim, found = town(), {}
    bound = list(schemas(application))
    for name, schema in bound:
        began = time.perf_counter()
        one = ask(schema, aim, cases=cases // len(bound), seed=seed)
        found[name] = (one, time.perf_counter() - began)
    show(list(rows(found)))
    for name, (one, _seconds) in found.items():
        print(name, dict(sorted(one.statuses.items())))
        print(*one.wrong, sep="\n")
    return 1 if any(one.faults or one.wrong for one, _seconds in found.values()) else 0


if __name__ == "__main__":
    sys.exit(main())
