"""Prepare a house's database: what a server under load is asked for, and a public page that everybody gets alike.

Run as a program; its last line is a program's key.
"""

from tests.faults import seed


def main():
    seed.main()
    from tests.town import services

    services.service()


if __name__ == "__main__":
    main()
