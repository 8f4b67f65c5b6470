"""Who acts in the demo: invented officers of the town's own offices, each in one role."""

from linli.demo.units import Town, unit_name
from linli.kernel.actors import Actor, Role


def planner(town: Town) -> Actor:
    """Return the town's planner."""
    return Actor("规划员(示例)", Role.PLANNER, unit_name(town, "民族宗教事务局"))


def officer(unit: str) -> Actor:
    """Return an officer of the unit of this full name."""
    return Actor("经办人(示例)", Role.OFFICER, unit)


def second(unit: str) -> Actor:
    """Return the second person of a unit, who decides about what the officer asks."""
    return Actor("复核员(示例)", Role.OFFICER, unit)


def supervisor(town: Town) -> Actor:
    """Return the town's supervisor."""
    return Actor("督查员(示例)", Role.SUPERVISOR, unit_name(town, "政府督查室"))
