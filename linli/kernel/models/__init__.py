"""What the kernel keeps: the staff who may sign in."""

from linli.kernel.models.staff import Staff

__all__ = ["Staff"]
