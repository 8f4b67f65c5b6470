"""Polls, of everybody and of the console."""

from django.urls import URLPattern, path

from linli.assessments.views import poll_answer, poll_hands, poll_questions, polls, polls_console

PATHS: list[URLPattern] = [
    path("polls/", polls.polls, name="polls"),
    path("polls/<str:code>/", polls.poll, name="poll"),
    path("polls/<str:code>/answer/", poll_answer.poll_answer, name="poll_answer"),
    path("polls/<str:code>/thanks/", poll_answer.poll_thanks, name="poll_thanks"),
    path("console/polls/", polls_console.console_polls, name="console_polls"),
    path("console/polls/new/", polls_console.poll_new, name="poll_new"),
    path("console/polls/<str:code>/", polls_console.console_poll, name="console_poll"),
    path("console/polls/<str:code>/frame/", polls_console.poll_frame, name="poll_frame"),
    path("console/polls/<str:code>/give/", poll_hands.poll_give, name="poll_give"),
    path("console/polls/<str:code>/paper/", poll_hands.poll_paper, name="poll_paper"),
    path("console/polls/<str:code>/slips/<int:number>/", poll_hands.slips, name="poll_slips"),
    path("console/polls/<str:code>/boxes/<str:box>/", poll_hands.poll_box, name="poll_box"),
    path(
        "console/polls/<str:code>/questions/<slug:key>/",
        poll_questions.poll_question,
        name="poll_question",
    ),
]
