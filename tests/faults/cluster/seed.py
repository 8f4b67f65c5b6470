"""Prepare the city's database: its tables, a town that can be asked, a course that can be booked, two programs' keys.

Run as a program; prints what a house needs to know.
"""

import json
import sys
from contextlib import redirect_stdout
from datetime import UTC, datetime
from io import StringIO

from tests.faults import seed

PLACES = 100_000


def main():
    with redirect_stdout(StringIO()) as said:
        seed.main()
    from tests.faults.crowd import _station
    from tests.town import offers

    session = offers.session(PLACES, at=datetime.now(UTC))
    told = {"office": said.getvalue().strip(), "station": _station(), "session": session.code}
    sys.stdout.write(json.dumps(told))


if __name__ == "__main__":
    main()
