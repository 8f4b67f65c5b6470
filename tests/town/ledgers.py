"""A fund whose books ran over three days and are signed: what was posted, and the file that anybody verifies."""

from datetime import timedelta

from linli.funds.actions import ledger, roots
from linli.funds.queries.ledger_file import all_lines, newest_root, signed_lines
from linli.kernel.actors import system
from tests.town import funds as town

DAY = timedelta(days=1)


def signed_fund(at, **given):
    """Open a fund, post on three days before `at`, one of them a reversal, and sign the days that are over."""
    fund = town.fund(at=at, **given)
    accounts = {
        kind: town.account(fund, kind, at=at)
        for kind in ("budget", "appropriated", "allocated", "paid")
    }
    budget, appropriated, allocated, paid = accounts.values()
    first = at - 3 * DAY
    town.posted(fund, "appropriate", (budget, appropriated, 112_524_000), at=first)
    town.posted(
        fund, "allocate", (appropriated, allocated, 60_000), (appropriated, allocated, 7), at=first
    )
    wrong = town.posted(fund, "disburse", (allocated, paid, 500), at=first + DAY)
    town.posted(fund, "disburse", (allocated, paid, 50), at=first + DAY)
    ledger.reverse(
        by=town.officer(),
        at=first + 2 * DAY,
        entry=wrong,
        day=(first + 2 * DAY).date(),
        words="重复",
    )
    sign(at)
    return fund


def sign(at):
    return roots.sign_days(by=system("calendar"), at=at)


def file_of(fund):
    """Return the lines of a fund's file up to now."""
    return list(all_lines(fund))


def signed_file_of(fund):
    """Return the lines of a fund's file up to the last root."""
    return list(signed_lines(fund, newest_root()))
