"""A town that is built once for all tests of a module, each of which is undone: what setUpTestData is to a class.

@pytest.fixture(scope="module")
def town(django_db_setup, django_db_blocker):
    with built_once(django_db_blocker):
        yield build()
"""

from contextlib import contextmanager

from django.conf import settings
from django.db import transaction
from django.test import override_settings

from linli.kernel.limits import forget_all


def plain():
    """Return the settings of every test (tests/conftest.py), which what is built once must ask for itself."""
    return {
        # Hashed names need collectstatic; the manifest has its own test.
        "STORAGES": settings.STORAGES
        | {"staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}},
        # The default hasher takes a tenth of a second for each account that a test makes.
        "PASSWORD_HASHERS": ["django.contrib.auth.hashers.MD5PasswordHasher"],
        # Staff of tests come in without a second factor.
        "SECOND_FACTOR": False,
    }


@contextmanager
def built_once(blocker):
    """What is written inside stays until the end of the `with`, and is then undone."""
    forget_all()  # a module's town is built before the first test of it: the knocks of others are still counted
    with blocker.unblock(), override_settings(**plain()), transaction.atomic():
        yield
        transaction.set_rollback(True)
