"""Which sealed files the rows of cases know: photos and papers of cases, and of drafts for their week."""

from collections.abc import Collection

from linli.cases.models import Attachment, Draft


def known_files(digests: Collection[str]) -> set[str]:
    """Return those of these digests that a case or a draft names. Two queries."""
    kept = Attachment.objects.filter(digest__in=digests).values_list("digest", flat=True)
    drafts = Draft.objects.exclude(photos=[]).values_list("photos", flat=True)
    asked = set(digests)
    begun = {photo["digest"] for photos in drafts.iterator() for photo in photos}
    return set(kept) | (begun & asked)
