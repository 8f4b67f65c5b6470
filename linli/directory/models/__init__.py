"""What the directory keeps."""

from linli.directory.models.area import Area, AreaName, AreaQuerySet
from linli.directory.models.free_times import FreeTimes
from linli.directory.models.guarantee import LanguageGuarantee
from linli.directory.models.location import (
    LanguageHours,
    Location,
    Phone,
    Schedule,
    ServiceAtLocation,
)
from linli.directory.models.measured import MeasuredTime
from linli.directory.models.organization import Organization, TaxonomyTerm
from linli.directory.models.record import Change, Entry
from linli.directory.models.service import CostOption, RequiredDocument, Service, Stage
from linli.directory.models.step import Step
from linli.directory.models.unit import Unit, UnitQuerySet

__all__ = [
    "Area",
    "AreaName",
    "AreaQuerySet",
    "Change",
    "CostOption",
    "Entry",
    "FreeTimes",
    "LanguageGuarantee",
    "LanguageHours",
    "Location",
    "MeasuredTime",
    "Organization",
    "Phone",
    "RequiredDocument",
    "Schedule",
    "Service",
    "ServiceAtLocation",
    "Stage",
    "Step",
    "TaxonomyTerm",
    "Unit",
    "UnitQuerySet",
]
