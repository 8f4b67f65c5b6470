"""How far each language is, and its texts as a file for translators."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from linli.kernel.actors import Role
from linli.kernel.doors import staff_only
from linli.kernel.text_editions import newest
from linli.ui.languages import LANGUAGES, Language
from linli.ui.wording.own import offered, own_of, standing
from linli.ui.wording.po_writing import written


def language_or_404(code: str) -> Language:
    """Return the language of an address."""
    if (language := offered(code)) is None:
        raise Http404
    return language


def trail(here: str = "") -> list[tuple[str, str]]:
    """Return where this page stands."""
    desk = (_("Desk"), reverse("portal:console"))
    if not here:
        return [desk, (_("Texts and languages"), "")]
    return [desk, (_("Texts and languages"), reverse("portal:texts")), (here, "")]


@require_safe
@staff_only(Role.ADMINISTRATOR)
def text_list(request: HttpRequest) -> HttpResponse:
    """Show every language: how many texts, how many lack words, and who has reviewed what is in force."""
    editions = [(language, newest(language.code)) for language in LANGUAGES]
    rows = [(one, edition, standing(one.code, own_of(edition))) for one, edition in editions]
    return render(request, "portal/texts/list.html", {"rows": rows, "trail": trail()})


@require_safe
@staff_only(Role.ADMINISTRATOR)
def text_file(request: HttpRequest, code: str) -> HttpResponse:
    """Give every text of a language with the words in force."""
    language = language_or_404(code)
    body = written(language, own_of(newest(code)))
    response = HttpResponse(body, content_type="text/x-gettext-translation; charset=utf-8")
    response.headers["Content-Disposition"] = f'attachment; filename="linli-{language.tag}.po"'
    return response
