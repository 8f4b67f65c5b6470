"""Addresses of the cases engine: the person's side, the console, exchange."""

from django.urls import path

from linli.cases.exchange import cities, open311
from linli.cases.views import (
    ask,
    ask_send,
    causes,
    desk,
    emergency,
    follow,
    follow_data,
    follow_deeds,
    handing,
    overview,
    partners,
    queue,
    rate,
    received,
    refer,
    topics,
    window,
    window_acts,
    windows,
)

app_name = "cases"

ASKING = [
    path("ask/", ask.what, name="ask_what"),
    path("ask/topic/", ask.topic, name="ask_topic"),
    path("ask/place/", ask.place, name="ask_place"),
    path("ask/more/", ask.more, name="ask_more"),
    path("ask/photos/<slug:code>/", ask.photo, name="ask_photo"),
    path("ask/answer/", ask.answer, name="ask_answer"),
    path("ask/check/", ask_send.check, name="ask_check"),
    path("ask/receipt/", ask_send.receipt, name="ask_receipt"),
    path("ask/later/", ask_send.later, name="ask_later"),
    path("ask/resume/", ask_send.resume, name="ask_resume"),
    path("ask/leave/", ask_send.leave, name="ask_leave"),
]
FOLLOWING = [
    path("follow/", follow.enter, name="follow"),
    path("follow/gone/", follow_data.forgotten, name="forgotten"),
    path("follow/<slug:code>/", follow.case, name="follow_case"),
    path("follow/<slug:code>/data.json", follow_data.data, name="follow_data"),
    path("follow/<slug:code>/looks.json", follow_data.looks, name="follow_looks"),
    path("follow/<slug:code>/refer/", refer.refer, name="refer"),
    path("follow/<slug:code>/rate/", follow_deeds.rate, name="follow_rate"),
    path("follow/<slug:code>/photos/<slug:photo>/", follow.photo, name="follow_photo"),
    path("follow/<slug:code>/grants/<slug:grant>/", follow_deeds.revoke, name="follow_revoke"),
    path(
        "follow/<slug:code>/leave/<slug:hand_over>/", follow_deeds.decide_leave, name="follow_leave"
    ),
    path("follow/<slug:code>/looks/<slug:look>/why/", follow_deeds.why, name="follow_why"),
    path("follow/<slug:code>/<slug:deed>/", follow_deeds.deed, name="follow_deed"),
    path("rate/thanks/", rate.rated, name="rated"),
    path("rate/<str:token>/", rate.rate, name="rate"),
]
WINDOWS = [
    path("legal-aid/", windows.legal_aid, name="legal_aid"),
    path("employment/", windows.employment, name="employment"),
]
EXCHANGE = [
    path("open311/v2/discovery.<str:form>", open311.discovery, name="open311_discovery"),
    path("open311/v2/services.<str:form>", open311.services, name="open311_services"),
    path(
        "open311/v2/services/<str:code>.<str:form>", open311.definition, name="open311_definition"
    ),
    path("open311/v2/requests.<str:form>", open311.requests, name="open311_requests"),
    path("open311/v2/requests/<str:code>.<str:form>", open311.one_request, name="open311_request"),
    path("open311/v2/tokens/<str:code>.<str:form>", open311.token, name="open311_token"),
    path("exchange/key", cities.key, name="exchange_key"),
    path("exchange/envelopes", cities.take, name="exchange_envelopes"),
    path("exchange/reads", cities.lend, name="exchange_reads"),
    path("exchange/answers", cities.hear, name="exchange_answers"),
]

