"""Pages of job fairs: everybody sees posts and stands, who booked wishes and answers, the organizer works by codes."""

import importlib.util
import json
import re
import runpy
from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from time_machine import travel

from linli.kernel.models import Staff
from linli.kernel.sheets import read_sheet, write_xlsx
from linli.offers.actions.booking import Wanted, book
from linli.offers.exchange.schemaorg import write_schemaorg
from linli.offers.models import Interview, Stand, Vacancy
from linli.offers.rules.vacancies import FIELDS
from linli.offers.schemas.jobposting import posting_told
from tests.town import directory, fairs, offers, services

pytestmark = pytest.mark.django_db
HEAD = [names[0] for names in FIELDS.values()]
EMPLOYER = "嘉峪关市牛肉面协会"
ROW = [
    EMPLOYER,
    "绣娘",
    "2",
    "嘉峪关市",
    "全职",
    "3000",
    "4000",
    "刺绣。",
    "会刺绣。",
    "2027-06-30",
]


@pytest.fixture(autouse=True)
def _at_noon(noon):
    with travel(noon, tick=False):
        yield


def signed_in(client, by):
    staff = Staff.objects.create(
        username=by.role, name=by.name, role=by.role, unit=by.unit, password="long-enough-1"
    )
    client.force_login(staff)
    return client


def let_in(client, session, noon):
    """Book a fair and open the booking, as its holder does."""
    made = book(by=offers.HOLDER, at=noon, session=session, wanted=Wanted())
    said = {"code": made.booking.code, "passphrase": made.passphrase}
    client.post(reverse("offers:bookings"), said)
    return made.booking


def linked_data(page):
    said = re.search(r'<script type="application/ld\+json">(.*?)</script>', page, re.DOTALL)[1]
    return json.loads(said)


class TestVacancies:
    def test_lists_what_is_open_by_what_the_address_says(
        self, client, noon, django_assert_max_num_queries
    ):
        fair = fairs.fair(at=noon)
        stand = fairs.stand(fair, at=noon)
        for n in range(25):
            fairs.vacancy(stand, at=noon, title=f"岗位{n:02}")
        fairs.vacancy(at=noon, title="绣娘", employment="PART_TIME")

        with django_assert_max_num_queries(9):
            response = client.get(reverse("offers:vacancies"))
        assert len(response.context["page"]) == 20
        assert response.context["posts"] == 130
        for query, count in (
            ("?employment=PART_TIME", 1),
            (f"?fair={fair.code}", 25),
            ("?words=绣", 1),
            ("?page=2", 6),
        ):
            found = client.get(reverse("offers:vacancies") + query).context["page"]
            assert len(found) == min(count, 20)
        assert "no-store" in client.get(reverse("offers:vacancies") + "?words=绣")["Cache-Control"]

    def test_tells_one_as_a_job_posting(self, client, noon):
        made = fairs.vacancy(at=noon, title="<拉面师>")

        page = client.get(reverse("offers:vacancy", args=[made.code])).content.decode()

        told = linked_data(page)
        assert told["@type"] == "JobPosting"
        assert (told["title"], told["totalJobOpenings"], told["employmentType"]) == (
            "<拉面师>",
            5,
            "FULL_TIME",
        )
        assert told["baseSalary"]["value"]["minValue"] == 4500
        assert told["hiringOrganization"]["name"] == EMPLOYER
        assert "<拉面师>" not in page

    def test_says_of_a_closed_one_that_it_is_over(self, client, noon):
        made = fairs.vacancy(at=noon)
        Vacancy.objects.update(closed_on=noon.date())

        assert client.get(reverse("offers:vacancy", args=[made.code])).context["over"] is True
        assert client.get(reverse("offers:vacancies")).context["posts"] == 0

    def test_conforms_to_the_shapes_of_schema_org(self, noon, shared, tmp_path, capsys):
        if not all(importlib.util.find_spec(name) for name in ("pyshacl", "pyld", "rdflib")):
            pytest.skip("the packages pyshacl, pyld and rdflib are not here")
        made = [
            fairs.vacancy(at=noon),
            fairs.vacancy(at=noon, title="后厨", pay_from=None, pay_to=None),
        ]
        examples = tmp_path / "conformance/schemaorg"
        (examples / "examples").mkdir(parents=True)
        for path in (shared / "conformance/schemaorg").iterdir():
            if path.is_file():
                (examples / path.name).write_bytes(path.read_bytes())
        for one in made:
            told = json.dumps(posting_told(one, "https://linli.example"))
            (examples / "examples" / f"{one.code}.json").write_text(told)
        script = tmp_path / "checks/schemaorg.py"
        script.parent.mkdir()
        script.write_bytes((shared / "checks/schemaorg.py").read_bytes())

        runpy.run_path(str(script))

        assert "conform 2 not 0" in capsys.readouterr().out


