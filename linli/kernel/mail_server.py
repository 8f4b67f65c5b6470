"""Where the mail server is, read from one address. Pure."""

from typing import NamedTuple
from urllib.parse import unquote, urlsplit

_PORTS = {"smtp": 25, "smtp+tls": 587, "smtps": 465}


class MailServer(NamedTuple):
    """One mail server, in the order in which the settings name its parts."""

    host: str
    port: int
    user: str
    password: str
    ssl: bool  # encrypted from the first word
    tls: bool  # encrypted after the first words (STARTTLS)


def mail_server(address: str) -> MailServer:
    """Read `smtp://`, `smtp+tls://` or `smtps://`, user:password@host:port; "" is no server.

    Raises ValueError for another scheme: nobody's password goes over a line that was not meant.
    """
    read = urlsplit(address)
    if address and read.scheme not in _PORTS:
        message = "LINLI_SMTP_URL begins with smtp://, smtp+tls:// or smtps://"
        raise ValueError(message)
    return MailServer(
        host=read.hostname or "",
        port=read.port or _PORTS.get(read.scheme, 25),
        user=unquote(read.username or ""),
        password=unquote(read.password or ""),
        ssl=read.scheme == "smtps",
        tls=read.scheme == "smtp+tls",
    )
