"""What people give the directory: units, services, places, packages."""

from linli.directory.forms.guides import GuideForms
from linli.directory.forms.lists import BringPackageForm, OfferForm, PlaceListForm, ServiceListForm
from linli.directory.forms.organizations import OrganizationForm
from linli.directory.forms.places import PlaceForms
from linli.directory.forms.units import AreaField, UnitFilterForm, UnitForm, area_codes, filled

__all__ = [
    "AreaField",
    "BringPackageForm",
    "GuideForms",
    "OfferForm",
    "OrganizationForm",
    "PlaceForms",
    "PlaceListForm",
    "ServiceListForm",
    "UnitFilterForm",
    "UnitForm",
    "area_codes",
    "filled",
]
