"""Editions of a language's texts: kept one after another, each on the one its reader had before them."""

from dataclasses import asdict, dataclass, replace
from datetime import date, datetime

from django.db import IntegrityError, transaction
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _

from linli.kernel.actors import Actor, Role, allow
from linli.kernel.models import TextEdition
from linli.kernel.refusals import Refused
from linli.kernel.signed import signed

Row = list[str | list[str] | bool]  # context, original, forms, unsure


@dataclass(frozen=True, slots=True)
class TextDraft:
    """What is to be in force: the words that differ from the release, counts, and who has reviewed them."""

    language: str
    words: list[Row]
    texts: int
    lacking: int
    unsure: int
    brought: int = 0
    sha256: str = ""
    reviewer_name: str = ""
    reviewer_unit: str = ""
    reviewed_on: date | None = None


def newest(language: str) -> TextEdition | None:
    """Return the edition in force, None while the words of the release are."""
    return TextEdition.objects.filter(language=language).order_by("-number").first()


def newest_numbers() -> dict[str, int]:
    """Return for each language with an edition the number of the newest. One query."""
    rows = TextEdition.objects.order_by("number").values_list("language", "number")
    return dict(rows)


@transaction.atomic
def keep_texts(*, by: Actor, at: datetime, base: int, draft: TextDraft) -> TextEdition:
    """Keep reviewed words as the newest edition. `base`: the number of the edition they were compared with, 0 for none.

    Refuses: not_allowed for every role but the administrator; no_reviewer without a name and a unit; own_review
    when who lets the words in says to have reviewed them; day_ahead for a review that is not yet;
    changed_meanwhile when another edition came in between.
    """
    allow(by, Role.ADMINISTRATOR)
    name, unit = " ".join(draft.reviewer_name.split()), " ".join(draft.reviewer_unit.split())
    if not (name and unit and draft.reviewed_on):
        raise Refused("no_reviewer", _("Say who has reviewed the words, of which unit, and when."))
    if name.casefold() == by.name.casefold():
        raise Refused("own_review", _("Somebody else than you reviews what you let in."))
    if draft.reviewed_on > localdate(at):
        raise Refused("day_ahead", _("The day of the review is not yet."))
    return _keep(by, at, base, replace(draft, reviewer_name=name, reviewer_unit=unit), None)


@transaction.atomic
def put_back_texts(
    *, by: Actor, at: datetime, base: int, back_to: int, draft: TextDraft
) -> TextEdition:
    """Put an earlier edition in force again, 0 for the words of the release, by adding a copy. `base`: as above.

    Refuses: not_allowed for every role but the administrator; not_earlier when it is not older than the newest;
    changed_meanwhile when another edition came in between.
    """
    allow(by, Role.ADMINISTRATOR)
    if not 0 <= back_to < base:
        raise Refused("not_earlier", _("Only an earlier edition can be put back."))
    return _keep(by, at, base, draft, back_to)


def _keep(by: Actor, at: datetime, base: int, draft: TextDraft, back_to: int | None) -> TextEdition:
    before = newest(draft.language)
    _same(base, before.number if before else 0)
    kept = TextEdition(number=base + 1, back_to=back_to, **asdict(draft), **signed(by, at))
    try:
        with transaction.atomic():
            kept.save(force_insert=True)
    except IntegrityError:  # another was first, a moment ago
        raise _meanwhile() from None
    return kept


def _same(base: int, newest_number: int) -> None:
    if base != newest_number:
        raise _meanwhile()


def _meanwhile() -> Refused:
    return Refused(
        "changed_meanwhile",
        _("Another edition came in meanwhile: look at the file again."),
        status=409,
    )
