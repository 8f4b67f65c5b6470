"""Photos and papers of a draft: drawn anew before they come here, sealed under the draft's key in files."""

from datetime import datetime
from functools import partial

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from linli.cases.actions.drafts import drop_draft
from linli.cases.models import Draft
from linli.kernel.actors import HOLDER, Actor, Role, allow
from linli.kernel.codes import new_code
from linli.kernel.refusals import Refused
from linli.kernel.sealed_files import keep_sealed, remove_sealed
from linli.kernel.subjects import Gone, key_of
from linli.kernel.uploads import Rebuilt

MOST_PHOTOS = 3


@transaction.atomic
def add_photo(*, by: Actor = HOLDER, at: datetime, draft: Draft, photo: Rebuilt) -> None:
    """Keep one photo or paper with the draft.

    Refuses: not_allowed for staff who see no case; too_many_photos; gone when the draft's week is over.
    """
    kept = _held(by, draft)
    if len(kept.photos) >= MOST_PHOTOS:
        raise Refused("too_many_photos", _("Up to three files can be kept. Remove one first."))
    code = new_code()
    digest = keep_sealed(key_of(kept.subject, at=at), code, photo.data)
    kept.photos.append(
        {"code": code, "digest": digest, "type": photo.media_type, "extension": photo.extension}
    )
    kept.save(update_fields=["photos"])
    draft.photos = kept.photos


@transaction.atomic
def drop_photo(*, by: Actor = HOLDER, at: datetime, draft: Draft, code: str) -> None:
    """Remove one photo or paper of the draft; a second time, at whatever time `at`, changes nothing.

    Refuses: not_allowed for staff who see no case; gone when the draft is.
    """
    kept = _held(by, draft)
    dropped = [one for one in kept.photos if one["code"] == code]
    kept.photos = [one for one in kept.photos if one["code"] != code]
    kept.save(update_fields=["photos"])
    draft.photos = kept.photos
    _remove(dropped)


@transaction.atomic
def discard(*, by: Actor = HOLDER, at: datetime, draft: Draft) -> None:
    """Remove a draft with its photos at once: it was sent, or its owner wants it gone.

    Refuses: not_allowed for staff who see no case; gone when somebody did so before.
    """
    kept = _held(by, draft)
    _remove(kept.photos)
    drop_draft(by=by, at=at, draft=kept)


def _held(by: Actor, draft: Draft) -> Draft:
    allow(by, Role.HOLDER, Role.CLERK, Role.OFFICER)
    drafts = Draft.objects.select_for_update(of=("self",), no_key=True)
    kept = drafts.select_related("subject").filter(pk=draft.pk).first()
    if kept is None:
        raise Gone
    return kept


def _remove(photos: list[dict[str, str]]) -> None:
    for one in photos:
        transaction.on_commit(partial(remove_sealed, one["digest"]))
