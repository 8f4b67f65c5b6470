"""Add, amend and close organizations, and the words that services are sorted by."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID, uuid4

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from linli.directory.actions.deeds import Deed, Wrong
from linli.directory.actions.parts import Parts
from linli.directory.models import Change, Organization, TaxonomyTerm, Unit
from linli.directory.queries.drafts import organization_draft
from linli.directory.rules.drafts import OrganizationDraft
from linli.kernel.actors import Actor, Role, allow
from linli.kernel.refusals import Refused
from linli.kernel.signed import signed


@dataclass(frozen=True, slots=True)
class TermDraft:
    """One word to sort by: "theme" and "jobs" under the name 就业. above: the code of a wider word."""

    taxonomy: str
    code: str
    name: str
    description: str = ""
    above: str = ""


@transaction.atomic
def add_organization(
    *, by: Actor, at: datetime, draft: OrganizationDraft, uuid: UUID | None = None
) -> Organization:
    """Add an organization that offers services.

    Refuses: not_allowed unless a planner asks; what `check` finds; unknown_area; unknown_unit;
    name_taken when another bears the name; unit_taken when the unit is another organization already.
    """
    allow(by, Role.PLANNER)
    deed = Deed(by, at)
    organization = _written(deed, Organization(uuid=uuid or uuid4()), draft)
    deed.enter(organization, "added", {}, draft.said())
    return organization


@transaction.atomic
def amend_organization(
    *, by: Actor, at: datetime, organization: Organization, draft: OrganizationDraft
) -> Organization:
    """Change what is said of an organization; a draft that says the same writes nothing.

    Refuses: not_allowed unless a planner asks; what `check` finds; unknown_area; unknown_unit;
    name_taken; unit_taken.
    """
    allow(by, Role.PLANNER)
    deed = Deed(by, at)
    organization = Organization.objects.select_for_update(no_key=True).get(pk=organization.pk)
    was = organization_draft(organization).said()
    if was == draft.said():
        return organization
    organization = _written(deed, organization, draft)
    deed.enter(organization, "amended", was, draft.said())
    return organization


@transaction.atomic
def close_organization(*, by: Actor, at: datetime, organization: Organization, on: date) -> None:
    """Close an organization; what it offered has been ended or handed on before.

    Refuses: not_allowed unless a planner asks; still_offers while services or places of it are open;
    already_closed when it is closed.
    """
    allow(by, Role.PLANNER)
    places = organization.locations.filter(closed_on__isnull=True)
    if organization.services.exclude(status="defunct").exists() or places.exists():
        sentence = _("End its services and close its places first, or hand them on.")
        raise Refused("still_offers", sentence)
    standing = Organization.objects.filter(pk=organization.pk, closed_on__isnull=True)
    if not standing.update(closed_on=on, last_modified=at):
        raise Wrong("already_closed")
    organization.closed_on = on
    Deed(by, at).enter(organization, "closed", {}, {"closed_on": on.isoformat()})


@transaction.atomic
def write_term(*, by: Actor, at: datetime, draft: TermDraft) -> TaxonomyTerm:
    """Add a word to sort by, or amend it.

    Refuses: not_allowed unless a planner asks; unknown_term when the wider word is not there;
    above_itself when the wider word hangs on this one.
    """
    allow(by, Role.PLANNER)
    above = TaxonomyTerm.objects.filter(taxonomy=draft.taxonomy, code=draft.above).first()
    if draft.above and above is None:
        raise Wrong("unknown_term")
    if draft.code in _codes_above(above):
        raise Wrong("above_itself")
    said = {"name": draft.name, "description": draft.description, "parent": above}
    term, new = TaxonomyTerm.objects.get_or_create(
        taxonomy=draft.taxonomy, code=draft.code, defaults=said
    )
    if not new and any(getattr(term, name) != value for name, value in said.items()):
        term.name, term.description, term.parent = draft.name, draft.description, above
        term.save()
    elif not new:
        return term
    becomes = {"name": draft.name, "description": draft.description, "above": draft.above}
    verb = "added" if new else "amended"
    note = {"kind": "term", "thing": term.uuid, "verb": verb, "becomes": becomes}
    Change.objects.create(**note, **signed(by, at))
    Deed(by, at).renew()
    return term


def _codes_above(term: TaxonomyTerm | None) -> list[str]:
    """Return the code of a word and of all that stand above it."""
    found: list[str] = []
    while term is not None and term.code not in found:
        found.append(term.code)
        term = term.parent
    return found


def _written(deed: Deed, organization: Organization, draft: OrganizationDraft) -> Organization:
    deed.check(draft)
    unit = Unit.objects.working().filter(name=draft.unit).first() if draft.unit else None
    if draft.unit and unit is None:
        raise Wrong("unknown_unit")
    others = Organization.objects.exclude(pk=organization.pk)
    if others.filter(name=draft.name).exists():
        raise Wrong("name_taken")
    if unit and others.filter(unit=unit).exists():
        raise Wrong("unit_taken")
    organization.name, organization.unit = draft.name, unit
    organization.area, organization.last_modified = deed.area(draft.area), deed.at
    organization.description = draft.description
    organization.website, organization.email = draft.website, draft.email
    try:
        with transaction.atomic():
            organization.save()
            Parts(organization.phones).become(draft.phones)
    except IntegrityError as error:  # somebody was faster
        raise Wrong("name_taken") from error
    return organization
