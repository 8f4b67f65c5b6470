"""What the matrix asks of projects: one on show that the other unit receives, one that nobody sees yet, a photo of each."""

from datetime import date

from linli.funds.actions import programmes, projects, visits
from linli.kernel.uploads import rebuild
from tests.town import asking, plans

__all__ = ["SENT", "build"]
_SOON = date(2027, 6, 30)


def build(has, *, at, hidden):
    """Return the parts of addresses. Of the one that nobody sees, the other unit is no part."""
    by = plans.officer()
    has.line, has.hidden_line = (
        programmes.begin_programme(by=by, at=at, draft=programmes.ProgrammeDraft(
            name=name, kind="assistance", unit=has.lead, area=has.area, starts_on=at.date(),
        ))
        for name in ("对口支援", hidden)
    )  # fmt: skip
    programmes.publish_programme(by=by, at=at, programme=has.line)
    has.project, has.hidden_project = (
        projects.plan_project(by=by, at=at, draft=_draft(has, at, **given))
        for given in ({"name": "小学", "receiver": has.other}, {"name": hidden, "purpose": hidden})
    )
    for project in (has.project, has.hidden_project):
        projects.add_milestone(by=by, at=at, project=project, name="封顶", day=_SOON)
    projects.publish_project(by=by, at=at, project=has.project)
    shown, unshown = (_photo(has, one, at) for one in (has.project, has.hidden_project))
    named, kept = {"code": has.project.code}, {"code": has.hidden_project.code}
    return {
        "project": named,
        "kept project": kept,
        "project's warning": named | {"deed": "warn"},
        "project's work": named | {"deed": "work"},
        "kept project's warning": kept | {"deed": "warn"},
        "project's nothing": named | {"deed": "zzz"},
        "programme line": {"code": has.line.code},
        "kept programme line": {"code": has.hidden_line.code},
        "photo": {"number": shown.pk},
        "kept photo": {"number": unshown.pk},
    }


def _draft(has, at, **given):
    return projects.ProjectDraft(
        programme=has.line, unit=has.lead, giving=has.area, receiving=has.area,
        starts_on=at.date(), promised_on=_SOON, **given,
    )  # fmt: skip


def _photo(has, project, at):
    shot = visits.Shot(rebuild(asking.photo(), name="a.jpg"), "工地")
    draft = visits.VisitDraft(
        unit=has.lead, day=at.date(), finding="fine", words="好", photos=[shot], nobody_shown=True
    )
    return visits.visit(by=plans.officer(), at=at, project=project, draft=draft).photos.get()


def _programme(has):
    return {
        "name": "教育帮扶", "kind": "assistance", "unit": has.lead.code, "area": has.area.code,
        "starts_on": "2026-11-21",
    }  # fmt: skip


def _project(has):
    return {
        "programme": has.line.code, "name": "卫生院", "giving": has.area.code, "unit": has.lead.code,
        "receiving": has.area.code, "amount": "0", "starts_on": "2026-11-21",
        "promised_on": "2027-06-30",
    }  # fmt: skip


SENT = {
    ("funds:new_project", "valid"): _project,
    ("funds:amend_project", "valid"): _project,
    ("funds:project_deed", "valid"): lambda has: {"words": "道路可能中断", "name": "教学楼", "amount": "0"},
    ("funds:new_programme", "valid"): _programme,
    ("funds:amend_programme", "valid"): _programme,
    ("funds:programme_account", "valid"): lambda has: {
        "fund": has.books.code, "kind": "social", "name": "社会资金",
    },
    ("funds:programme_sent", "valid"): lambda has: {
        "role": "officials", "count": "158", "from_on": "2026-01-05",
    },
}  # fmt: skip
