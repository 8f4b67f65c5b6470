"""Staff for tests."""

from linli.kernel.actors import Actor, Role
from linli.kernel.models import Staff


def actor(role=Role.PLANNER, *, name="甲", unit="民族宗教事务局"):
    return Actor(name=name, role=role, unit=unit)


def account(role=Role.PLANNER, *, username=None):
    return Staff.objects.create(
        username=username or role.value,
        name="甲",
        role=role,
        unit="民族宗教事务局",
        password="long-enough-1",
    )
