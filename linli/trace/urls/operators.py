"""Addresses of food premises for everybody, of businesses and alerts on the console, of their replies."""

from django.urls import URLPattern, path

from linli.trace.exchange import premises_data
from linli.trace.views import (
    alerts,
    food_public,
    operator_keys,
    operator_replies,
    operator_tables,
    operators,
)

PATHS: list[URLPattern] = [
    path("food/", food_public.food, name="food"),
    path("food/map/", food_public.food_squares, name="food_map"),
    path("food/operators.csv", premises_data.operators_csv, name="operators_csv"),
    path("food/operators.json", premises_data.operators_json, name="operators_json"),
    path("food/permits.csv", premises_data.permits_csv, name="permits_csv"),
    path("food/<str:code>/", food_public.premises, name="premises"),
    path("trade/replies/<str:code>/", operator_replies.trade_reply, name="trade_reply"),
    path(
        "trade/replies/<str:code>/<int:pk>/back/",
        operator_replies.trade_reply_back,
        name="trade_reply_back",
    ),
    path("console/alerts/", alerts.alerts, name="alerts"),
    path("console/alerts/<str:code>/", alerts.alert, name="alert"),
    path("console/food/", operators.operators, name="operators"),
    path("console/food/new/", operators.operator_new, name="operator_new"),
    path("console/food/bring/", operator_tables.operators_bring, name="operators_bring"),
    path("console/food/bring.xlsx", operator_tables.operators_template, name="operators_template"),
    path("console/food/rows/<str:token>/", operator_tables.operators_rows, name="operators_rows"),
    path("console/food/replies/<int:pk>/", operators.reply_withhold, name="reply_withhold"),
    path("console/food/<str:code>/", operators.operator, name="operator"),
    path("console/food/<str:code>/premises/", operators.premises_new, name="premises_new"),
    path("console/food/<str:code>/close/", operators.premises_close, name="premises_close"),
    path("console/food/<str:code>/end/", operators.operator_end, name="operator_end"),
    path("console/food/<str:code>/phrase/", operator_keys.operator_phrase, name="operator_phrase"),
    path("console/food/<str:code>/keys/", operator_keys.operator_key, name="operator_key"),
    path(
        "console/food/<str:code>/keys/<int:pk>/",
        operator_keys.operator_key_end,
        name="operator_key_end",
    ),
]
