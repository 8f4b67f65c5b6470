"""Addresses of products, lots and books: the workplace of an operator, the same at a station, lots on the console."""

from django.urls import URLPattern, path

from linli.trace.views import book, book_sheets, goods, lots_console, trade_door, trade_home
from linli.trace.views.trade_desk import at_station, of_operator

_PAGES = (
    ("enter/<str:kind>/", book.entry, "entry"),
    ("book/", book.lines, "lines"),
    ("book/<str:code>/", book.line, "line"),
    ("book/<str:code>/correct/", book.line_correct, "line_correct"),
    ("book/<str:code>/back/", book.line_back, "line_back"),
    ("table/", book_sheets.sheet_bring, "sheet"),
    ("table/<str:kind>.xlsx", book_sheets.sheet_blank, "sheet_blank"),
    ("products/", goods.products, "products"),
    ("products/<str:code>/end/", goods.product_end, "product_end"),
    ("lots/", goods.lots, "lots"),
    ("lots/<str:code>/", goods.lot, "lot"),
    ("lots/<str:code>/labels/", goods.labels, "labels"),
)

PATHS: list[URLPattern] = [
    path("trade/", of_operator(trade_home.trade), name="trade"),
    path("trade/in/", trade_door.trade_door, name="trade_door"),
    path("trade/out/", trade_door.trade_out, name="trade_out"),
    *(path(f"trade/{at}", of_operator(view), name=f"trade_{name}") for at, view, name in _PAGES),
    path("console/trade/", trade_home.counter, name="counter"),
    path("console/trade/<str:of>/", at_station(trade_home.trade), name="counter_desk"),
    *(
        path(f"console/trade/<str:of>/{at}", at_station(view), name=f"counter_{name}")
        for at, view, name in _PAGES
    ),
    path("console/lots/", lots_console.console_lots, name="console_lots"),
    path("console/lots/<str:code>/", lots_console.console_lot, name="console_lot"),
]
