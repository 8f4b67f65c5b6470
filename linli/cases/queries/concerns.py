"""How many concerns became cases, by what they are about and by month. Nothing leads from here to a case."""

from datetime import date

from django.db.models import Sum

from linli.cases.models import ConcernCount


def concerns_since(month: date, kind: str) -> dict[str, int]:
    """Return how many concerns there were about each thing of a kind since a month, by its code, most first. One query."""
    found = ConcernCount.objects.filter(month__gte=month, about__startswith=f"{kind}:")
    counted = found.values_list("about").annotate(n=Sum("count")).order_by("-n", "about")
    return {about.removeprefix(f"{kind}:"): n for about, n in counted}
