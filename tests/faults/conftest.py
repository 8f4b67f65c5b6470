"""One home is prepared for all; each test has a copy of it."""

import pytest

from tests.faults.server import Server


@pytest.fixture(scope="session")
def prepared(tmp_path_factory):
    made = Server(tmp_path_factory.mktemp("faults") / "home")
    made.prepare()
    return made
