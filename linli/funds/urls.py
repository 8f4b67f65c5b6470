"""Addresses of the funds engine: what the public sees of money and projects, what officers work with."""

from django.urls import URLPattern

app_name = "funds"

# Funds, accounts, orders and matched money: the console.
BOOKS: list[URLPattern] = []
# Payment batches and the bank's answer: the console.
BATCHES: list[URLPattern] = []
# Projects and programmes: of everybody, and of the console.
PROJECTS: list[URLPattern] = []
# What two sides say, and tables that are brought: the console.
ATTESTED: list[URLPattern] = []
# What the public sees of funds and donations.
PUBLIC: list[URLPattern] = []
# Files in the forms that others read.
FILES: list[URLPattern] = []

urlpatterns = [*PUBLIC, *FILES, *BOOKS, *BATCHES, *PROJECTS, *ATTESTED]
