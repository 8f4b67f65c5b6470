"""The door for granian: the porch, the hall behind it, and the application."""

import os
import signal

if "LINLI_SERVES" in os.environ:  # by `linli serve`
    # The worker was born with the server's ears, which only note that it is to stop: it would go on loading, serve
    # for ever, and be waited for. Before all that takes time to read; once it is read, granian gives it ears of its own.
    signal.signal(signal.SIGTERM, signal.SIG_DFL)

from django.core.wsgi import get_wsgi_application
from django.urls import get_resolver

from linli.kernel.hall import ROOM, Hall
from linli.ui.porch import Porch

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "linli.config.settings")
os.environ.setdefault("LINLI_SERVES", "4")  # whoever comes in by this door serves pages
application = get_wsgi_application()
get_resolver().url_patterns  # noqa: B018 - every page's code is read now: not while the first visitor waits
hall = Hall(
    application,
    hands=max(1, int(os.environ["LINLI_SERVES"]) - 1),  # one stands at the side door
    room=int(os.environ.get("LINLI_WAITING", str(ROOM))),
)
porch = Porch(hall)
