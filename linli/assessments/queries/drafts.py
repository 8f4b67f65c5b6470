"""Drafts of editions, held for writing, and forms as they are kept."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext_lazy as _

from linli.assessments.models import Edition
from linli.assessments.queries.form_faults import TRAIT, WORDS, never_kept, traits_of
from linli.assessments.rules import building
from linli.assessments.rules.instruments import Form, read, written
from linli.kernel.refusals import Refused


def kept_document(form: Form) -> dict[str, Any]:
    """Return the document of a form as it is kept.

    Refuses: trait_of_a_person where it asks for one; key_taken; key_not_plain; text_too_long; not_text;
    unknown_language; too_many_items.
    """
    plain = building.tidied(form)
    hard = never_kept(plain)
    for key, words in traits_of(plain):
        said = _("“%(words)s” (%(key)s) asks for a trait of persons. Ask what the unit does.")
        raise Refused(TRAIT, said % {"words": words, "key": key})
    for one in hard:
        raise Refused(one.code, WORDS[one.code])
    return written(plain)


def form_of(document: Mapping[str, Any]) -> Form:
    """Return the form of a document.

    Refuses: not_an_instrument.
    """
    try:
        return read(document)
    except (ValueError, KeyError, TypeError) as error:
        raise Refused("not_an_instrument", _("This is no instrument.")) from error


def draft_held(edition: Edition) -> Edition:
    """Return the draft as it is kept, held for writing.

    Refuses: gone; adopted; closed.
    """
    found = Edition.objects.select_for_update(no_key=True).filter(pk=edition.pk).first()
    if found is None:
        raise Refused("gone", _("This is no longer there."), status=409)
    if found.adopted_at is not None:
        raise Refused("adopted", _("This edition was adopted: draft the next one."), status=409)
    if found.instrument.closed_on is not None:
        raise Refused("closed", _("This instrument is closed."), status=410)
    return found


def changed_meanwhile() -> Refused:
    """Return what somebody is told who saw an older one."""
    said = _("Somebody changed this draft meanwhile: look again.")
    return Refused("changed_meanwhile", said, status=409)


def keys_ever(draft: Edition) -> set[str]:
    """Return the keys that any edition of the instrument uses."""
    documents = Edition.objects.filter(instrument_id=draft.instrument_id)
    return {
        key
        for document in documents.values_list("document", flat=True)
        for key in building.keys_of(form_of(document))
    }
