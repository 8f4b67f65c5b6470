"""Addresses of recalls: for everybody, at the workplace of a business, on the console; and chains of lots."""

from django.urls import URLPattern, path

from linli.trace.exchange.recall_feed import recall_feed
from linli.trace.views import (
    lot_chain,
    recall_deeds,
    recalls_console,
    recalls_public,
    trade_recalls,
)
from linli.trace.views.trade_desk import at_station, of_operator

_PAGES = (
    ("recalls/", trade_recalls.trade_recalls, "recalls"),
    ("recalls/<str:code>/", trade_recalls.trade_recall, "recall"),
    ("recalls/<str:code>/seen/", trade_recalls.trade_recall_seen, "recall_seen"),
)
_OF = "console/recalls/<str:code>/"

PATHS: list[URLPattern] = [
    path("food/recalls/", recalls_public.recalls, name="recalls"),
    path("feeds/food/recalls.atom", recall_feed, name="recall_feed"),
    path("food/recalls/<str:code>/", recalls_public.recall, name="recall"),
    path("food/recalls/<str:code>/notice/", recalls_public.recall_notice, name="recall_notice"),
    path(
        "trade/recalls/new/", of_operator(trade_recalls.trade_recall_new), name="trade_recall_new"
    ),
    *(path(f"trade/{at}", of_operator(view), name=f"trade_{name}") for at, view, name in _PAGES),
    *(
        path(f"console/trade/<str:of>/{at}", at_station(view), name=f"counter_{name}")
        for at, view, name in _PAGES
    ),
    path("console/recalls/", recalls_console.console_recalls, name="console_recalls"),
    path("console/recalls/new/", recalls_console.recall_new, name="recall_new"),
    path(_OF, recalls_console.console_recall, name="console_recall"),
    path(f"{_OF}decide/", recall_deeds.recall_decide, name="recall_decide"),
    path(f"{_OF}drop/", recall_deeds.recall_drop, name="recall_drop"),
    path(f"{_OF}again/", recall_deeds.recall_again, name="recall_again"),
    path(f"{_OF}end/", recall_deeds.recall_end, name="recall_end"),
    path(f"{_OF}told/<int:pk>/<slug:channel>/", recall_deeds.recall_tell, name="recall_tell"),
    path(f"{_OF}heard/<int:pk>/", recall_deeds.recall_heard, name="recall_heard"),
    path("console/lots/<str:code>/chain/", lot_chain.lot_chain, name="lot_chain"),
]
