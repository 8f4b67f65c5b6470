"""What the directory keeps."""

from linli.directory.models.area import Area, AreaName, AreaQuerySet
from linli.directory.models.step import Step
from linli.directory.models.unit import Unit, UnitQuerySet

__all__ = ["Area", "AreaName", "AreaQuerySet", "Step", "Unit", "UnitQuerySet"]