def test_exports_open_vacancies_as_documents(noon, tmp_path):
    made, over = fairs.vacancy(at=noon), fairs.vacancy(at=noon, title="后厨")
    Vacancy.objects.filter(pk=over.pk).update(closed_on=noon.date())

    assert [path.name for path in write_schemaorg(tmp_path, noon)] == [f"{made.code}.jsonld"]
    assert json.loads((tmp_path / f"{made.code}.jsonld").read_text())["@type"] == "JobPosting"


class TestFair:
    def test_shows_who_stands_there_and_what_they_fill(
        self, client, noon, django_assert_max_num_queries
    ):
        fair = fairs.fair(at=noon)
        for n in range(6):
            zone = "online" if n % 2 else "onsite"
            fairs.vacancy(fairs.stand(fair, f"企业{n}", at=noon, zone=zone), at=noon, posts=n + 1)

        with django_assert_max_num_queries(9):
            response = client.get(reverse("offers:fair", args=[fair.code]))

        assert [len(response.context[zone]) for zone in ("onsite", "online")] == [3, 3]
        assert [one["value"] for one in response.context["figures"]] == [6, 6, 21]
        page = response.content.decode()
        assert fair.timetable.commitment in page
        assert all(f"企业{n}" in page for n in range(6))

    def test_is_not_there_until_it_is_published(self, client, noon):
        hidden = offers.session(at=noon, of=offers.offer(at=noon, kind="fair", published=False))
        course = offers.session(at=noon)

        for session in (hidden, course):
            assert client.get(reverse("offers:fair", args=[session.code])).status_code == 404


class TestWishes:
    def test_keeps_wishes_and_shows_times_to_who_holds_the_code(self, client, noon):
        fair = fairs.fair(at=noon)
        stand = fairs.stand(fair, at=noon)
        posts = [fairs.vacancy(stand, at=noon, title=title) for title in ("拉面师", "后厨")]
        mine = let_in(client, fair, noon)
        address = reverse("offers:booking_fair", args=[mine.code])

        response = client.post(address, {"wish_1": posts[1].code, "wish_3": posts[0].code})

        assert response.status_code == 302
        assert [wish.vacancy for wish in mine.wishes.all()] == posts[::-1]
        page = client.get(address)
        assert "no-store" in page["Cache-Control"]
        twice = client.post(address, {"wish_1": posts[1].code, "wish_2": posts[1].code})
        assert (twice.status_code, mine.wishes.count()) == (422, 2)
        assert client.post(address, {"wish_1": "7K3M-92QD"}).status_code == 422

    def test_answers_a_time(self, client, noon):
        fair = fairs.fair(at=noon)
        stand = fairs.stand(fair, at=noon)
        post = fairs.vacancy(stand, at=noon)
        mine = let_in(client, fair, noon)
        type(fair.timetable).objects.update(seed="a" * 64, solved_at=noon)
        given = {"stand": stand, "lane": 0, "vacancy": post, "ends_at": fair.ends_at}
        talk = Interview.objects.create(
            code="7K3M-92QD", booking=mine, starts_at=fair.starts_at, **given
        )

        assert [
            one[0]
            for one in client.get(reverse("offers:booking_fair", args=[mine.code])).context["talks"]
        ] == [talk]
        for deed, state in (("accept", "accepted"), ("decline", "declined")):
            client.post(reverse("offers:booking_talk", args=[mine.code, talk.code, deed]))
            talk.refresh_from_db()
            assert talk.state == state

    def test_leads_everybody_else_to_the_door(self, client, noon):
        fair = fairs.fair(at=noon)
        mine, other = let_in(client, fair, noon), offers.booked(fair, at=noon)
        post = fairs.vacancy(fairs.stand(fair, at=noon), at=noon)

        response = client.post(
            reverse("offers:booking_fair", args=[other.code]), {"wish_1": post.code}
        )

        assert response["Location"] == reverse("offers:booking", args=[other.code])
        assert (mine.wishes.count(), other.wishes.count()) == (0, 0)


