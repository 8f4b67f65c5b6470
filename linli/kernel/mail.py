"""Letters by SMTP. A letter sent twice carries the same Message-ID, so that mail programs show it once."""

from contextlib import suppress
from email.utils import format_datetime, parseaddr
from smtplib import SMTPDataError, SMTPException, SMTPRecipientsRefused
from typing import Any

from django.conf import settings
from django.core.mail import EmailMessage, get_connection

from linli.kernel.letters import Letter, Rejected

_SECONDS = 10
_FOR_EVER = 500  # from here on, SMTP's answers mean "do not try again"


class MailLine:
    """A connection to the mail server, opened with the first letter and kept for the next."""

    def __init__(self) -> None:
        self._open: Any = None

    def send(self, letter: Letter) -> None:
        """Hand the letter to the server. Raises Rejected when the server will never take it."""
        try:
            if self._open is None:
                connection = get_connection(timeout=_SECONDS)
                connection.open()
                self._open = connection
            # Opened by us, so that it is not closed here: a bad farewell after the letter was taken
            # must not look as if it was not.
            self._open.send_messages([_composed(letter)])
        except SMTPRecipientsRefused as refused:
            codes = [code for code, _said in refused.recipients.values()]
            self._failed(for_ever=min(codes, default=0) >= _FOR_EVER)
        except SMTPDataError as refused:
            self._failed(for_ever=refused.smtp_code >= _FOR_EVER)
        except (SMTPException, OSError) as error:
            self.close()
            # The library's own words may quote the address.
            raise ConnectionError(type(error).__name__) from None

    def close(self) -> None:
        """Hang up."""
        if self._open is not None:
            with suppress(SMTPException, OSError):
                self._open.close()
            self._open = None

    def _failed(self, *, for_ever: bool) -> None:
        self.close()
        if for_ever:
            raise Rejected from None
        raise TimeoutError from None


def _composed(letter: Letter) -> EmailMessage:
    sender = settings.DEFAULT_FROM_EMAIL
    host = parseaddr(sender)[1].rpartition("@")[2] or "localhost"
    return EmailMessage(
        letter.subject,
        letter.text,
        sender,
        [letter.to],
        headers={
            "Message-ID": f"<{letter.code}@{host}>",
            "Date": format_datetime(letter.written_at),
            "Auto-Submitted": "auto-generated",
        },
    )
