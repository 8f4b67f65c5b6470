"""Transfers as IATI's transactions: who gave, who got, how much, on which day; each names its ledger entry."""

from collections import Counter
from collections.abc import Iterable, Mapping
from typing import Final

from linli.funds.models import Account, Project, Transaction
from linli.funds.queries.outward import Flow, Moved
from linli.funds.rules import flows
from linli.funds.rules.iati_flows import DISBURSEMENT, EXPENDITURE, INCOMING, Told, told
from linli.funds.schemas import iati_parts as xml

_OUTSIDE_TYPES: Final = {
    flows.BUDGET: xml.GOVERNMENT,
    flows.SOCIAL: xml.PRIVATE,
    flows.GIFT: xml.OTHER,
}
_VERBS: Final = dict(Transaction.NAMES)


def told_of(one: Moved, accounts: Mapping[int, Account]) -> Told | None:
    """Return what a transfer is told as; None when it only moves inside."""
    out_of, into = accounts[one.out_of], accounts[one.into]
    to_somebody = any(end.kind == flows.PAID and end.unit_id for end in (out_of, into))
    return told(out_of.kind, into.kind, to_somebody=to_somebody)


def transaction(
    one: Moved, said: Told, accounts: Mapping[int, Account], keeper: xml.Body
) -> xml.Element:
    """Return one transaction. Money that goes back is the same way told with an amount below zero."""
    ends = accounts[one.out_of], accounts[one.into]
    giver, getter = reversed(ends) if said.back else ends
    provider = party(giver) if said.kind == INCOMING else keeper
    receiver = keeper if said.kind == INCOMING else party(getter)
    return xml.element(
        "transaction",
        xml.element("transaction-type", code=str(said.kind)),
        xml.day("transaction-date", one.day),
        xml.value(-one.amount if said.back else one.amount, one.day),
        xml.words("description", described(one)),
        xml.organisation("provider-org", provider),
        xml.organisation("receiver-org", receiver),
        ref=f"{one.code}.{one.number}",
    )


def party(account: Account) -> xml.Body:
    """Return who stands behind an account outside, paid or given back: its unit, else what it is called."""
    if account.unit:
        return xml.body_of(account.unit)
    return xml.Body(account.name, _OUTSIDE_TYPES.get(account.kind, ""))


def described(one: Moved) -> str:
    """Return what is said of a transfer: its words, else what was done."""
    said = one.words or str(_VERBS[one.verb])
    return f"{said}（{one.reverses}）" if one.reverses else said


def came_in(years: Iterable[Flow], accounts: Mapping[int, Account]) -> Counter[int]:
    """Return what came in in each calendar year, less what was given back."""
    return _by_year(years, accounts, {INCOMING})


def went_out(years: Iterable[Flow], accounts: Mapping[int, Account]) -> Counter[int]:
    """Return what was paid in each calendar year, less what returned."""
    return _by_year(years, accounts, {DISBURSEMENT, EXPENDITURE})


def set_apart(
    years: Iterable[Flow], accounts: Mapping[int, Account], project: Project
) -> Counter[int]:
    """Return what was set apart for a project in each calendar year, less what left it unspent."""
    by_year = Counter[int]()
    for one in years:
        ins, outs = (
            accounts[end].project_id == project.pk and accounts[end].kind != flows.GIVEN_BACK
            for end in (one.into, one.out_of)
        )
        by_year[one.year] += one.amount * (ins - outs)
    return by_year


def budgets(by_year: Counter[int]) -> list[xml.Element]:
    """Return the budget of each year, as it was committed."""
    return xml.years("budget", by_year, type="1", status="2")


def _by_year(
    years: Iterable[Flow], accounts: Mapping[int, Account], kinds: set[int]
) -> Counter[int]:
    by_year = Counter[int]()
    for one in years:
        said = told(accounts[one.out_of].kind, accounts[one.into].kind, to_somebody=False)
        if said and said.kind in kinds:
            by_year[one.year] += -one.amount if said.back else one.amount
    return by_year
