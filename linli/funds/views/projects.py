"""Projects on the console: the list, one project with its works and story, plan, amend and publish."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from linli.funds.actions import projects as actions
from linli.funds.forms.projects import ProjectForm, ProjectsForm
from linli.funds.models import Photo, Project
from linli.funds.queries.project_money import NOTHING, accounts_of, money_of
from linli.funds.queries.project_page import project_page
from linli.funds.queries.projects import asked_projects, by_state
from linli.funds.queries.sent import counting
from linli.funds.schemas.attested_words import told_of
from linli.funds.views.project_words import (
    LAMPS,
    deeds_of,
    photo_file,
    state_links,
    story,
    visits_told,
)
from linli.funds.views.ways import DO, KEEPERS, READERS, form_page, posted, told, trail, ways
from linli.kernel.actors import Actor, Role
from linli.kernel.clock import now
from linli.kernel.doors import acting, staff_only
from linli.kernel.refusals import Refused, on_form
from linli.kernel.text import Words

ROWS = 25


@require_safe
@staff_only(*READERS)
def console_projects(request: HttpRequest) -> HttpResponse:
    """List projects, with how many stand how."""
    mine = Project.objects.visible_to(acting(request))
    form = ProjectsForm(request.GET, among=mine)
    today = localdate(now())
    found = asked_projects(mine, form.asked, today)
    page = Paginator(found, ROWS).get_page(request.GET.get("page"))
    money = money_of([one.pk for one in page.object_list])
    context = {
        "rows": [(one, LAMPS[one.state], money.get(one.pk, NOTHING)) for one in page.object_list],
        "page": page,
        "form": form,
        "states": state_links(request, by_state(mine, today)),
        "filtered": form.narrowed,
        "address": reverse("funds:console_projects"),
        "ways": ways(),
        "keeps": acting(request).role in KEEPERS,
    }
    return render(request, "funds/projects_console.html", context)


@require_http_methods(DO)
@staff_only(*KEEPERS)
def new_project(request: HttpRequest) -> HttpResponse:
    """Plan a project."""
    by = acting(request)
    form = ProjectForm(posted(request), by=by)
    if form.is_valid():
        try:
            made = actions.plan_project(by=by, at=now(), draft=form.draft())
        except Refused as refused:
            on_form(form, refused)
        else:
            messages.success(request, _("Planned. Add works and milestones, then publish it."))
            return redirect("funds:console_project", made.code)
    back = reverse("funds:console_projects")
    title = _("A new project")
    named = {"title": title, "button": _("Plan it"), "back": back}
    return form_page(request, form, **named, trail=project_trail((title, "")))


@require_safe
@staff_only(*READERS)
def console_project(request: HttpRequest, code: str) -> HttpResponse:
    """Show one project with all that was recorded of it, and what can be done with it."""
    by, project = acting(request), project_of(request, code)
    today, keeps = localdate(now()), may_keep(by, project)
    page = project_page(project, today)
    context = {
        "project": project,
        "page": page,
        "lamp": LAMPS[page.state],
        "story": story(page.notes),
        "visits": visits_told(page),
        "today": today,
        "sent": counting(project).order_by("from_on", "pk"),
        "contracts": project.contracts.select_related("work", "changes"),
        "accounts": accounts_of(project),
        "deeds": deeds_of(project, page, keeps=keeps) if by.role in KEEPERS else [],
        "keeps": keeps,
        "sides": by.role in KEEPERS,
        "console": True,
        "trail": project_trail((project.name, "")),
    }
    context |= told_of(project)
    return render(request, "funds/project_console.html", context)


@require_http_methods(DO)
@staff_only(*KEEPERS)
def amend_project(request: HttpRequest, code: str) -> HttpResponse:
    """Say otherwise what a project is."""
    by, project = acting(request), _kept(request, code)
    form = ProjectForm(posted(request), by=by, project=project)
    if form.is_valid():
        try:
            actions.amend_project(by=by, at=now(), project=project, draft=form.draft())
        except Refused as refused:
            on_form(form, refused)
        else:
            return redirect("funds:console_project", code)
    here = reverse("funds:console_project", args=[code])
    title = _("Amend the project")
    lead = _("It is published: what it promises stands.") if project.published_at else ""
    named = {"title": title, "lead": lead, "button": _("Keep the changes"), "back": here}
    steps = project_trail((project.name, here), (title, ""))
    return form_page(request, form, **named, trail=steps)


@require_POST
@staff_only(*KEEPERS)
def publish_project(request: HttpRequest, code: str) -> HttpResponse:
    """Publish a project."""
    by, project = acting(request), _kept(request, code)
    return told(
        request,
        lambda: actions.publish_project(by=by, at=now(), project=project),
        _("Published. What it promises stands from now on."),
        reverse("funds:console_project", args=[code]),
    )


@require_safe
@staff_only(*READERS)
def console_photo(request: HttpRequest, number: int) -> HttpResponse:
    """Give a photo of a project that is not published, or not yet."""
    mine = Project.objects.visible_to(acting(request))
    return photo_file(get_object_or_404(Photo, pk=number, visit__project__in=mine))


def project_of(request: HttpRequest, code: str) -> Project:
    """Return the project that an address names, if whoever asks works with it."""
    found = Project.objects.visible_to(acting(request)).select_related(
        "programme", "unit", "receiver", "giving", "receiving"
    )
    return get_object_or_404(found, code=code)


def _kept(request: HttpRequest, code: str) -> Project:
    project = project_of(request, code)
    if not may_keep(acting(request), project):
        raise Http404
    return project


def may_keep(by: Actor, project: Project) -> bool:
    """Say whether somebody keeps this project, and does not only work on its other side, or read."""
    return by.role == Role.PLANNER or (by.role == Role.OFFICER and by.unit == project.unit.name)


def project_trail(*steps: tuple[Words, str]) -> list[tuple[Words, str]]:
    """Return the way here, through the list of projects."""
    here = reverse("funds:console_projects") if steps else ""
    return trail((_("Projects"), here), *steps)
