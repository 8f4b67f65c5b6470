"""Text for people, which may be translated only when it is shown."""

from django.utils.functional import Promise

Words = str | Promise
