"""A noisy work report in, a faithful structured reading out.

A pure library: no Django, no network, no clock. `read(data, name=…)` is all there is to call.
"""

from linli.reader.pipeline import read
from linli.reader.reading import Reading, Unreadable

__all__ = ["Reading", "Unreadable", "read"]
