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
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from bench.fuzz_open311 import open311
from bench.table import Row, show

ROOT = Path(__file__).resolve().parents[1]
CASES = 24_000
SCHEMAS = ("JSON API", "Open311")
_MODES = 2  # each operation as its schema has it, and against it


@dataclass
class Found:
    """What came of it: how many were asked, which statuses were answered, and what was wrong."""

    asked: int = 0
    statuses: Counter[int] = field(default_factory=Counter)
    wrong: list[str] = field(default_factory=list)
    seconds: float = 0

    @classmethod
    def read(cls, said: dict[str, Any]) -> "Found":
        """Return what another process told in JSON, where every key is a text."""
        statuses = Counter({int(status): count for status, count in said["statuses"].items()})
        return cls(**said | {"statuses": statuses})

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


def rows(*, large: bool, seed: int = 1) -> Iterator[Row]:
    """Yield the rows of the table: each schema is asked in a process of its own, both at the same time."""
    yield from told(_apart(CASES * (5 if large else 1), seed))


def told(found: dict[str, Found]) -> Iterator[Row]:
    """Yield a row for each schema."""
    for name, one in found.items():
        yield Row(
            f"{name}: asked by schemathesis; 5xx; not as the schema says",
            f"{one.asked:,} in {one.seconds:.0f} s; {one.faults}; {len(one.wrong)}",
            "0; 0",
            f"{one.faults + len(one.wrong)}",
            "0",
        )


def _apart(cases: int, seed: int) -> dict[str, Found]:
    """Ask every schema at the same time: to make the questions takes four times as long as to answer them."""
    command = [sys.executable, "-m", "bench.fuzz", "--json", f"--seed={seed}", f"--cases={cases}"]
    asking = [
        subprocess.Popen([*command, "--only", name], cwd=ROOT, stdout=subprocess.PIPE)
        for name in SCHEMAS
    ]
    found = dict[str, Found]()
    for process in asking:
        said, _ = process.communicate()
        for name, what in json.loads(said.splitlines()[-1]).items():
            found[name] = Found.read(what)
    return found


def main() -> int:
    """Ask, print the table and what was wrong."""
    parser = argparse.ArgumentParser(prog="bench.fuzz")
    parser.add_argument("--cases", type=int, default=CASES)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--only", choices=SCHEMAS, help="this schema, in this process")
    parser.add_argument("--json", action="store_true", help="tell a program what was found")
    parser.add_argument("--here", action="store_true", help="in the empty database of DATABASE_URL")
    options = parser.parse_args()
    if options.only or options.here:
        found = _within(options)
    else:
        found = _apart(options.cases, options.seed)
    if options.json:
        print(json.dumps({name: vars(one) for name, one in found.items()}))
    else:
        show(list(told(found)))
        for name, one in found.items():
            print(name, dict(sorted(one.statuses.items())))
            print(*one.wrong, sep="\n")
    return 1 if any(one.faults or one.wrong for one in found.values()) else 0


def _within(options: argparse.Namespace) -> dict[str, Found]:
    """Ask in this process, against a town of its own."""
    with tempfile.TemporaryDirectory() as home:
        (Path(home) / "static").mkdir()
        os.environ |= {"LINLI_HOME": home, "DJANGO_SETTINGS_MODULE": "linli.config.settings"}
        if not options.here:
            os.environ.pop("DATABASE_URL", None)
        return _run(options.cases, options.seed, options.only)


def _run(cases: int, seed: int, only: str | None) -> dict[str, Found]:
    import logging

    from django.core.management import call_command

    from linli.config.wsgi import application
    from linli.kernel import limits

    call_command("migrate", verbosity=0)
    logging.disable(logging.CRITICAL)
    limits._MOST = 0  # noqa: SLF001 - nobody is remembered: every knock is the first
    aim, found = town(), dict[str, Found]()
    for name, schema in schemas(application):
        if only in {None, name}:
            began = time.perf_counter()
            found[name] = ask(schema, aim, cases=cases // len(SCHEMAS), seed=seed)
            found[name].seconds = time.perf_counter() - began
    return found


if __name__ == "__main__":
    sys.exit(main())
