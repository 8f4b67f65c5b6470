"""Where anything with a code can be seen: public things by their chain, slips by their door."""

from typing import Final

from django import forms
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_safe
from django.views.decorators.vary import vary_on_cookie

from linli.directory.queries.titled import with_code
from linli.kernel.clock import now
from linli.kernel.codes import read_code
from linli.kernel.text import Words
from linli.portal.finding import KINDS, TITLES, address_of
from linli.portal.happened import threads
from linli.portal.happened.doors import DOORS, through
from linli.portal.happened.steps import steps
from linli.trace.queries.meanings import path_code
from linli.trace.rules.codes.seeking import seek
from linli.ui.private import private

# What is looked up elsewhere: what it is, and where.
ELSEWHERE: Final[tuple[tuple[Words, str], ...]] = (
    (gettext_lazy("A gift: the code on the receipt is enough"), "funds:gift_receipt"),
    (gettext_lazy("A certificate, a work for a contest: with its number"), "offers:credentials"),
    (gettext_lazy("Food: any code on the label"), "goods:lookup_box"),
    (gettext_lazy("A business with its own passphrase"), "trace:trade_door"),
)


class SlipForm(forms.Form):
    """What stands on a slip. Of what is public the code is enough."""

    code = forms.CharField(
        label=gettext_lazy("Your code"),
        max_length=60,
        widget=forms.TextInput(
            attrs={"autocomplete": "off", "dir": "ltr", "autocapitalize": "characters"}
        ),
    )
    passphrase = forms.CharField(
        label=gettext_lazy("Passphrase, if there is one on your slip"),
        max_length=60,
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "off", "dir": "ltr", "inputmode": "numeric"}),
        help_text=gettext_lazy("Sixteen digits. Spaces make no difference."),
    )


@private
@require_http_methods(["GET", "HEAD", "POST"])
def what_happened(request: HttpRequest) -> HttpResponse:
    """Lead on from a code. Of what is not public, unknown, wrong and gone look the same."""
    form = SlipForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        answer = _led(request, form)
        if answer is not None:
            return answer
    context = {
        "form": form,
        "doors": [one.title for one in DOORS],
        "elsewhere": [(words, reverse(name)) for words, name in ELSEWHERE],
        "trail": _trail(),
    }
    status = 422 if form.is_bound else 200
    return render(request, "portal/happened/enter.html", context, status=status)


@require_safe
@vary_on_cookie
def chain(request: HttpRequest, code: str) -> HttpResponse:
    """Show from which sentence to which report a public thing leads."""
    at = now()
    known = with_code([KINDS[key] for key in threads.KINDS], code, at)
    if known is None:
        raise Http404
    kind, named = known
    context = {
        "steps": steps(threads.thread(kind, named, at)),
        "kind": TITLES[kind],
        "code": named,
        "address": reverse(KINDS[kind].route, args=[named]),
        "trail": _trail((named, "")),
    }
    return render(request, "portal/happened/chain.html", context)


def _led(request: HttpRequest, form: SlipForm) -> HttpResponse | None:
    """Return the way to what the code names or opens; None with what is wrong in the form."""
    at, typed = now(), form.cleaned_data["code"]
    code, passphrase = read_code(typed), form.cleaned_data["passphrase"]
    if code is None:
        if seek(typed):
            return redirect("goods:lookup", path_code(typed))
        form.add_error("code", _("A character is missing or differs. Look at the slip once more."))
        return None
    public = _public(code)
    if public:
        return redirect(public)
    if not passphrase:
        form.add_error(
            "passphrase", _("Nothing public has this code. A slip opens with its passphrase alone.")
        )
        return None
    answer = through(request, at, code, passphrase)
    if answer is None:
        form.add_error(None, _("This code and this passphrase do not belong together."))
    return answer


def _public(code: str) -> str:
    """Return the chain of a public thing, or its page where it has no chain; "" for all else."""
    at = now()
    if with_code([KINDS[key] for key in threads.KINDS], code, at):
        return reverse("portal:chain", args=[code])
    return address_of(code, at)


def _trail(*here: tuple[str, str]) -> list[tuple[str, str]]:
    own = reverse("portal:what_happened") if here else ""
    return [(_("Home"), reverse("portal:home")), (_("What happened with …?"), own), *here]
