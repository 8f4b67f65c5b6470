"""What a business says in public of its premises, written at its own workplace under its key."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from linli.kernel.clock import now
from linli.kernel.refusals import Refused, on_form
from linli.trace.actions import replies
from linli.trace.forms.operators import OperatorReplyForm
from linli.trace.models import Operator, OperatorReply
from linli.trace.queries.keys import as_operator
from linli.trace.views.trading import for_operator
from linli.trace.views.ways import DO, posted


@require_http_methods(DO)
@for_operator
def trade_reply(request: HttpRequest, operator: Operator, code: str) -> HttpResponse:
    """Show what the business has said of its premises; take another reply."""
    place, form = (
        get_object_or_404(operator.premises, code=code),
        OperatorReplyForm(posted(request)),
    )
    if form.is_valid():
        try:
            replies.reply(by=as_operator(operator), at=now(), premises=place, **form.cleaned_data)
        except Refused as refused:
            on_form(form, refused, "words")
        else:
            messages.success(request, _("Your reply stands on the page of your premises."))
            return redirect(f"{reverse('trace:premises', args=[code])}#replies")
    context = {
        "premises": place,
        "form": form,
        "replies": place.replies.standing(),
        "most": replies.MOST_REPLIES,
        "trail": [(_("Workplace"), reverse("trace:trade")), (_("Your reply"), "")],
    }
    return render(request, "trace/trade_reply.html", context, status=422 if form.is_bound else 200)


@require_POST
@for_operator
def trade_reply_back(request: HttpRequest, operator: Operator, code: str, pk: int) -> HttpResponse:
    """Take a reply back."""
    said = get_object_or_404(
        OperatorReply.objects.filter(premises__operator=operator), pk=pk, premises__code=code
    )
    try:
        replies.take_back(by=as_operator(operator), at=now(), reply=said)
    except Refused as refused:
        messages.error(request, str(refused.sentence))
    else:
        messages.success(request, _("It stands in public no more."))
    return redirect("trace:trade_reply", code)
