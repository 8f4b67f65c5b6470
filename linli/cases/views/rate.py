"""One grade of five, given with a token that says nothing of whom. The page knows no case and no ticket."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from linli.cases.actions import following
from linli.cases.forms.following import RatingForm
from linli.cases.views.tickets import private
from linli.kernel.clock import now
from linli.kernel.idempotency import new_key, once
from linli.kernel.limits import allow_knock, source_of
from linli.kernel.refusals import Refused


@private
@require_http_methods(["GET", "HEAD", "POST"])
@once
def rate(request: HttpRequest, token: str) -> HttpResponse:
    """Ask for the grade and keep it."""
    form = RatingForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        at = now()
        allow_knock("rate", source_of(request), at=at, burst=120, per_hour=900)
        try:
            following.rate(at=at, token=token, **form.cleaned_data)
        except Refused as refused:
            form.add_error(None, str(refused.sentence))
        else:
            return redirect("cases:rated")
    status = 422 if form.is_bound else 200
    context = {"form": form, "once": new_key()}
    return render(request, "cases/public/rate.html", context, status=status)


@private
@require_safe
def rated(request: HttpRequest) -> HttpResponse:
    """Thank, and nothing else."""
    return render(request, "cases/public/rated.html")
