"""Visits to the place of a project: what was found, with photos on which nobody can be recognised."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final, NamedTuple

from django.db import transaction
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _

from linli.directory.models import Unit
from linli.funds.actions.programmes import may_take_part
from linli.funds.models import Photo, Project, Visit
from linli.funds.queries.projects import held_project
from linli.funds.queries.standing_projects import EDITION
from linli.funds.rules import projects as rule
from linli.kernel import files
from linli.kernel.actors import Actor, Role
from linli.kernel.editions import new_edition
from linli.kernel.rebuild_photo import smaller_photo
from linli.kernel.refusals import Refused
from linli.kernel.signed import signed
from linli.kernel.uploads import Rebuilt

MOST_PHOTOS: Final = 6
_SIDE = 1600  # pixels: a page shows no more


class Shot(NamedTuple):
    """One photo that came through `uploads.rebuild`, and what it shows."""

    file: Rebuilt
    words: str


@dataclass(frozen=True, slots=True, kw_only=True)
class VisitDraft:
    """What is given of a visit. `nobody_shown`: whoever gives photos has looked that nobody can be recognised."""

    unit: Unit
    day: date
    finding: str
    words: str
    settles: Visit | None = None
    photos: Sequence[Shot] = ()
    nobody_shown: bool = False


@transaction.atomic
def visit(*, by: Actor, at: datetime, project: Project, draft: VisitDraft) -> Visit:
    """Record a visit with what was found.

    Refuses: not_allowed; not_own_unit unless of either side, or in another unit's name; no_words; unknown_finding;
    day_to_come; other_project and already_settled of what it settles; too_many_photos; not_a_photo; no_photo_words;
    somebody_shown unless whoever gives photos says that nobody can be recognised.
    """
    kept = held_project(project)
    may_take_part(by=by, at=at, project=kept)
    if by.role == Role.OFFICER and draft.unit.name != by.unit:
        raise Refused("not_own_unit", _("This is another unit's."), status=404)
    _check(at, kept, draft)
    _check_photos(draft)
    made = Visit.objects.create(
        project=kept, unit=draft.unit, day=draft.day, finding=draft.finding,
        words=draft.words.strip(), settles=draft.settles, **signed(by, at),
    )  # fmt: skip
    Photo.objects.bulk_create(
        Photo(
            visit=made,
            number=number,
            media_type=shot.file.media_type,
            words=shot.words.strip(),
            digest=files.keep(smaller_photo(shot.file.data, _SIDE)),
        )
        for number, shot in enumerate(draft.photos, 1)
    )
    new_edition(EDITION)
    return made


@transaction.atomic
def take_down(*, by: Actor, at: datetime, photo: Photo) -> Photo:
    """Take a photo down: the picture is gone for ever, that it was there stays.

    Refuses: not_allowed; not_own_unit unless of either side; already_taken_down.
    """
    project = held_project(photo.visit.project)
    may_take_part(by=by, at=at, project=project)
    kept = Photo.objects.select_for_update(no_key=True).get(pk=photo.pk)
    if kept.taken_down_on:
        raise Refused("already_taken_down", _("This photo was taken down already."), status=409)
    digest = kept.digest
    kept.digest, kept.taken_down_on = "", localdate(at)
    kept.save(update_fields=["digest", "taken_down_on"])
    if not Photo.objects.filter(digest=digest).exists():
        transaction.on_commit(lambda: files.remove(digest))
    new_edition(EDITION)
    return kept


def _check(at: datetime, project: Project, draft: VisitDraft) -> None:
    if not draft.words.strip():
        raise Refused("no_words", _("Say it in words."))
    if draft.finding not in rule.FINDINGS:
        raise Refused("unknown_finding", _("Choose what was found."))
    if draft.day > localdate(at):
        raise Refused("day_to_come", _("This day is still to come."))
    if draft.settles is None:
        return
    if draft.settles.project_id != project.pk:
        raise Refused("other_project", _("This is of another project."), status=404)
    if Visit.objects.filter(settles=draft.settles).exists():
        raise Refused("already_settled", _("This was settled already."), status=409)


def _check_photos(draft: VisitDraft) -> None:
    if len(draft.photos) > MOST_PHOTOS:
        raise Refused("too_many_photos", _("Six photos of a visit are enough."))
    for shot in draft.photos:
        if not shot.file.media_type.startswith("image/"):
            raise Refused("not_a_photo", _("Choose a photo (JPEG, PNG, WebP or GIF)."))
        if not shot.words.strip():
            raise Refused("no_photo_words", _("Say what the photo shows."))
    if draft.photos and not draft.nobody_shown:
        raise Refused("somebody_shown", _("Look at each photo: nobody may be recognised in it."))
