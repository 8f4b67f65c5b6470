"""How projects are told: states as lamps, the story in words, what can be done next, photos as files."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from linli.funds.forms.projects import STATES
from linli.funds.models import Note, Photo, Project, Sent, Visit
from linli.funds.queries.project_page import ProjectPage
from linli.funds.queries.sent import People
from linli.funds.rules import projects as rule
from linli.kernel import files
from linli.kernel.text import Words

_SHAPES = {
    rule.PLANNED: "plain",
    rule.RUNNING: "note",
    rule.DELAYED: "late",
    rule.DONE: "done",
    rule.STOPPED: "soon",
}
LAMPS: dict[str, tuple[str, Words]] = {
    state: (_SHAPES[state], words) for state, words in STATES.items()
}
FINDINGS = {rule.FINE: "done", rule.MEND: "soon", rule.GRAVE: "late"}
_TOLD: dict[str, tuple[str, Words]] = {
    rule.BEGUN: ("note", _("Work begun")),
    rule.FINISHED: ("done", _("Work finished")),
    rule.REACHED: ("done", _("Milestone reached")),
    rule.WARNING: ("soon", pgettext_lazy("project", "Warning")),
    rule.EASED: ("plain", _("Warning lifted")),
    rule.DELAY: ("late", _("Delay")),
    rule.MOVED: ("late", _("Day moved")),
    rule.STOPPED: ("late", pgettext_lazy("project", "Stopped")),
    rule.RESUMED: ("note", _("Taken up again")),
}


@dataclass(frozen=True, slots=True)
class Told:
    """One line of a project's story."""

    note: Note
    state: str
    title: Words

    @property
    def about(self) -> str:
        """The name of the work or milestone that it is about; nothing when it is about the project."""
        return str(self.note.work or self.note.milestone or "")


def story(notes: Iterable[Note]) -> list[Told]:
    """Return the notes of a project as lines of its story."""
    return [Told(one, *_TOLD[one.kind]) for one in notes]


def visits_told(page: ProjectPage) -> list[tuple[Visit, str, bool]]:
    """Return each visit with the shape of its finding, and whether that was mended since."""
    settled = {one.settles_id for one in page.visits}
    return [(one, FINDINGS[one.finding], one.pk in settled) for one in page.visits]


def people_told(people: People) -> list[tuple[Words, int]]:
    """Return what is told of people sent: how many as what, and the rest together."""
    roles = dict(Sent.ROLES)
    rows: list[tuple[Words, int]] = [(roles[role], n) for role, n in people.told.by_role.items()]
    return [*rows, (_("in other roles"), people.told.rest)] if people.told.rest else rows


def state_links(request: HttpRequest, counts: Mapping[str, int]) -> list[dict[str, Any]]:
    """Return how many projects stand how, each a link that filters by it, or takes the filter away."""
    found = []
    for state, words in STATES.items():
        asked = request.GET.copy()
        asked.pop("page", None)
        chosen = asked.get("state") == state
        asked.pop("state", None)
        if not chosen:
            asked["state"] = state
        found.append(
            {
                "shape": _SHAPES[state],
                "words": words,
                "count": counts[state],
                "chosen": chosen,
                "address": f"?{asked.urlencode()}" if asked else request.path,
            }
        )
    return found


def deeds_of(project: Project, page: ProjectPage, *, keeps: bool) -> list[tuple[Words, str]]:
    """Return what can be done with a project as a whole, as links; `keeps`: by whoever keeps it."""
    names: list[tuple[Words, str]] = [(_("Record a visit"), "visit")]
    if keeps:
        names += [
            (_("Add a work"), "work"),
            (_("Add a milestone"), "milestone"),
            (_("Note a contract"), "contract"),
            (_("Count people sent"), "sent"),
            (pgettext_lazy("money", "Open an account"), "account"),
            (_("Move its last day"), "move"),
        ]
    names += [(_("Warn of something"), "warn"), (_("Note a delay"), "delay")]
    if keeps:
        end = (_("Take it up again"), "resume") if page.stop else (_("Stop it"), "stop")
        names.append(end)
    return [
        (words, reverse("funds:project_deed", args=[project.code, name])) for words, name in names
    ]


def photo_file(photo: Photo) -> HttpResponse:
    """Return the picture of a photo as a file. Raises Http404 when it was taken down."""
    if not photo.digest:
        raise Http404
    try:
        data = files.fetch(photo.digest)
    except FileNotFoundError as missing:
        raise Http404 from missing
    return HttpResponse(data, content_type=photo.media_type)
