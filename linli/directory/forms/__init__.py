"""What people give the directory: units, services, places, packages."""

from linli.directory.forms.guides import GuideForms
from linli.directory.forms.lists import BringPackageForm, OfferForm, PlaceListForm, ServiceListForm
from linli.directory.forms.offers import OfferForms
from linli.directory.forms.organizations import OrganizationForm
from linli.directory.forms.places import PlaceForms
from linli.directory.forms.terms import TermForm
from linli.directory.forms.units import AreaField, UnitFilterForm, UnitForm, area_codes, filled

__all__ = [
    "AreaField",
    "BringPackageForm",
    "GuideForms",
    "OfferForm",
    "OfferForms",
    "OrganizationForm",
    "PlaceForms",
    "PlaceListForm",
    "ServiceListForm",
    "TermForm",
    "UnitFilterForm",
    "UnitForm",
    "area_codes",
    "filled",
]
