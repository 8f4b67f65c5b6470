"""The town of the matrix: built once for all cells of a module, each of which is undone."""

import pytest
import time_machine
from django.conf import settings as given
from django.test import override_settings
from django.utils import translation

from tests.permissions import asking
from tests.permissions import world as town
from tests.town import cities
from tests.town.once import built_once


@pytest.fixture(scope="module")
def world(django_db_setup, django_db_blocker, tmp_path_factory):
    with (
        override_settings(
            HOME=tmp_path_factory.mktemp("home"),  # the directory to take along
            REPORTING_ORG="11620200000000000N 嘉峪关市人民政府",
        ),
        pytest.MonkeyPatch.context() as patch,
        cities.post_office(patch),  # the other city is this one
        time_machine.travel(town.NOW, tick=True),
        built_once(django_db_blocker),
    ):
        made = town.build()
        made.before.update(asking.tables())
        yield made


@pytest.fixture(autouse=True)
def _in_the_first_language():
    """Whatever language the request before was in: a thread keeps it."""
    with translation.override(given.LANGUAGE_CODE):
        yield
