"""Paired assistance to Shiqu County: 260 projects, people sent as counts, two sides that say what they say."""

from collections import defaultdict
from datetime import date

from linli.demo.funds_books import WAN, YUAN, Books, Move, morning
from linli.demo.funds_lines import begun, receiver
from linli.demo.funds_works import FIRST_YEAR, LAST_YEAR, LINES, Planned, planned
from linli.demo.tables import rows
from linli.demo.units import JINNIU, unit_name
from linli.directory.models import Unit
from linli.funds.actions import progress, projects, sending
from linli.funds.models import Programme, Project
from linli.kernel.actors import Actor

RECEIVER = "石渠县对口支援工作办公室(示例)"
_SHIQU = "513332"
_BEGAN = date(FIRST_YEAR, 3, 1)
_FINANCE = unit_name(JINNIU, "财政局")


def assist() -> None:
    """Open the fund that is missing, plan its projects and let them be built and paid, year by year."""
    books = Books.opened(
        "对口支援石渠县资金", _FINANCE, _BEGAN, alone=50 * WAN,
        purpose="金牛区对口支援甘孜州石渠县的财政资金和引入的社会资金，按六大工程、四大行动安排到项目。",
    )  # fmt: skip
    if books is None:
        return
    there = receiver(RECEIVER, _SHIQU, _BEGAN, JINNIU)
    whole, lines = _programmes(books)
    drafts = planned()
    made = [_project(books.by, lines[one.line], there, one) for one in drafts]
    _Money(books, whole, list(zip(drafts, made, strict=True))).flows()
    _send(books.by, whole)


class _Money:
    """Money of the fund: in by years, on to each project's account, out when it is built."""

    def __init__(self, books: Books, whole: Programme, made: list[tuple[Planned, Project]]) -> None:
        self.books, self.made = books, made
        self.budget = books.account("budget", "区级财政", _BEGAN, of=whole)
        self.firms = books.account("social", "社会资金", _BEGAN, of=whole)
        self.public = books.account("appropriated", "财政资金", _BEGAN, of=whole)
        self.social = books.account("received", "引入社会资金", _BEGAN, of=whole)
        books.publish(_BEGAN)
        books.count(_BEGAN, "funds.public", self.public)
        books.count(_BEGAN, "funds.social", self.social)

    def flows(self) -> None:
        """Let all the money flow, in order of days."""
        paying: dict[int, list[Move]] = defaultdict(list)
        for year in range(FIRST_YEAR, LAST_YEAR + 1):
            begun = [one for one in self.made if one[0].starts_on.year == year]
            if begun:
                self._comes(year, begun, paying)
            if year in paying:
                self.books.move(
                    "disburse", date(year, 12, 10), f"{year}年项目资金支付", *paying.pop(year)
                )

    def _comes(
        self, year: int, begun: list[tuple[Planned, Project]], paying: dict[int, list[Move]]
    ) -> None:
        public = sum(one.public for one, _ in begun) * YUAN
        social = sum(one.social for one, _ in begun) * YUAN
        move, first = self.books.move, date(year, 3, 15)
        move("appropriate", first, f"{year}年对口支援财政预算", (self.budget, self.public, public))
        if social:
            move("receive", first, f"{year}年引入社会资金", (self.firms, self.social, social))
        given: list[Move] = []
        for one, project in begun:
            account, paid = (
                self.books.account(kind, one.name, first, of=project)
                for kind in ("allocated", "paid")
            )
            given += [
                (source, account, yuan * YUAN)
                for source, yuan in ((self.public, one.public), (self.social, one.social))
                if yuan
            ]
            whole = (one.public + one.social) * YUAN
            paying[one.ends_on.year].append((account, paid, whole))
        move("allocate", date(year, 3, 31), f"{year}年项目安排", *given)


def _programmes(books: Books) -> tuple[Programme, dict[str, Programme]]:
    """Begin the programme, and under it the six works and four actions."""
    days = (_BEGAN, date(LAST_YEAR, 12, 31))
    whole = begun(books, "对口支援甘孜州石渠县", "assistance", days)
    return whole, {line.name: begun(books, line.name, "assistance", days, whole) for line in LINES}


def _project(by: Actor, line: Programme, there: Unit, one: Planned) -> Project:
    """Plan a project, publish it, let it be finished on its day."""
    at, unit = morning(one.starts_on), line.unit
    draft = projects.ProjectDraft(
        programme=line, name=one.name, unit=unit, receiver=there, giving=unit.area,
        receiving=there.area, amount=(one.public + one.social) * YUAN, starts_on=one.starts_on,
        promised_on=one.ends_on,
    )  # fmt: skip
    made = projects.plan_project(by=by, at=at, draft=draft)
    day = one.ends_on
    step = projects.add_milestone(by=by, at=at, project=made, name="竣工验收", day=day)
    projects.publish_project(by=by, at=at, project=made)
    shown = progress.Shown("受援方组织验收，验收单已存档。(示例)")
    progress.reach(by=by, at=morning(day), milestone=step, day=day, shown=shown)
    return made


def _send(by: Actor, whole: Programme) -> None:
    """Count the six teams, by what they were sent as."""
    for team, role, count, first, last in rows("funds_sent.tsv"):
        begins, ends = date.fromisoformat(first), date.fromisoformat(last)
        draft = sending.SentDraft(
            role=role, count=int(count), from_on=begins, until_on=ends, team=team
        )
        sending.send(by=by, at=morning(begins), programme=whole, draft=draft)