DESK = [
    path("console/cases/", queue.queue_list, name="queue"),
    path("console/cases/take/", queue.take_many, name="take_many"),
    path("console/cases/merge/", causes.merge, name="merge"),
    path("console/cases/overview/", overview.overview, name="overview"),
    path("console/cases/<slug:code>/", desk.desk, name="desk"),
    path("console/cases/<slug:code>/papers/<slug:key>/", desk.paper, name="paper"),
    path("console/cases/<slug:code>/take/", desk.take, name="take"),
    path("console/cases/<slug:code>/reply/", desk.reply, name="reply"),
    path("console/cases/<slug:code>/note/", desk.note, name="note"),
    path("console/cases/<slug:code>/pause/", desk.pause, name="pause"),
    path("console/cases/<slug:code>/resume/", desk.resume, name="resume"),
    path("console/cases/<slug:code>/extend/", desk.extend, name="extend"),
    path("console/cases/<slug:code>/topic/", desk.assign, name="assign"),
    path("console/cases/<slug:code>/leader/", desk.leader, name="leader"),
    path("console/cases/<slug:code>/contact/", desk.reveal, name="reveal"),
    path("console/cases/<slug:code>/cause/", causes.merge_one, name="merge_one"),
    path("console/cases/<slug:code>/hand-on/", handing.hand_on, name="hand_on"),
    path("console/cases/<slug:code>/call-back/", handing.call_back, name="call_back"),
    path("console/cases/<slug:code>/join/", handing.join, name="join"),
    path("console/cases/<slug:code>/finish/", handing.finish_joint, name="finish_joint"),
    path("console/hand-overs/<slug:code>/accept/", handing.accept, name="accept"),
    path("console/hand-overs/<slug:code>/decline/", handing.decline, name="decline"),
    path("console/causes/", causes.causes, name="causes"),
    path("console/causes/<slug:code>/", causes.cause, name="cause"),
    path("console/causes/<slug:code>/settle/", causes.settle, name="settle"),
    path("console/emergency/", emergency.emergency, name="emergency"),
    path("console/emergency/<slug:code>/", emergency.emergency_case, name="emergency_case"),
    path(
        "console/emergency/<slug:code>/papers/<slug:key>/",
        emergency.emergency_paper,
        name="emergency_paper",
    ),
    path(
        "console/emergency/<slug:code>/decide/", emergency.decide_emergency, name="decide_emergency"
    ),
]
COUNTER = [
    path("console/window/", window.window, name="window"),
    path("console/window/open/", window.open_shown, name="window_open"),
    path("console/window/case/", window.window_case, name="window_case"),
    path("console/window/leave/", window.window_leave, name="window_leave"),
    path("console/window/told/", window_acts.window_told, name="window_told"),
    path("console/window/refer/", window_acts.window_refer, name="window_refer"),
    path("console/window/slip/", window_acts.window_slip, name="window_slip"),
    path("console/window/done/", window.window_done, name="window_done"),
    path("console/topics/", topics.topics, name="topics"),
    path("console/topics/new/", topics.new_topic, name="new_topic"),
    path("console/topics/<slug:code>/", topics.topic, name="topic"),
    path("console/topics/<slug:code>/close/", topics.close_topic, name="close_topic"),
    path("console/replies/", topics.replies, name="replies"),
    path("console/replies/<int:key>/drop/", topics.drop_reply, name="drop_reply"),
    path("console/officials/", topics.officials, name="officials"),
    path("console/officials/<int:key>/end/", topics.end_office, name="end_office"),
    path("console/partners/", partners.partners, name="partners"),
    path("console/partners/<int:key>/end/", partners.end_partner, name="end_partner"),
]
RECEIVED = [
    path("console/received/", received.received_list, name="received_list"),
    path("console/received/<slug:code>/", received.received, name="received"),
    path("console/received/<slug:code>/read/", received.read, name="received_read"),
    path("console/received/<slug:code>/accept/", received.accept, name="received_accept"),
    path("console/received/<slug:code>/back/", received.send_back, name="received_back"),
    path("console/received/<slug:code>/done/", received.finish, name="received_done"),
]

urlpatterns = [*DESK, *COUNTER, *RECEIVED, *ASKING, *FOLLOWING, *WINDOWS, *EXCHANGE]
