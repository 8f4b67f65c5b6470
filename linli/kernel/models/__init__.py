"""What the kernel keeps: the staff who may sign in, and the subjects of what is sealed."""

from linli.kernel.models.staff import Staff
from linli.kernel.models.subject import Subject

__all__ = ["Staff", "Subject"]
