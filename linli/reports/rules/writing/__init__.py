"""How a report is written: a template's text is read, its figures are said, looked through and set. Pure."""
