"""The tables that can be brought: what each is of, how it is looked at and taken in, what is said afterwards."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from linli.directory.models import Unit
from linli.funds.actions.bringing import Brought, Table, bring_budget, bring_projects
from linli.funds.forms.bringing import BudgetForm, ProjectsForm
from linli.funds.models import Fund, Programme
from linli.funds.queries import budget_import, project_import
from linli.funds.queries.tables import Run
from linli.funds.rules import budget_rows, project_rows
from linli.funds.rules.tables import Layout
from linli.kernel.actors import Actor, Role
from linli.kernel.sheets import Sheet
from linli.kernel.text import Words

Found = dict[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class Kind:
    """One kind of table. names: the fields of its form that say what it is of."""

    title: Words
    about: Words
    sheet: str
    layout: Layout
    examples: tuple[tuple[str, ...], ...]
    form: Callable[..., Any]
    names: tuple[str, ...]
    found: Callable[[Actor, dict[str, str]], Found]
    dry_run: Callable[[Actor, datetime, Found, Sheet], Run]
    take_in: Callable[[Actor, datetime, Found, Table], Brought]
    done: Callable[[Brought], str]
    after: Callable[[Found], str]


def _fund(by: Actor, said: dict[str, str]) -> Found:
    funds = Fund.objects.select_related("unit")
    own = funds.filter(unit__name=by.unit) if by.role == Role.OFFICER else funds
    return {"fund": get_object_or_404(own, code=said["fund"])}


def _programme(by: Actor, said: dict[str, str]) -> Found:
    units = Unit.objects.working()
    own = units.filter(name=by.unit) if by.role == Role.OFFICER else units
    return {
        "programme": get_object_or_404(Programme, code=said["programme"]),
        "unit": get_object_or_404(own, code=said["unit"]),
    }


def _budget_run(by: Actor, at: datetime, found: Found, sheet: Sheet) -> Run:
    return budget_import.dry_run(sheet, found["fund"], localdate(at))


def _projects_run(by: Actor, at: datetime, found: Found, sheet: Sheet) -> Run:
    alone = by.role == Role.OFFICER
    return project_import.dry_run(sheet, found["programme"], found["unit"], alone=alone)


def _budget_in(by: Actor, at: datetime, found: Found, table: Table) -> Brought:
    return bring_budget(by=by, at=at, table=table, **found)


def _projects_in(by: Actor, at: datetime, found: Found, table: Table) -> Brought:
    return bring_projects(by=by, at=at, table=table, **found)


def _budget_done(done: Brought) -> str:
    said = _("Taken in: %(new)d rows stand in the books, %(asked)d wait for a second person.")
    return said % done._asdict()


def _projects_done(done: Brought) -> str:
    return _("Taken in: %(new)d projects are planned.") % done._asdict()


def _to_fund(found: Found) -> str:
    return reverse("funds:console_fund", args=[found["fund"].code])


def _to_projects(found: Found) -> str:
    return reverse("funds:console_projects")


KINDS: dict[str, Kind] = {
    "budget": Kind(
        title=gettext_lazy("A budget of a fund"),
        about=gettext_lazy(
            "Accounts and what is appropriated to them. What is above the fund's limit waits for a second person."
        ),
        sheet="预算", layout=budget_rows.LAYOUT, form=BudgetForm, names=("fund",),
        examples=(
            ("市级财政预算", "财政资金", "牛羊肉价格补贴（市级）", "", "1125240.00", "2026-03-01", "市财〔2026〕12号"),
            ("爱心企业", "社会资金", "社会捐助资金", "", "50000", "2026-03-01", "捐助协议"),
        ),
        found=_fund, dry_run=_budget_run, take_in=_budget_in, done=_budget_done, after=_to_fund,
    ),
    "projects": Kind(
        title=gettext_lazy("Projects of a programme line"),
        about=gettext_lazy(
            "Who gives where to whom, how much, until when. They are planned, and published one by one."
        ),
        sheet="项目", layout=project_rows.LAYOUT, form=ProjectsForm, names=("programme", "unit"),
        examples=(
            (
                "高原慢性病康复中心", "", "", "嘉峪关市", "玛曲县", "8000000", "2019-04-01",
                "2020-10-31", "建筑面积7000.3平方米。",
            ),
        ),
        found=_programme, dry_run=_projects_run, take_in=_projects_in, done=_projects_done,
        after=_to_projects,
    ),
}  # fmt: skip
