"""Addresses of the funds engine: what the public sees of money and projects, what officers work with."""

from django.urls import URLPattern, path

from linli.funds.exchange import package
from linli.funds.views import (
    aims,
    attest,
    bank_replies,
    batches,
    bring,
    claims,
    funds,
    funds_public,
    gift_deeds,
    gifts,
    gifts_public,
    keeping,
    matches,
    matching,
    orders,
    places_public,
    posting,
    priorities,
    programmes,
    project_deeds,
    projects,
    projects_public,
    roots,
    statements,
    then_public,
    totals_public,
)

app_name = "funds"

# Funds, accounts, orders and matched money: the console.
BOOKS: list[URLPattern] = [
    path("console/funds/", funds.console_list, name="console_list"),
    path("console/funds/new/", keeping.console_new, name="console_new"),
    path("console/funds/orders/", orders.console_orders, name="console_orders"),
    path("console/funds/orders/<str:code>/", orders.console_order, name="console_order"),
    path("console/funds/orders/<str:code>/approve/", orders.approve, name="order_approve"),
    path("console/funds/orders/<str:code>/refuse/", orders.refuse, name="order_refuse"),
    path("console/funds/matches/", matches.console_matches, name="console_matches"),
    path("console/funds/matches/<str:code>/", matches.console_match, name="console_match"),
    path("console/funds/matches/<str:code>/show/", matching.show, name="match_show"),
    path("console/funds/matches/<str:code>/anew/", matching.agree_anew, name="match_anew"),
    path("console/funds/matches/<str:code>/release/", matching.release, name="match_release"),
    path("console/funds/<str:code>/", funds.console_fund, name="console_fund"),
    path("console/funds/<str:code>/then/", statements.console_then, name="console_then"),
    path("console/funds/<str:code>/publish/", keeping.publish, name="publish"),
    path("console/funds/<str:code>/close/", keeping.close_books, name="close_books"),
    path("console/funds/<str:code>/match/", matching.agree, name="match_agree"),
    path("console/funds/<str:code>/post/<str:verb>/", posting.console_post, name="console_post"),
    path("console/funds/<str:code>/entries/", statements.console_entries, name="console_entries"),
    path(
        "console/funds/<str:code>/entries/<str:entry>/",
        statements.console_entry,
        name="console_entry",
    ),
    path("console/funds/<str:code>/accounts/new/", keeping.account_new, name="account_new"),
    path(
        "console/funds/<str:code>/accounts/<str:account>/",
        statements.console_account,
        name="console_account",
    ),
    path(
        "console/funds/<str:code>/accounts/<str:account>/close/",
        keeping.account_close,
        name="account_close",
    ),
]
# Payment batches and the bank's answer: the console.
BATCHES: list[URLPattern] = [
    path("console/funds/batches/", batches.console_batches, name="console_batches"),
    path("console/funds/batches/new/", batches.batch_new, name="batch_new"),
    path("console/funds/batches/<str:code>/", batches.console_batch, name="console_batch"),
    path(
        "console/funds/batches/<str:code>/progress/", batches.batch_progress, name="batch_progress"
    ),
    path("console/funds/batches/<str:code>/ask/", batches.batch_ask, name="batch_ask"),
    path(
        "console/funds/batches/<str:code>/approve/<str:order>/",
        batches.batch_approve,
        name="batch_approve",
    ),
    path(
        "console/funds/batches/<str:code>/answer/", bank_replies.batch_answer, name="batch_answer"
    ),
    path(
        "console/funds/batches/<str:code>/answers/<int:number>/",
        bank_replies.batch_differences,
        name="batch_differences",
    ),
    path(
        "console/funds/batches/<str:code>/answers/<int:number>/differences.csv",
        bank_replies.differences_csv,
        name="differences_csv",
    ),
    path(
        "console/funds/batches/<str:code>/answers/<int:number>/back/",
        bank_replies.batch_back,
        name="batch_back",
    ),
]
# Projects and programmes: of everybody, and of the console.
PROJECTS: list[URLPattern] = [
    path("funds/projects/", projects_public.projects, name="projects"),
    path("funds/projects/<str:code>/", projects_public.project, name="project"),
    path("funds/projects/<str:code>/money/", projects_public.project_money, name="project_money"),
    path("funds/programmes/<str:code>/", projects_public.programme, name="programme"),
    path(
        "funds/programmes/<str:code>/money/",
        projects_public.programme_money,
        name="programme_money",
    ),
    path("funds/photos/<int:number>/", projects_public.photo, name="photo"),
    path("console/funds/projects/", projects.console_projects, name="console_projects"),
    path("console/funds/projects/new/", projects.new_project, name="new_project"),
    path(
        "console/funds/projects/photos/<int:number>/", projects.console_photo, name="console_photo"
    ),
    path(
        "console/funds/projects/programmes/",
        programmes.console_programmes,
        name="console_programmes",
    ),
    path("console/funds/projects/programmes/new/", programmes.new_programme, name="new_programme"),
    path(
        "console/funds/projects/programmes/<str:code>/",
        programmes.console_programme,
        name="console_programme",
    ),
    path(
        "console/funds/projects/programmes/<str:code>/amend/",
        programmes.amend_programme,
        name="amend_programme",
    ),
    path(
        "console/funds/projects/programmes/<str:code>/publish/",
        programmes.publish_programme,
        name="publish_programme",
    ),
    path(
        "console/funds/projects/programmes/<str:code>/sent/",
        programmes.sent,
        name="programme_sent",
    ),
    path(
        "console/funds/projects/programmes/<str:code>/account/",
        programmes.account,
        name="programme_account",
    ),
    path("console/funds/projects/<str:code>/", projects.console_project, name="console_project"),
    path("console/funds/projects/<str:code>/amend/", projects.amend_project, name="amend_project"),
    path(
        "console/funds/projects/<str:code>/publish/",
        projects.publish_project,
        name="publish_project",
    ),
    path(
        "console/funds/projects/<str:code>/<str:deed>/",
        project_deeds.project_deed,
        name="project_deed",
    ),
]
# What two sides say, and tables that are brought: the console.
ATTESTED: list[URLPattern] = [
    path("funds/priorities/", priorities.public_priorities, name="priorities"),
    path("funds/priorities/<str:code>/", priorities.public_priority, name="priority"),
    path("console/funds/attest/", attest.console_attested, name="console_attested"),
    path(
        "console/funds/attest/priorities/",
        priorities.console_priorities,
        name="console_priorities",
    ),
    path("console/funds/attest/priorities/new/", priorities.priority_new, name="priority_new"),
    path(
        "console/funds/attest/priorities/<str:code>/",
        priorities.console_priority,
        name="console_priority",
    ),
    path(
        "console/funds/attest/priorities/<str:code>/publish/",
        priorities.priority_publish,
        name="priority_publish",
    ),
    path(
        "console/funds/attest/priorities/<str:code>/<int:number>/end/",
        priorities.criterion_end,
        name="criterion_end",
    ),
    path("console/funds/attest/<str:code>/", attest.console_project, name="attest_project"),
    path("console/funds/attest/<str:code>/say/", attest.say, name="attest_say"),
    path("console/funds/attest/<str:code>/said/<str:said>/", attest.correct, name="attest_correct"),
    path("console/funds/attest/<str:code>/aims/new/", aims.aim_new, name="aim_new"),
    path(
        "console/funds/attest/<str:code>/aims/new/<str:indicator>/", aims.aim_name, name="aim_name"
    ),
    path("console/funds/attest/<str:code>/aims/<str:aim>/", aims.aim, name="aim"),
    path("console/funds/bring/", bring.ways_to_bring, name="bring_ways"),
    path("console/funds/bring/<slug:kind>/", bring.bring, name="bring"),
    path("console/funds/bring/<slug:kind>/template.xlsx", bring.template, name="bring_template"),
    path("console/funds/bring/<slug:kind>/<str:token>/", bring.rows, name="bring_rows"),
]
# What the public sees of funds and donations.
PUBLIC: list[URLPattern] = [
    path("funds/", funds_public.funds, name="list"),
    path("funds/places/<str:area>/", places_public.place, name="place"),
    path("funds/totals/<slug:total>/", totals_public.total_of_all, name="sum"),
    path("funds/<str:code>/", funds_public.fund, name="fund"),
    path("funds/<str:code>/then/", then_public.then, name="then"),
    path("funds/<str:code>/totals/<slug:total>/", totals_public.total, name="total"),
    path("funds/<str:code>/totals/<slug:total>.json", totals_public.total_data, name="total_data"),
]
# Donations, of everybody and of the console; what money is counted as.
GIFTS: list[URLPattern] = [
    path("gifts/", gifts_public.collections, name="gifts"),
    path("gifts/receipt/", gifts_public.receipt, name="gift_receipt"),
    path("gifts/<str:code>/", gifts_public.collection, name="gift_collection"),
    path("gifts/<str:code>/money/", gifts_public.collection_money, name="gift_money"),
    path("console/funds/gifts/", gifts.collections, name="console_collections"),
    path("console/funds/gifts/new/", gift_deeds.collection_new, name="collection_new"),
    path("console/funds/gifts/<str:code>/", gifts.collection, name="console_collection"),
    path("console/funds/gifts/<str:code>/publish/", gifts.publish, name="collection_publish"),
    path("console/funds/gifts/<str:code>/close/", gifts.close, name="collection_close"),
    path("console/funds/gifts/<str:code>/take/", gift_deeds.take, name="gift_take"),
    path(
        "console/funds/gifts/<str:code>/receipt/", gift_deeds.acknowledge, name="gift_acknowledge"
    ),
    path(
        "console/funds/gifts/<str:code>/receipt/<str:receipt>/", gift_deeds.slip, name="gift_slip"
    ),
    path("console/funds/gifts/<str:code>/allocate/", gift_deeds.give_on, name="gift_give_on"),
    path("console/funds/<str:code>/claims/", claims.claims, name="claims"),
    path("console/funds/<str:code>/claims/<int:number>/", claims.tally_end, name="tally_end"),
]
# Files in the forms that others read.
FILES: list[URLPattern] = [
    path("funds/<str:code>.xlsx", package.book, name="fund_book"),
    path("funds/<str:code>/datapackage.zip", package.package, name="fund_package"),
    path("funds/<str:code>/ledger.zip", roots.kit, name="kit"),
    path("funds/roots/", roots.roots, name="roots"),
    path("funds/roots/<int:number>.txt", roots.root, name="root"),
    path("funds/roots.jsonl", roots.every_root, name="every_root"),
    path("funds/verify_ledger.py", roots.verifier, name="ledger_verifier"),
]

# What has a word in its place comes before what has a fund's code there.
urlpatterns = [*PROJECTS, *ATTESTED, *BATCHES, *FILES, *GIFTS, *BOOKS, *PUBLIC]
