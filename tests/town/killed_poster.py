"""Somebody who posts without end and is killed, again and again. Run as a program of its own."""

import json
import os
import signal
import sys
import time
from datetime import datetime

from tests.town.programs import run


def acknowledged(settings, connection, fund, at, *more, kills):
    """Let a poster be killed so often on the test's database; return the codes that it was told."""
    database = connection.settings_dict
    url = f"sqlite:///{database['NAME']}"
    if connection.vendor == "postgresql":
        url = os.environ["DATABASE_URL"].replace("/linli?", f"/{database['NAME']}?")
    surroundings = os.environ | {
        "DJANGO_SETTINGS_MODULE": "linli.config.settings",
        "DATABASE_URL": url,
        "LINLI_HOME": str(settings.KEYS.parent),
    }
    said = run(
        [sys.executable, "-m", "tests.town.killed_poster", fund.code, at.isoformat(), str(kills), *more], surroundings,
    )  # fmt: skip
    return json.loads(said)


def _post_without_end(code, at, tell, careless):
    """Post two transfers a transaction; tell each code when it is written, or (careless) before."""
    from django.db import transaction

    from linli.funds.actions import ledger
    from linli.funds.models import Fund
    from tests.town.funds import officer

    fund = Fund.objects.select_related("unit").get(code=code)
    accounts = {one.kind: one for one in fund.accounts.all()}
    line = ledger.Line(accounts["budget"], accounts["appropriated"], 1)
    posting = ledger.Posting(verb="appropriate", day=at.date(), lines=[line, line])
    while True:
        if careless:
            with transaction.atomic():
                entry = ledger.post(by=officer(), at=at, fund=fund, posting=posting)
                tell(entry.code)
                time.sleep(0.2)
        else:
            tell(ledger.post(by=officer(), at=at, fund=fund, posting=posting).code)


def main(code, at, kills, careless):
    import django

    django.setup()
    at, codes = datetime.fromisoformat(at), []
    for number in range(int(kills)):
        ours, theirs = os.pipe()
        child = os.fork()
        if child == 0:
            with os.fdopen(theirs, "w") as out:
                _post_without_end(code, at, lambda one: print(one, file=out, flush=True), careless)
        os.close(theirs)
        with os.fdopen(ours) as told:
            codes += [
                told.readline().strip() for _ in range(1 if careless else 3 + 4 * (number % 20))
            ]
            os.kill(child, signal.SIGKILL)
            codes += [line.strip() for line in told if line.endswith("\n")]
        os.waitpid(child, 0)
    sys.stdout.write(json.dumps(codes))


if __name__ == "__main__":
    main(*sys.argv[1:4], sys.argv[4:] == ["careless"])
