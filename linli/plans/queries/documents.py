"""Reads of policy documents."""

from django.db.models import Count, Q, QuerySet

from linli.plans.models import PolicyDocument


def whole_documents() -> QuerySet[PolicyDocument]:
    """Return documents with issuer, place and the one that each replaces."""
    return PolicyDocument.objects.select_related("issuer", "area", "supersedes", "evidence")


def listed_documents(*, words: str = "", status: str = "") -> QuerySet[PolicyDocument]:
    """Return documents for a list, newest first, with how many programmes carry each out."""
    found = whole_documents().annotate(carried=Count("programmes"))
    if status:
        found = found.filter(status=status)
    for word in words.replace("\0", "").split():
        found = found.filter(Q(title__icontains=word) | Q(number__icontains=word))
    return found.order_by("-issued_on", "-id")
