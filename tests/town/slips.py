"""A table that holds sealed values, for as long as a test needs one: no engine's."""

from contextlib import contextmanager

from django.db import connection, models
from django.test.utils import isolate_apps

from linli.kernel.fields import SealedField

with isolate_apps("tests"):

    class Slip(models.Model):
        """One row that holds sealed values."""

        code = models.CharField(max_length=9)
        subject = models.CharField(max_length=9, default="")
        words = SealedField(null=True)
        contact = SealedField(null=True)
        plain = models.TextField()

        class Meta:
            app_label = "tests"

        def __str__(self):
            return self.code


@contextmanager
def table():
    with connection.schema_editor() as editor:
        editor.create_model(Slip)
    yield
    with connection.schema_editor() as editor:
        editor.delete_model(Slip)
