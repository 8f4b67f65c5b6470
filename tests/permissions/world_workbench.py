"""What the matrix asks of the desk: a saved view, a mark that may go back, lists that leave and one that stays."""

from datetime import timedelta

from linli.kernel import markers, saved_views
from linli.kernel.desk_news import KINDS, News, tell
from linli.kernel.models import Staff

_MAIL = {"language": "zh-hans"} | dict.fromkeys(KINDS, "daily")
SENT = {
    ("portal:mark", "valid"): lambda has: {"deed": "seen"},
    ("portal:mark", "undo"): lambda has: {"deed": "undo"},
    ("portal:news_mail", "valid"): lambda has: _MAIL,
    ("portal:view_save", "valid"): lambda has: {
        "name": "逾期", "page": "plans:ledger", "query": "lamp=red",
    },
    ("portal:view_change", "forget"): lambda has: {"deed": "forget"},
    ("portal:view_change", "first"): lambda has: {"deed": "first"},
}  # fmt: skip


def build(has, *, at):
    """Return the parts of addresses."""
    planner = Staff.objects.get(username="planner")
    draft = saved_views.ViewDraft("plans:ledger", "红灯", "lamp=red")
    has.view = saved_views.save_view(by=planner.actor, at=at, owner=planner, draft=draft)
    lately = at + timedelta(days=1, hours=2)  # fresh however long the matrix asks
    markers.mark_seen(by=planner.actor, at=lately, staff=planner, place="news", until=lately)
    told = News("deadline", "x", "Due today: %(what)s", {"what": has.open.title}, "/console/")
    tell(at=at, staff=[planner], news=[told])
    return {
        "planner's view": {"pk": has.view.pk},
        "desk": {"place": "desk"},
        "news": {"place": "news"},
        "list of offers": {"name": "offers:console_list", "form": "csv"},
        "list of units as a sheet": {"name": "directory:unit_list", "form": "xlsx"},
        "list of cases": {"name": "cases:queue", "form": "csv"},
    }
