"""Bring a package of the directory: upload it, look at everything that would change, take it in or not.

Only the tables and columns that we take in are set aside for the second look; the file itself is not kept.
"""

from typing import Any

from django.contrib import messages
from django.core import signing
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from linli.directory import actions
from linli.directory.actions.wrongs import WRONGS
from linli.directory.forms import BringPackageForm
from linli.directory.models import Area
from linli.directory.queries.importing import Coming, Fate, Run, dry_run
from linli.directory.queries.package_reading import packed, read_package
from linli.directory.views.told import FIELDS, said
from linli.kernel import files
from linli.kernel.actors import Role
from linli.kernel.clock import now
from linli.kernel.doors import acting, staff_only
from linli.kernel.refusals import Refused, on_form
from linli.kernel.text import Words

PER_PAGE = 50
SALT = "directory.package"
FATES: dict[str, tuple[str, Words]] = {
    Fate.NEW: ("done", gettext_lazy("new")),
    Fate.CHANGES: ("soon", gettext_lazy("changes")),
    Fate.KNOWN: ("plain", gettext_lazy("as it is")),
    Fate.ERROR: ("late", gettext_lazy("error")),
}
TABLES: dict[str, Words] = {
    "organization": gettext_lazy("organization"),
    "service": gettext_lazy("service"),
    "location": gettext_lazy("place"),
    "service_at_location": gettext_lazy("service at a place"),
}


@require_http_methods(["GET", "HEAD", "POST"])
@staff_only(Role.PLANNER)
def package_bring(request: HttpRequest) -> HttpResponse:
    form = BringPackageForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        file, area = form.cleaned_data["file"], form.cleaned_data["area"]
        try:
            tables = read_package(file.read())  # before anything of it is kept
        except Refused as refused:
            on_form(form, refused, "file")
        else:
            kept = files.set_aside(packed(tables), at=now())
            said = {"digest": kept, "name": file.name[-100:], "area": area.code if area else ""}
            return redirect("directory:package", signing.dumps(said, salt=SALT, compress=True))
    context = {"form": form, "trail": _trail(_("Bring a package"))}
    status = 422 if form.errors else 200
    return render(request, "directory/console_bring.html", context, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
@staff_only(Role.PLANNER)
def package(request: HttpRequest, token: str) -> HttpResponse:
    data, kept = _brought(token)
    area = Area.objects.filter(code=kept["area"]).first()
    refused = None
    if request.method == "POST":
        try:
            draft = actions.PackageDraft(
                data=data, area=area, checksum=request.POST.get("checksum", "")
            )
            done = actions.import_package(by=acting(request), at=now(), draft=draft)
        except Refused as error:
            refused = error
        else:
            counts = {"new": done.new, "changed": done.changed, "known": done.known}
            words = _("Taken in: %(new)s new, %(changed)s changed, %(known)s as they are.")
            messages.success(request, words % counts)
            return redirect("directory:guide_list")
    context = _looked_at(request, dry_run(read_package(data), area=area)) | {
        "name": kept["name"],
        "refused": refused,
        "trail": _trail(kept["name"]),
    }
    status = 422 if refused else 200
    return render(request, "directory/console_package.html", context, status=status)


def _brought(token: str) -> tuple[bytes, dict[str, str]]:
    try:
        kept: dict[str, str] = signing.loads(token, salt=SALT, max_age=files.A_DAY)
        return files.fetch_aside(kept["digest"]), kept
    except (signing.BadSignature, FileNotFoundError) as error:
        raise Http404 from error


def _looked_at(request: HttpRequest, run: Run) -> dict[str, Any]:
    counts = run.count()
    # Who has errors wants to see these; else what would change.
    first = "error" if counts[Fate.ERROR] else "all"
    fate = request.GET.get("fate", first)
    page = Paginator(run.of(fate if fate in counts else ""), PER_PAGE).get_page(
        request.GET.get("page")
    )
    tabs = [("all", _("All"), len(run.things))]
    tabs += [(code, str(FATES[code][1]), number) for code, number in counts.items()]
    return {
        "counts": counts,
        "tabs": tabs,
        "fate": fate,
        "page": page,
        "rows": [_row(one) for one in page],
        "terms": run.terms,
        "checksum": run.checksum,
        "to_write": counts[Fate.NEW] + counts[Fate.CHANGES],
    }


def _row(one: Coming) -> dict[str, Any]:
    was, becomes = one.was or {}, one.becomes or {}
    changed = one.fate == Fate.CHANGES
    return {
        "thing": one,
        "table": TABLES[one.table],
        "fate": FATES[one.fate],
        "wrong": WRONGS.get(one.wrong, "") if one.wrong else "",
        "fields": [
            (FIELDS.get(name, name), said(was.get(name)), said(value))
            for name, value in becomes.items()
        ]
        if changed
        else [],
    }


def _trail(here: str) -> list[tuple[str, str]]:
    return [
        (_("Desk"), reverse("portal:console")),
        (_("Services"), reverse("directory:guide_list")),
        (here, ""),
    ]
