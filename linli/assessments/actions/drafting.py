"""A draft of an edition is changed part by part, by several people at once, and nobody's words are lost."""

from dataclasses import replace
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from linli.assessments.actions.keeping import own
from linli.assessments.models import Edition, Instrument
from linli.assessments.queries.drafts import (
    changed_meanwhile,
    draft_held,
    form_of,
    kept_document,
    keys_ever,
)
from linli.assessments.rules import building
from linli.assessments.rules.instruments import Form, Item, Texts
from linli.kernel.actors import Actor
from linli.kernel.refusals import Refused
from linli.kernel.text import Words

_UNFIT: dict[str, Words] = {
    "gone": _("This is no longer there."),
    "not_empty": _("Move or remove its questions first."),
    "language_there": _("This language is there already."),
    "only_language": _("One language must stay."),
}


@transaction.atomic
def save_draft(*, by: Actor, at: datetime, edition: Edition, form: Form) -> Edition:
    """Put another form into a draft; `edition` is the draft as it was read.

    Refuses: not_allowed; not_own_unit; adopted; closed; changed_meanwhile when somebody saved it in between; what
    `kept_document` refuses.
    """
    own(by=by, at=at, unit=edition.instrument.unit)
    draft = draft_held(edition)
    if draft.changed_at != edition.changed_at:
        raise changed_meanwhile()
    return _saved(draft, form, at)


@transaction.atomic
def revise(*, by: Actor, at: datetime, edition: Edition, edit: building.Edit) -> Edition:
    """Change one part of a draft, whatever else was changed since it was read.

    Refuses: not_allowed; not_own_unit; adopted; closed; changed_meanwhile when that part is another than it was seen;
    gone; not_empty; language_there; only_language; what `kept_document` refuses.
    """
    own(by=by, at=at, unit=edition.instrument.unit)
    draft = draft_held(edition)
    return _saved(draft, _edited(draft, edit), at)


@transaction.atomic
def add_section(*, by: Actor, at: datetime, edition: Edition, title: Texts) -> str:
    """Put a section at the end of a draft; return its key.

    Refuses: not_allowed; not_own_unit; adopted; closed; what `kept_document` refuses.
    """
    own(by=by, at=at, unit=edition.instrument.unit)
    draft = draft_held(edition)
    key = building.fresh_key(building.SECTION, keys_ever(draft))
    _saved(draft, _edited(draft, building.section_added(key, title)), at)
    return key


@transaction.atomic
def add_item(*, by: Actor, at: datetime, edition: Edition, section: str, item: Item) -> str:
    """Put a question at the end of a section of a draft; return its key, which no question of another edition has.

    Refuses: not_allowed; not_own_unit; adopted; closed; gone; what `kept_document` refuses.
    """
    own(by=by, at=at, unit=edition.instrument.unit)
    draft = draft_held(edition)
    key = building.fresh_key(building.ITEM, keys_ever(draft))
    _saved(draft, _edited(draft, building.item_added(section, replace(item, key=key))), at)
    return key


@transaction.atomic
def drop_draft(*, by: Actor, at: datetime, edition: Edition) -> Instrument:
    """Throw a draft away. The editions before it stand.

    Refuses: not_allowed; not_own_unit; adopted; closed; only_edition.
    """
    own(by=by, at=at, unit=edition.instrument.unit)
    draft = draft_held(edition)
    if draft.number == 1:
        raise Refused("only_edition", _("This is the only edition."), status=409)
    draft.delete()
    return edition.instrument


def _saved(draft: Edition, form: Form, at: datetime) -> Edition:
    draft.document, draft.changed_at = kept_document(form), at
    draft.save(update_fields=["document", "changed_at"])
    return draft


def _edited(draft: Edition, edit: building.Edit) -> Form:
    try:
        return edit(form_of(draft.document))
    except building.Unfit as unfit:
        if unfit.code == "changed_meanwhile":
            raise changed_meanwhile() from unfit
        raise Refused(unfit.code, _UNFIT[unfit.code], status=409) from unfit
