"""The addresses of drafts, consultations and comments.

Public paths use references and a section's permanent key. Private ones, under
`my/`, carry a signed random key and name nobody.
"""

from django.urls import path

from commissions.public.search.page import by_any_spelling
from consultations import exports, sharing
from consultations.alerts import views as alerts_views
from consultations.comments import exports as comments_exports
from consultations.comments import views as comments_views
from consultations.consultation import views as consultation_views
from consultations.corrections import views as corrections_views
from consultations.drafts import views as drafts_views
from consultations.events import views as events_views
from consultations.own_data import views as own_data_views
from consultations.questions import views as questions_views
from consultations.responses import outcomes
from consultations.responses import views as responses_views

app_name = "consultations"

urlpatterns = [
    path("report/", corrections_views.report, name="correction-create"),
    path("consultations/", consultation_views.index, name="consultation-list"),
    path(
        "embed/consultations/<str:reference>/",
        sharing.consultation_card,
        name="consultation-card",
    ),
    path("events/", events_views.index, name="event-list"),
    path("events.<slug:ending>", events_views.export, name="event-export"),
    path("events/asked/", events_views.asked, name="event-asked"),
    path("events/<slug:reference>/", events_views.detail, name="event-detail"),
    path("events/<slug:reference>.ics", events_views.calendar, name="event-calendar"),
    path(
        "events/<slug:reference>/sign-up/",
        events_views.sign_up_view,
        name="event-sign-up",
    ),
    path("my/event/<str:token>/", events_views.booking, name="booking"),
    path(
        "consultations/<str:reference>/",
        consultation_views.detail,
        name="consultation-detail",
    ),
    path(
        "consultations/<str:reference>/sections/<str:key>/",
        drafts_views.section,
        name="section-detail",
    ),
    path(
        "consultations/<str:reference>/compare/<int:a>/<int:b>/",
        drafts_views.compare,
        name="draft-compare",
    ),
    path(
        "consultations/<str:reference>/draft/<int:version>/",
        drafts_views.draft,
        name="draft-detail",
    ),
    path(
        "consultations/<str:reference>/draft/<int:version>/print/",
        drafts_views.draft_print,
        name="draft-print",
    ),
    path(
        "consultations/<str:reference>/comments/",
        comments_views.index,
        name="comment-list",
    ),
    path(
        "consultations/<str:reference>/comments.<str:ending>",
        comments_exports.export_comments,
        name="comment-export",
    ),
    path(
        "consultations/<str:reference>/answers.<str:ending>",
        comments_exports.export_answer_totals,
        name="answer-export",
    ),
    path(
        "consultations/<str:reference>/comments/<str:comment>/",
        comments_views.detail,
        name="comment-detail",
    ),
    path("outcomes/", outcomes.index, name="outcome-list"),
    path("outcomes.<slug:ending>", outcomes.export, name="outcome-export"),
    path(
        "consultations/<str:reference>/response/",
        responses_views.detail,
        name="response-detail",
    ),
    path(
        "consultations/<str:reference>/response/print/",
        responses_views.response_print,
        name="response-print",
    ),
    path(
        "attachments/<str:reference>/",
        comments_views.download,
        name="attachment-download",
    ),
    path(
        "consultations/<str:reference>/comments/<str:comment>/flag/",
        comments_views.flag,
        name="comment-flag",
    ),
    path(
        "consultations/<str:reference>/respond/",
        comments_views.respond,
        name="submission-create",
    ),
    path(
        "consultations/<str:reference>/respond/print/",
        comments_views.respond_print,
        name="submission-print",
    ),
    path(
        "consultations/<str:reference>/sent/",
        comments_views.sent,
        name="submission-sent",
    ),
    path(
        "consultations/<str:reference>/joint/",
        comments_views.workspace_create,
        name="workspace-create",
    ),
    path("my/confirm/<str:token>/", comments_views.confirm, name="submission-confirm"),
    path(
        "my/comment/<str:token>/",
        comments_views.submission_detail,
        name="submission-detail",
    ),
    path(
        "my/comment/<str:token>/edit/<str:comment>/",
        comments_views.edit,
        name="comment-edit",
    ),
    path(
        "my/comment/<str:token>/follow/",
        alerts_views.follow_after,
        name="submission-follow",
    ),
    path(
        "my/comment/<str:token>/withdraw/",
        comments_views.withdraw,
        name="submission-withdraw",
    ),
    path(
        "my/comment/<str:token>/receipt/",
        comments_views.receipt,
        name="submission-receipt",
    ),
    path("my/body/<str:token>/", comments_views.speaks_for, name="submission-body"),
    path("my-data/", own_data_views.ask, name="own-data"),
    path("my-data/sent/", own_data_views.sent, name="own-data-sent"),
    path("my/data/<str:token>/", own_data_views.download, name="own-data-file"),
    path("my/signature/<str:token>/", comments_views.sign, name="cosignatory-confirm"),
    path(
        "my/joint/<str:token>/",
        comments_views.workspace_detail,
        name="workspace-detail",
    ),
    path(
        "my/joint/<str:token>/erase/",
        comments_views.workspace_erase,
        name="workspace-erase",
    ),
    path(
        "my/joint/<str:token>/send/",
        comments_views.workspace_send,
        name="workspace-send",
    ),
    path("questions/", questions_views.index, name="question-list"),
    path("questions.csv", questions_views.export, name="question-export"),
    path("questions/<str:reference>/", questions_views.detail, name="question-detail"),
    path("ask/", questions_views.ask, name="question-create"),
    path("ask/sent/", questions_views.sent, name="question-sent"),
    path("alerts/", alerts_views.index, name="alert-index"),
    path("alerts/follow/", alerts_views.follow, name="alert-create"),
    path("alerts/sent/", alerts_views.sent, name="alert-sent"),
    path("my/alerts/confirm/<str:token>/", alerts_views.confirm, name="alert-confirm"),
    path("my/alerts/stop/<str:token>/", alerts_views.stop, name="alert-stop"),
    path("my/alerts/stop-all/<str:token>/", alerts_views.stop_all, name="alerts-stop"),
    path("my/alerts/<str:token>/", alerts_views.manage, name="alerts"),
    path(
        "my/question/confirm/<str:token>/",
        questions_views.confirm,
        name="question-confirm",
    ),
    path("my/question/<str:token>/", questions_views.mine, name="question-mine"),
    path("my/question/<str:token>/edit/", questions_views.edit, name="question-edit"),
    path(
        "my/question/<str:token>/withdraw/",
        questions_views.withdraw,
        name="question-withdraw",
    ),
]

if exports.is_available():
    urlpatterns += [
        path(
            "consultations/<str:reference>/draft/<int:version>/draft.pdf",
            drafts_views.draft_pdf,
            name="draft-pdf",
        ),
        path(
            "consultations/<str:reference>/response/response.pdf",
            responses_views.response_pdf,
            name="response-pdf",
        ),
    ]

by_any_spelling(urlpatterns)
