"""Services, places and organizations for tests, made by the actions."""

from datetime import time, timedelta

from linli.directory import actions
from linli.directory.actions import (
    LanguageDraft,
    LocationDraft,
    OfferDraft,
    OrganizationDraft,
    ScheduleDraft,
    ServiceDraft,
)
from linli.directory.models import Organization
from tests.town import directory
from tests.town.staff import actor


def organization(*, at, name="嘉峪关市人力资源和社会保障局", area="620200", **said):
    directory.area(area)
    known = Organization.objects.filter(name=name).first()
    return known or actions.add_organization(
        by=actor(), at=at, draft=OrganizationDraft(name=name, area=area, **said)
    )


def service(name="社会保障卡补办", *, at, offered_by=None, **said):
    offered_by = offered_by or organization(at=at)
    return actions.add_service(
        by=actor(), at=at, draft=ServiceDraft(organization=offered_by.uuid, name=name, **said)
    )


def station(name="雄关街道便民服务站", *, at, run_by=None, area="620200", **said):
    directory.area(area)
    run_by = run_by or organization(at=at)
    given = {"kind": "station", "address": "新华中路12号"} | said
    return actions.open_location(
        by=actor(),
        at=at,
        draft=LocationDraft(organization=run_by.uuid, name=name, area=area, **given),
    )


def offer(service, location, *, at, **said):
    draft = OfferDraft(service=service.uuid, location=location.uuid, **said)
    return actions.offer_service(by=actor(), at=at, draft=draft)


def week(*, at, days="MO,TU,WE,TH,FR", opens=time(9), closes=time(17), **said):
    return ScheduleDraft(
        rrule=f"FREQ=WEEKLY;BYDAY={days}",
        opens_at=opens,
        closes_at=closes,
        starts_on=at.date() - timedelta(days=365),
        **said,
    )


def spoken(language, *weekdays, mode="in_person"):
    return tuple(LanguageDraft(language=language, weekday=day, mode=mode) for day in weekdays)
