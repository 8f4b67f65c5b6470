"""Which edition of an engine's public rows stands: what was made of an older one is no longer right."""

from django.db import models


class Edition(models.Model):
    """One engine's public rows under a mark that every change of them makes new."""

    name = models.CharField(max_length=20, primary_key=True)
    mark = models.CharField(max_length=16)

    def __str__(self) -> str:
        return f"{self.name} {self.mark}"
