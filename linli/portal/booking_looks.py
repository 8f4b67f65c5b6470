"""Ask why somebody looked at a booking: a deed of offers and cases together."""

from datetime import datetime

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_POST

from linli.cases.views.ask_send import receipt_for
from linli.flows.booking_looks_to_cases import ask_why
from linli.kernel.idempotency import once
from linli.kernel.models import Look
from linli.offers.models import Booking
from linli.offers.views.held import held


@require_POST
@held
@once
def why(request: HttpRequest, booking: Booking, at: datetime, look: str) -> HttpResponse:
    """Make a case of it, with a receipt of its own."""
    seen = get_object_or_404(Look, code=look)
    receipt = ask_why(at=at, booking=booking, look=seen)
    return receipt_for(receipt.case, receipt.passphrase, at)
