"""Reads the ledger's pages as a reader does: the head and the rows of a table, as text."""

from html.parser import HTMLParser


class Tables(HTMLParser):
    """Collects every table of a page as rows of cells; boxes to tick are no cells."""

    def __init__(self):
        super().__init__()
        self.tables, self.cell, self.pick = [], None, False

    def handle_starttag(self, tag, attrs):
        given = dict(attrs)
        if tag == "table":
            self.tables.append([])
        elif tag == "tr":
            self.tables[-1].append([])
        elif tag in {"td", "th"}:
            self.cell = []
            self.pick = given.get("class") == "pick"

    def handle_data(self, data):
        if self.cell is not None:
            self.cell.append(data)

    def handle_endtag(self, tag):
        if tag in {"td", "th"} and self.cell is not None:
            if not self.pick:
                self.tables[-1][-1].append("".join(self.cell).strip())
            self.cell = None


def table(answer):
    """Return the first table of an answer: its head, and its rows."""
    parser = Tables()
    parser.feed(answer.content.decode())
    head, *rows = parser.tables[0]
    return head, rows
