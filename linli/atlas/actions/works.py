"""Works of a draft: hung at the end of the tour, changed, moved, taken down."""

from dataclasses import dataclass
from datetime import datetime
from typing import Final

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from linli.atlas.actions.exhibitions import held
from linli.atlas.models import Exhibition, Work
from linli.atlas.models.exhibition import MOST_WORKS
from linli.kernel import files
from linli.kernel.actors import Actor
from linli.kernel.rebuild_photo import smaller_photo
from linli.kernel.refusals import Refused
from linli.kernel.uploads import Rebuilt

_SIDE: Final = 1600  # pixels: a page shows no more
_TOLD: Final = (
    "source_name", "maker", "made", "title", "title_hant", "title_en", "text", "text_hant", "text_en",
    "shows", "shows_hant", "shows_en", "says", "says_hant", "says_en",
)  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class WorkDraft:
    """What hangs, in words, and its files as `uploads` made them anew; None leaves a file as it is.

    `leave`: whoever made it, and whoever is named, agreed that it hangs here so.
    """

    source: str
    source_name: str
    title: str
    title_hant: str
    title_en: str
    maker: str = ""
    made: str = ""
    text: str = ""
    text_hant: str = ""
    text_en: str = ""
    picture: Rebuilt | None = None
    shows: str = ""
    shows_hant: str = ""
    shows_en: str = ""
    sound: Rebuilt | None = None
    says: str = ""
    says_hant: str = ""
    says_en: str = ""
    leave: bool = False
    no_picture: bool = False
    no_sound: bool = False


@transaction.atomic
def hang(*, by: Actor, at: datetime, exhibition: Exhibition, draft: WorkDraft) -> Work:
    """Hang a work at the end of the tour.

    Refuses: not_allowed; not_own_unit; too_many_works; no_leave; unknown_source; no_source; no_title; nothing_to_see
    without a text, a picture or a recording; not_a_photo; no_picture_words; no_sound_words.
    """
    kept = held(by=by, at=at, exhibition=exhibition)
    places = list(kept.works.values_list("position", flat=True))
    if len(places) >= MOST_WORKS:
        raise Refused("too_many_works", _("A hundred works hang at most."))
    work = Work(exhibition=kept, position=max(places, default=0) + 1)
    return _written(work, draft)


@transaction.atomic
def change_work(*, by: Actor, at: datetime, work: Work, draft: WorkDraft) -> Work:
    """Change what is said of a work, or its files; its place stays.

    Refuses: all that `hang` does of a work; gone when somebody took it down.
    """
    return _written(_found(_locked(by, at, work), work), draft)


@transaction.atomic
def move_work(*, by: Actor, at: datetime, work: Work, up: bool) -> None:
    """Move a work one place forward or back in the tour; the first goes no further forward, the last no further back.

    Refuses: not_allowed; not_own_unit; gone when somebody took it down.
    """
    works = _locked(by, at, work)
    here = works.index(_found(works, work))
    there = here - 1 if up else here + 1
    if 0 <= there < len(works):
        works[here], works[there] = works[there], works[here]
    for number, one in enumerate(works, 1):
        one.position = number
    Work.objects.bulk_update(works, ["position"])


@transaction.atomic
def take_down_work(*, by: Actor, at: datetime, work: Work) -> None:
    """Take a work out of a draft; what is open keeps it until the next edition.

    Refuses: not_allowed; not_own_unit; gone when somebody was faster.
    """
    _found(_locked(by, at, work), work).delete()


def _locked(by: Actor, at: datetime, work: Work) -> list[Work]:
    kept = held(by=by, at=at, exhibition=work.exhibition)
    return list(kept.works.order_by("position", "id"))


def _found(works: list[Work], work: Work) -> Work:
    for one in works:
        if one.pk == work.pk:
            return one
    raise Refused("gone", _("Somebody took this work down meanwhile."), status=409)


def _written(work: Work, draft: WorkDraft) -> Work:
    """Write a work, once it is one."""
    for name in _TOLD:
        setattr(work, name, getattr(draft, name).strip())
    work.source = draft.source
    if draft.picture or draft.no_picture:
        work.picture, work.picture_type = _picture(draft.picture)
    if draft.sound or draft.no_sound:
        work.sound = files.keep(draft.sound.data) if draft.sound else ""
    if not work.picture:
        work.shows = work.shows_hant = work.shows_en = ""
    if not work.sound:
        work.says = work.says_hant = work.says_en = ""
    _check(work, draft)
    work.save()
    return work


def _picture(given: Rebuilt | None) -> tuple[str, str]:
    if given is None:
        return "", ""
    if not given.media_type.startswith("image/"):
        raise Refused("not_a_photo", _("A picture is a photo or a drawing (JPEG, PNG, WebP, GIF)."))
    return files.keep(smaller_photo(given.data, _SIDE)), given.media_type


def _check(work: Work, draft: WorkDraft) -> None:
    if not draft.leave:
        raise Refused("no_leave", _("Ask whoever made it first, and whoever is named."))
    if work.source not in dict(Work.SOURCES):
        raise Refused("unknown_source", _("Choose where it comes from."))
    if not work.source_name:
        raise Refused("no_source", _("Say which contest, venue or archive it is from."))
    if not (work.title and work.title_hant and work.title_en):
        raise Refused("no_title", _("Give the title in all three languages."))
    if not (work.text or work.picture or work.sound):
        raise Refused("nothing_to_see", _("Give a text, a picture or a recording."))
    if work.picture and not work.shows:
        raise Refused("no_picture_words", _("Say what the picture shows, for who does not see it."))
    if work.sound and not work.says:
        raise Refused("no_sound_words", _("Say what the recording says, for who does not hear it."))
