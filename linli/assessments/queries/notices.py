"""Results as they were told in public, and what holds them."""

from collections.abc import Iterable

from django.db.models import Count, Q, QuerySet

from linli.assessments.models import Candidacy, Notice, Objection, Result


def newest_results(candidacies: Iterable[Candidacy]) -> dict[int, Result]:
    """Return by candidacy the result that was told last. One query."""
    results = Result.objects.filter(candidacy__in=[one.pk for one in candidacies])
    told = results.select_related("notice", "score").order_by("candidacy", "id")
    return {one.candidacy_id: one for one in told}


def told_results(notice: Notice) -> QuerySet[Result]:
    """Return what a notice tells, the highest score first, with the objections that are open and all there were."""
    results = notice.results.select_related(
        "score", "decision", "candidacy__subject__unit", "candidacy__category", "candidacy__award"
    )
    counted = results.annotate(
        objected=Count("objections"),
        waiting=Count("objections", filter=Q(objections__state=Objection.OPEN)),
    )
    return counted.order_by("-score__share", "candidacy__subject__name", "id")
