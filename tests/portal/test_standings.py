"""The mark of a kept page is read where its rows are read: else a page of old rows could say that it is new."""

import pytest
from django.db import connections, router
from django.test.utils import CaptureQueriesContext

from linli.atlas.queries.access_standing import standing_access
from linli.directory.queries.standing import standing_directory, standing_windows
from linli.funds.queries.standing import standing_funds
from linli.funds.queries.standing_projects import standing_projects
from linli.kernel import replica
from linli.kernel.models import Edition
from linli.portal.counted import standing_home
from linli.reports.queries.forms_asked import standing_forms
from linli.reports.queries.standing import standing_reports
from linli.reports.queries.written import standing_written
from linli.trace.queries.standing_food import standing_food

pytestmark = pytest.mark.django_db

MARKS = (
    standing_access,
    standing_directory,
    standing_windows,
    standing_funds,
    standing_projects,
    standing_home,
    standing_forms,
    standing_reports,
    standing_written,
    standing_food,
)


@pytest.fixture
def asked_first(monkeypatch):
    """Read at a second line to the test's database; return what the first one is asked meanwhile."""
    second = connections["default"].copy("default")  # tests allow no other name
    monkeypatch.setitem(connections.settings, replica.NAME, second.settings_dict)
    monkeypatch.setattr(connections._connections, replica.NAME, second, raising=False)
    monkeypatch.setattr(router, "routers", [replica.Router()])
    here = replica._here.set(True)
    with CaptureQueriesContext(connections["default"]) as asked:
        yield asked
    replica._here.reset(here)
    second.close()


@pytest.mark.parametrize("mark", MARKS)
def test_asks_the_replica_alone(asked_first, mark):
    mark()

    assert [one["sql"] for one in asked_first] == []


def test_control_sees_who_asks_the_first(asked_first):
    list(Edition.objects.using("default"))

    assert len(asked_first) == 1
