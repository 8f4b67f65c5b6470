"""What may be done in the directory. One function, one transaction."""

from linli.directory.actions.areas import take_in_areas
from linli.directory.actions.deeds import together
from linli.directory.actions.guides import add_service, amend_service, assure_service, end_service
from linli.directory.actions.importing import PackageDraft, TakenIn, import_package
from linli.directory.actions.locations import (
    amend_location,
    amend_offer,
    assure_location,
    close_location,
    drop_offer,
    offer_service,
    open_location,
)
from linli.directory.actions.organizations import (
    TermDraft,
    add_organization,
    amend_organization,
    close_organization,
    write_term,
)
from linli.directory.actions.terms import close_term
from linli.directory.actions.units import UnitDraft, amend_unit, close_unit, open_unit
from linli.directory.rules.drafts import (
    CostDraft,
    DocumentDraft,
    LanguageDraft,
    LocationDraft,
    OfferDraft,
    OrganizationDraft,
    PhoneDraft,
    ScheduleDraft,
    ServiceDraft,
    StageDraft,
)

__all__ = [
    "CostDraft",
    "DocumentDraft",
    "LanguageDraft",
    "LocationDraft",
    "OfferDraft",
    "OrganizationDraft",
    "PackageDraft",
    "PhoneDraft",
    "ScheduleDraft",
    "ServiceDraft",
    "StageDraft",
    "TakenIn",
    "TermDraft",
    "UnitDraft",
    "add_organization",
    "add_service",
    "amend_location",
    "amend_offer",
    "amend_organization",
    "amend_service",
    "amend_unit",
    "assure_location",
    "assure_service",
    "close_location",
    "close_organization",
    "close_term",
    "close_unit",
    "drop_offer",
    "end_service",
    "import_package",
    "offer_service",
    "open_location",
    "open_unit",
    "take_in_areas",
    "together",
    "write_term",
]
