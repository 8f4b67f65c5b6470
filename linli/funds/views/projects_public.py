"""Projects for everybody: the list with its map of places, one project, one programme line, where figures come from."""

from django.core.paginator import Paginator
from django.db.models import Count, Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from linli.funds.forms.projects import ProjectsForm
from linli.funds.models import Photo, Programme, Project
from linli.funds.queries.priorities import goes_by
from linli.funds.queries.project_money import (
    NOTHING,
    money_from,
    money_of,
    money_of_programme,
    sources_of,
    stands_of,
    version_of,
)
from linli.funds.queries.project_page import project_page
from linli.funds.queries.projects import (
    asked_projects,
    by_state,
    places_receiving,
    promised,
)
from linli.funds.queries.sent import people_sent
from linli.funds.queries.standing_projects import standing_projects
from linli.funds.schemas.attested_words import told_of, told_together
from linli.funds.views.project_map import project_map
from linli.funds.views.project_words import (
    LAMPS,
    people_told,
    photo_file,
    state_links,
    story,
    visits_told,
)
from linli.funds.views.totals_public import moment_asked
from linli.kernel.clock import now
from linli.kernel.text import Words
from linli.ui.kept import kept_while

PER_PAGE = 20
_PUBLISHED = Q(projects__published_at__isnull=False)


@require_safe
@kept_while(standing_projects, "programme", "state", "giving", "receiving", "page")
def projects(request: HttpRequest) -> HttpResponse:
    """List what is published, by programme line, state and place."""
    published, today = Project.objects.published(), localdate(now())
    form = ProjectsForm(request.GET, among=published)
    found = asked_projects(published, form.asked, today)
    places = places_receiving(found)
    page = Paginator(found, PER_PAGE).get_page(request.GET.get("page"))
    money = money_of([one.pk for one in page.object_list], public=True)
    context = {
        "rows": [(one, LAMPS[one.state], money.get(one.pk, NOTHING)) for one in page.object_list],
        "page": page,
        "form": form,
        "narrowed": form.narrowed,
        "states": state_links(request, by_state(published, today)),
        "map": project_map(places),
        "places": places.items(),
        "programmes": Programme.objects.published().filter(above=None),
        "address": request.path,
        "trail": _trail(),
    }
    return render(request, "funds/projects.html", context)


@require_safe
@kept_while(standing_projects)
def project(request: HttpRequest, code: str) -> HttpResponse:
    """Show one project: what was promised, what it got, what was built, what visits found."""
    found = _project(code)
    today = localdate(now())
    page = project_page(found, today, public=True)
    line = reverse("funds:programme", args=[found.programme.code])
    context = {
        "project": found,
        "page": page,
        "lamp": LAMPS[page.state],
        "story": story(page.notes),
        "visits": visits_told(page),
        "today": today,
        "people": people_told(page.people),
        "trail": _trail((found.programme.name, line), (found.name, "")),
    }
    context |= told_of(found, public=True)
    return render(request, "funds/project.html", context)


@require_safe
@kept_while(standing_projects, "day", "known")
def project_money(request: HttpRequest, code: str) -> HttpResponse:
    """Show which balances make the money of a project."""
    return _money(request, _project(code))


@require_safe
@kept_while(standing_projects)
def programme(request: HttpRequest, code: str) -> HttpResponse:
    """Show one programme line: its parts, its projects by state and place, its money, people sent for it."""
    found = _programme(code)
    mine = Project.objects.published().of_line(found)
    counts = by_state(mine, localdate(now()))
    parts, sent = found.lines.published().order_by("name"), people_sent(found)
    context = {
        "programme": found,
        "parts": parts.annotate(count=Count("projects", filter=_PUBLISHED)),
        "states": [(*LAMPS[state], counts[state], state) for state in LAMPS],
        "projects": sum(counts.values()),
        "promised": promised(mine),
        "places": places_receiving(mine).items(),
        "money": money_of_programme(found, public=True),
        "sources": sources_of(found, public=True),
        "sent": sent,
        "people": people_told(sent),
        "criteria": goes_by(found),
        "trail": _trail((found.name, "")),
    }
    context |= told_together(mine)
    return render(request, "funds/programme.html", context)


@require_safe
@kept_while(standing_projects, "day", "known")
def programme_money(request: HttpRequest, code: str) -> HttpResponse:
    """Show which balances make the money of a programme line."""
    return _money(request, _programme(code))


@require_safe
def photo(request: HttpRequest, number: int) -> HttpResponse:
    """Give a photo of a published project."""
    shown = Photo.objects.filter(visit__project__in=Project.objects.published())
    response = photo_file(get_object_or_404(shown, pk=number))
    response.headers["Cache-Control"] = "public, max-age=300"  # five minutes after it is taken down
    return response


def _money(request: HttpRequest, of: Project | Programme) -> HttpResponse:
    """Show the balances behind the figures at a permanent address: which day, as known when, of which books."""
    moment = moment_asked(request, now())
    stands = stands_of(of, day=moment.day, known_at=moment.known_at)
    name = "funds:project" if isinstance(of, Project) else "funds:programme"
    back = reverse(name, args=[of.code])
    context = {
        "of": of,
        "money": money_from(stands),
        "stands": stands,
        "version": version_of(stands, day=moment.day, known_at=moment.known_at),
        "moment": moment,
        "address": request.build_absolute_uri(f"{request.path}?{moment.query}"),
        "back": back,
        "trail": _trail((of.name, back), (_("Where these figures come from"), "")),
    }
    return render(request, "funds/project_money.html", context)


def _project(code: str) -> Project:
    found = Project.objects.published().select_related(
        "programme__above", "unit", "receiver", "giving", "receiving"
    )
    return get_object_or_404(found, code=code)


def _programme(code: str) -> Programme:
    return get_object_or_404(
        Programme.objects.published().select_related("area", "unit", "above"), code=code
    )


def _trail(*steps: tuple[Words, str]) -> list[tuple[Words, str]]:
    here = reverse("funds:projects") if steps else ""
    home = [(_("Home"), reverse("portal:home")), (_("Projects"), here)]
    return [*home, *steps]
