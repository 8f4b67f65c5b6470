"""What the kernel does by the calendar."""

from linli.kernel.purging import Purge
from linli.kernel.subjects import destroy_due

PURGES = (Purge("keys", destroy_due),)
