"""The organisation that publishes, as IATI's organisation file: what came in, and what was paid, year by year."""

from collections import Counter

from linli.funds.models import Fund
from linli.funds.queries import outward
from linli.funds.schemas import iati_money as money
from linli.funds.schemas import iati_parts as xml
from linli.funds.schemas.iati_frame import Reporter


def organisation(by: Reporter) -> xml.Element:
    """Return the one organisation of the file, with the totals of all published funds."""
    came, went = Counter[int](), Counter[int]()
    for fund in Fund.objects.published():
        accounts, years = outward.accounts_of(fund), outward.yearly_in(fund, until=by.until)
        came.update(money.came_in(years, accounts))
        went.update(money.went_out(years, accounts))
    country = xml.element("recipient-country", code=xml.COUNTRY)
    return xml.element(
        "iati-organisation",
        xml.text("organisation-identifier", by.body.ref),
        xml.words("name", by.body.name),
        xml.organisation("reporting-org", by.body),
        *xml.years("total-budget", came, status="2"),
        *xml.years("recipient-country-budget", came, country, status="2"),
        *xml.years("total-expenditure", went),
        default_currency=xml.CURRENCY,
    )
