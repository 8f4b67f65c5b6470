"""Addresses of the offers engine: what the public sees and books, what the organizer works with."""

from django.urls import URLPattern, path

from linli.kernel import draw_views
from linli.offers.exchange import calendars
from linli.offers.views import (
    book,
    booked_data,
    certificates,
    certificates_console,
    console,
    console_sessions,
    contest_mine,
    contests,
    counter,
    courses,
    credentials,
    door,
    draws,
    fairs,
    fairs_desk,
    fairs_stand,
    fairs_wishes,
    following_up,
    grid,
    jury,
    manage,
    months,
    moving,
    outcomes,
    pairs,
    public,
    quiz_bank,
    quizzes,
    roster,
    slots,
    vacancies,
    vacancies_bring,
    vacancies_desk,
    volunteers,
)

app_name = "offers"

# Job fairs and vacancies: of everybody, of who booked, of the console.
FAIRS: list[URLPattern] = [
    path("vacancies/", vacancies.vacancies, name="vacancies"),
    path("vacancies/<slug:code>/", vacancies.vacancy, name="vacancy"),
    path("fairs/<slug:code>/", fairs.fair, name="fair"),
    path("bookings/<slug:code>/fair/", fairs_wishes.fair, name="booking_fair"),
    path(
        "bookings/<slug:code>/fair/<slug:talk>/<slug:deed>/", fairs_wishes.talk, name="booking_talk"
    ),
    path("console/offers/vacancies/", vacancies_desk.kept, name="kept_vacancies"),
    path("console/offers/vacancies/new/", vacancies_desk.new, name="vacancy_new"),
    path("console/offers/vacancies/bring/", vacancies_bring.bring, name="vacancy_table"),
    path(
        "console/offers/vacancies/template.xlsx", vacancies_bring.template, name="vacancy_template"
    ),
    path("console/offers/vacancies/bring/<str:token>/", vacancies_bring.rows, name="vacancy_rows"),
    path("console/offers/vacancies/<slug:code>/", vacancies_desk.edit, name="vacancy_edit"),
    path("console/offers/vacancies/<slug:code>/close/", vacancies_desk.close, name="vacancy_close"),
    path("console/offers/fairs/<slug:code>/", fairs_desk.desk, name="fair_desk"),
    path("console/offers/fairs/<slug:code>/stands/", fairs_desk.new_stand, name="stand_new"),
    path("console/offers/fairs/<slug:code>/timetable/", fairs_desk.settle, name="fair_settle"),
    path("console/offers/stands/<int:number>/", fairs_stand.day, name="stand_day"),
    path("console/offers/stands/<int:number>/amend/", fairs_desk.edit_stand, name="stand_edit"),
    path(
        "console/offers/stands/<int:number>/remove/", fairs_desk.remove_stand, name="stand_remove"
    ),
    path("console/offers/talks/<slug:code>/<slug:deed>/", fairs_stand.deed, name="talk_deed"),
]
# Addresses of a word of their own go before those with a code or a deed in their place.
PUBLIC: list[URLPattern] = [
    path("offers/", public.offers, name="list"),
    path("offers/calendar/", months.month, name="calendar"),
    path("offers/waiting/", months.waiting_list, name="waiting"),
    path("offers.ics", calendars.offers_ics, name="offers_ics"),
    path("offers/sessions/<slug:code>.ics", calendars.session_ics, name="session_ics"),
    path("offers/sessions/<slug:code>/", public.session, name="session"),
    path("offers/sessions/<slug:code>/book/", book.people, name="book"),
    path("offers/sessions/<slug:code>/book/left/", book.left, name="book_left"),
    path("offers/sessions/<slug:code>/book/check/", book.check, name="book_check"),
    path("offers/sessions/<slug:code>/book/receipt/", book.receipt, name="book_receipt"),
    path("offers/<slug:code>/", public.offer, name="offer"),
    path("offers/<slug:code>/times/", moving.times, name="times"),
    path("draws/verify_draw.py", draw_views.verifier, name="draw_verifier"),
    path("draws/<slug:code>.json", draws.draw_file, name="draw_file"),
    path("draws/<slug:code>/", draws.draw, name="draw"),
    path("bookings/", manage.enter, name="bookings"),
    path("bookings/leave/", manage.leave, name="booking_leave"),
    path("bookings/forgotten/", booked_data.forgotten, name="booking_forgotten"),
    path("bookings/<slug:code>/", manage.booking, name="booking"),
    path("bookings/<slug:code>/looks/", booked_data.looks, name="booking_looks"),
    path("bookings/<slug:code>/looks.json", booked_data.looks_file, name="booking_looks_file"),
    path("bookings/<slug:code>/data.json", booked_data.data, name="booking_data"),
    path("bookings/<slug:code>/forget/", booked_data.forget_it, name="booking_forget"),
    path("bookings/<slug:code>/move/", moving.another_time, name="booking_move"),
    path("bookings/<slug:code>/certificate/", certificates.certificate, name="certificate"),
    path(
        "bookings/<slug:code>/certificate/withdraw/",
        certificates.take_back,
        name="certificate_withdraw",
    ),
    path("bookings/<slug:code>/asked-later/", following_up.allow, name="ask_later"),
    path("bookings/<slug:code>/<slug:deed>/", manage.deed, name="booking_deed"),
    path("asked/<slug:code>/", following_up.asked, name="asked"),
    path("asked/<slug:code>/end/", following_up.end, name="asked_end"),
    path("credentials/", credentials.check, name="credentials"),
    path("credentials/file/", certificates.take_along, name="certificate_file"),
    path("credentials/status/<int:number>", credentials.status, name="credential_status"),
    path("credentials/<uuid:number>", credentials.credential, name="credential"),
]
CONSOLE: list[URLPattern] = []
# Contests, quizzes, volunteers.
CULTURE: list[URLPattern] = [
    path("contests/<slug:code>/", contests.contest, name="contest"),
    path("contests/<slug:code>/send/", contests.send, name="send_work"),
    path("contests/<slug:code>/mine/", contest_mine.enter, name="my_work"),
    path("contests/<slug:code>/mine/file/", contest_mine.file, name="my_file"),
    path("contests/<slug:code>/mine/<slug:deed>/", contest_mine.deed, name="my_deed"),
    path("wall/<slug:code>/", contests.wall, name="wall"),
    path("wall/<slug:code>/<int:number>/", contests.wall_file, name="wall_file"),
    path("console/offers/contests/", jury.contest_list, name="console_contests"),
    path("console/offers/contests/<slug:code>/", jury.contest, name="console_contest"),
    path("console/offers/contests/<slug:code>/result/", jury.result, name="tell_result"),
    path("console/offers/contests/<slug:code>/prize/", jury.prize, name="prize"),
    path("console/offers/contests/<slug:code>/<int:number>/", jury.work, name="judge_work"),
    path(
        "console/offers/contests/<slug:code>/<int:number>/file/", jury.work_file, name="judge_file"
    ),
    path("console/offers/contests/<slug:code>/<int:number>/aside/", jury.aside, name="set_aside"),
    path("quiz/<slug:code>/", quizzes.quiz, name="quiz"),
    path("console/offers/quizzes/", quiz_bank.quiz_list, name="console_quizzes"),
    path("console/offers/quizzes/<slug:code>/", quiz_bank.bank, name="console_quiz"),
    path("console/offers/quizzes/<slug:code>/open/", quiz_bank.open_quiz, name="open_quiz"),
    path("console/offers/quizzes/<slug:code>/table/", quiz_bank.bring, name="bring_questions"),
    path("console/offers/quizzes/<slug:code>/bank.xlsx", quiz_bank.table, name="quiz_table"),
    path(
        "console/offers/quizzes/<slug:code>/<int:key>/drop/", quiz_bank.drop, name="drop_question"
    ),
    path("volunteers/", volunteers.volunteers, name="volunteers"),
    path("volunteers/mine/", volunteers.enter, name="neighbours"),
    path("volunteers/mine/<slug:code>/", volunteers.neighbour, name="neighbour"),
    path("volunteers/mine/<slug:code>/<slug:deed>/", volunteers.deed, name="neighbour_deed"),
    path("volunteers/<slug:code>/join/", volunteers.join, name="join"),
    path("console/offers/pairs/", pairs.pairs, name="console_pairs"),
    path(
        "console/offers/pairs/<slug:wanted>/<slug:offered>/propose/", pairs.propose, name="propose"
    ),
    path("console/offers/sessions/<slug:code>/hours/", pairs.hours, name="hours"),
]
# The organizer's own, which end with a code: all words of others go before them.
ORGANIZING: list[URLPattern] = [
    path("console/offers/", console.offers, name="console_list"),
    path("console/offers/new/", console.new_offer, name="console_new"),
    path("console/offers/week/", grid.grid, name="console_grid"),
    path("console/offers/counter/", counter.counter, name="counter"),
    path("console/offers/counter/<slug:code>/", counter.counter_book, name="counter_book"),
    path("console/offers/in/<slug:code>/", door.scanned, name="scanned"),
    path("console/offers/sessions/<slug:code>/", console_sessions.session, name="console_session"),
    path(
        "console/offers/sessions/<slug:code>/amend/",
        console_sessions.amend_session,
        name="amend_session",
    ),
    path(
        "console/offers/sessions/<slug:code>/resize/",
        console_sessions.resize,
        name="resize_session",
    ),
    path(
        "console/offers/sessions/<slug:code>/call-off/", console_sessions.call_off, name="call_off"
    ),
    path(
        "console/offers/sessions/<slug:code>/meetings/<int:number>/",
        console_sessions.move_meeting,
        name="move_meeting",
    ),
    path(
        "console/offers/sessions/<slug:code>/meetings/<int:number>/skip/",
        console_sessions.skip_meeting,
        name="skip_meeting",
    ),
    path("console/offers/sessions/<slug:code>/roster/", roster.roster, name="roster"),
    path("console/offers/sessions/<slug:code>/door/<int:number>/", door.door, name="door"),
    path(
        "console/offers/sessions/<slug:code>/door/<int:number>/list.txt",
        door.door_list,
        name="door_list",
    ),
    path(
        "console/offers/sessions/<slug:code>/door/<int:number>/marks/",
        door.marks,
        name="marks",
    ),
    path(
        "console/offers/sessions/<slug:code>/door/<int:number>/walk-ins/",
        door.walk_ins,
        name="walk_ins",
    ),
    path("console/offers/sessions/<slug:code>/close/", door.close_list, name="close_list"),
    path("console/offers/sessions/<slug:code>/outcomes/", outcomes.outcomes, name="outcomes"),
    path(
        "console/offers/sessions/<slug:code>/lessons/",
        courses.session_lessons,
        name="session_lessons",
    ),
    path("console/offers/<slug:code>/", console.offer, name="console_offer"),
    path("console/offers/<slug:code>/lessons/", courses.plan, name="course_plan"),
    path("console/offers/<slug:code>/trainings/", courses.trainings, name="trainings"),
    path("console/offers/<slug:code>/trainings/hire/", courses.hire, name="hire"),
    path(
        "console/offers/<slug:code>/certificates/",
        certificates_console.certificates,
        name="console_certificates",
    ),
    path("console/offers/<slug:code>/amend/", console.amend_offer, name="amend_offer"),
    path("console/offers/<slug:code>/slots/", slots.plans, name="slot_plans"),
    path(
        "console/offers/<slug:code>/slots/<int:number>/end/", slots.end_plan, name="end_slot_plan"
    ),
    path("console/offers/<slug:code>/publish/", console.publish, name="publish"),
    path("console/offers/<slug:code>/withdraw/", console.withdraw, name="withdraw"),
    path(
        "console/offers/<slug:code>/sessions/new/",
        console_sessions.new_session,
        name="new_session",
    ),
]

urlpatterns = [*FAIRS, *PUBLIC, *CULTURE, *CONSOLE, *ORGANIZING]