class TestDesk:
    def test_sets_a_fair_up(self, client, noon):
        fair = fairs.fair(at=noon)
        employer = services.organization(EMPLOYER, unit="")
        signed_in(client, offers.officer())
        said = {
            "organization": employer.uuid, "zone": "onsite", "place": "A1", "lanes": "2", "minutes": "15",
            "walk_in_percent": "20",
        }  # fmt: skip

        assert client.post(reverse("offers:stand_new", args=[fair.code]), said).status_code == 302
        again = client.post(reverse("offers:stand_new", args=[fair.code]), said)

        assert (again.status_code, Stand.objects.count()) == (422, 1)
        until = f"{fair.starts_at + timedelta(hours=8) - timedelta(days=3):%Y-%m-%dT%H:%M}"
        desk = reverse("offers:fair_desk", args=[fair.code])
        assert client.post(desk, {"wishes_until": until, "gap_minutes": "10"}).status_code == 302
        fair.timetable.refresh_from_db()
        assert fair.timetable.gap_minutes == 10

    def test_lists_codes_and_no_name(self, client, noon, django_assert_max_num_queries):
        fair = fairs.fair(at=noon)
        stand = fairs.stand(fair, at=noon)
        post = fairs.vacancy(stand, at=noon)
        for n in range(8):
            one = book(by=offers.HOLDER, at=noon, session=fair, wanted=Wanted(name="阿依古丽"))
            begins = fair.starts_at + timedelta(minutes=15 * n)
            Interview.objects.create(
                code=f"7K3M-92Q{n}", stand=stand, lane=0, vacancy=post, booking=one.booking,
                starts_at=begins, ends_at=begins + timedelta(minutes=15),
            )  # fmt: skip
        signed_in(client, offers.officer())

        with django_assert_max_num_queries(12):
            page = client.get(reverse("offers:stand_day", args=[stand.pk])).content.decode()

        assert all(talk.booking.code in page for talk in Interview.objects.all())
        assert "阿依古丽" not in page

    def test_writes_down_what_took_place(self, client, noon):
        fair = fairs.fair(at=noon)
        stand = fairs.stand(fair, at=noon)
        post = fairs.vacancy(stand, at=noon)
        talk = Interview.objects.create(
            code="7K3M-92QD", stand=stand, lane=0, starts_at=fair.starts_at, ends_at=fair.ends_at,
            state="kept",
        )  # fmt: skip

        with travel(fair.starts_at, tick=False):
            signed_in(client, offers.officer())
            signed = {"post": post.code}
            client.post(reverse("offers:talk_deed", args=[talk.code, "came"]), signed)
            client.post(reverse("offers:talk_deed", args=[talk.code, "offer"]))

        talk.refresh_from_db()
        assert (talk.state, talk.vacancy, talk.offered_at) == ("done", post, fair.starts_at)


class TestBring:
    def bring(self, client, rows, head=HEAD):
        return client.post(
            reverse("offers:vacancy_table"),
            {
                "unit": directory.unit(offers.LABOUR).code,
                "file": SimpleUploadedFile("岗位.xlsx", write_xlsx(head, rows, title="岗位")),
            },
        )

    def test_shows_every_row_and_takes_the_table_in(self, client, noon):
        services.organization(EMPLOYER, unit="")
        directory.unit(offers.LABOUR)
        signed_in(client, offers.officer())
        rows = self.bring(client, [ROW])["Location"]

        looked = client.get(rows)
        assert (looked.context["new"], looked.context["wrong"], Vacancy.objects.count()) == (
            1,
            0,
            0,
        )
        client.post(rows, {"checksum": looked.context["checksum"]})

        assert Vacancy.objects.get().title == "绣娘"

    def test_says_in_which_cell_the_error_is_and_takes_nothing(self, client, noon):
        services.organization(EMPLOYER, unit="")
        directory.unit(offers.LABOUR)
        signed_in(client, offers.officer())
        wrong = [*ROW[:2], "若干", *ROW[3:8], "限女性", ROW[9]]
        rows = self.bring(client, [ROW, wrong])["Location"]

        looked = client.get(rows)
        assert [bool(why) for _cell, why in looked.context["rows"][0]["cells"]] == [
            name in {"posts", "requirements"} for name in FIELDS
        ]
        answer = client.post(rows, {"checksum": looked.context["checksum"]})
        assert (answer.status_code, Vacancy.objects.count()) == (422, 0)

    def test_keeps_nothing_of_a_table_about_persons(self, client, noon, settings, tmp_path):
        settings.MEDIA_ROOT = str(tmp_path)
        directory.unit(offers.LABOUR)
        signed_in(client, offers.officer())

        response = self.bring(client, [[*ROW, "女"]], head=[*HEAD, "性别"])

        assert response.status_code == 422
        assert [path for path in tmp_path.rglob("*") if path.is_file()] == []

    def test_gives_a_template_that_it_reads_itself(self, client, noon):
        signed_in(client, offers.officer())

        data = client.get(reverse("offers:vacancy_template")).content

        assert list(read_sheet(data).columns) == HEAD
