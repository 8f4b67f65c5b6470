"""Staff accounts. Residents have none: services are open without an account."""

from typing import ClassVar

from django.contrib.auth.models import AbstractBaseUser, BaseUserManager
from django.db import models
from django.utils.translation import gettext_lazy as _

from linli.kernel.actors import OF_STAFF, Actor, Role
from linli.kernel.signed import Signed


class StaffManager(BaseUserManager["Staff"]):
    """Makes accounts with a hashed password."""

    def create(self, *, password: str, **fields: object) -> "Staff":  # type: ignore[override]
        """Create one account; `password` is kept as a hash only."""
        staff = self.model(**fields)
        staff.set_password(password)
        staff.save(using=self._db)
        return staff


class Staff(AbstractBaseUser):
    """One member of staff who may sign in, in one role for one unit."""

    ROLES = (
        (Role.PLANNER.value, _("Planner")),
        (Role.OFFICER.value, _("Unit officer")),
        (Role.SUPERVISOR.value, _("Supervisor")),
        (Role.CLERK.value, _("Station clerk")),
        (Role.ADMINISTRATOR.value, _("Administrator")),
    )

    username = models.CharField(_("User name"), max_length=60, unique=True)
    name = models.CharField(_("Name shown to colleagues"), max_length=60)
    email = models.EmailField(_("Office email"), blank=True)
    role = models.CharField(_("Role"), max_length=20, choices=ROLES)
    unit = models.CharField(_("Unit"), max_length=120)
    is_active = models.BooleanField(_("May sign in"), default=True)

    USERNAME_FIELD = "username"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = ["name", "role", "unit"]

    objects: ClassVar[StaffManager] = StaffManager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="staff_role_is_known",
                condition=models.Q(role__in=[role.value for role in OF_STAFF]),
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def actor(self) -> Actor:
        """This account as the party that acts."""
        return Actor(name=self.name, role=Role(self.role), unit=self.unit)


class StaffStep(Signed):
    """One change of an account: which verb, what it was and what it became. Never a password."""

    staff = models.ForeignKey(Staff, models.PROTECT, related_name="steps")
    verb = models.CharField(max_length=20)
    was = models.JSONField(default=dict)
    becomes = models.JSONField(default=dict)

    class Meta:
        ordering = ["at", "id"]

    def __str__(self) -> str:
        return f"{self.staff_id} {self.verb}"
