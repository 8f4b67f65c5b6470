"""What polls say of candidates, in hundredths of a percent; None where too few answered to say anything."""

from django.db.models import QuerySet

from linli.assessments.models import Poll, PollMatter, Round
from linli.assessments.rules.polls import PollForm, read, share


def shares(round_: Round) -> dict[int, int | None]:
    """Return what the round's polls say of each candidacy, by its id: the newest told result counts. One query."""
    told = PollMatter.objects.filter(poll__round=round_, poll__released_at__isnull=False)
    rows = told.exclude(candidacy=None).order_by("poll__released_at", "poll_id")
    kept = rows.values_list("candidacy_id", "poll_id", "poll__document", "result")
    forms: dict[int, PollForm] = {}
    found: dict[int, int | None] = {}
    for candidacy, poll, document, result in kept:
        if poll not in forms:
            forms[poll] = read(document)
        found[candidacy] = share(forms[poll], result)
    return found


def running_polls(round_: Round) -> QuerySet[Poll]:
    """Return the round's polls whose result is not told yet: its candidates wait for them."""
    return Poll.objects.running().filter(round=round_)
