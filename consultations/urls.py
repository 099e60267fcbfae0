"""The addresses of drafts, consultations and comments.

Public paths use references and a section's permanent key. Private ones, under
`my/`, carry a signed random key and name nobody.
"""

from django.urls import path

from consultations import pdf
from consultations.views import (
    alerts,
    answers,
    asking,
    attachments,
    commenting,
    comments,
    comparing,
    consultation_list,
    correcting,
    exports,
    private,
    questions,
    reading,
    workspaces,
)

app_name = "consultations"

urlpatterns = [
    path("report/", correcting.report, name="correction-create"),
    path("consultations/", consultation_list.index, name="consultation-list"),
    path("consultations/<str:reference>/", reading.detail, name="consultation-detail"),
    path(
        "consultations/<str:reference>/sections/<str:key>/",
        reading.section,
        name="section-detail",
    ),
    path(
        "consultations/<str:reference>/compare/<int:a>/<int:b>/",
        comparing.detail,
        name="draft-compare",
    ),
    path(
        "consultations/<str:reference>/draft/<int:version>/",
        reading.draft,
        name="draft-detail",
    ),
    path(
        "consultations/<str:reference>/draft/<int:version>/print/",
        reading.draft_print,
        name="draft-print",
    ),
    path(
        "consultations/<str:reference>/comments/", comments.index, name="comment-list"
    ),
    path(
        "consultations/<str:reference>/comments.<str:ending>",
        exports.comments,
        name="comment-export",
    ),
    path(
        "consultations/<str:reference>/answers.<str:ending>",
        exports.answers,
        name="answer-export",
    ),
    path(
        "consultations/<str:reference>/comments/<str:comment>/",
        comments.detail,
        name="comment-detail",
    ),
    path(
        "consultations/<str:reference>/response/",
        answers.detail,
        name="response-detail",
    ),
    path(
        "consultations/<str:reference>/response/print/",
        answers.response_print,
        name="response-print",
    ),
    path(
        "attachments/<str:reference>/",
        attachments.download,
        name="attachment-download",
    ),
    path(
        "consultations/<str:reference>/comments/<str:comment>/flag/",
        commenting.flag,
        name="comment-flag",
    ),
    path(
        "consultations/<str:reference>/respond/",
        commenting.respond,
        name="submission-create",
    ),
    path(
        "consultations/<str:reference>/respond/print/",
        commenting.respond_print,
        name="submission-print",
    ),
    path(
        "consultations/<str:reference>/sent/", commenting.sent, name="submission-sent"
    ),
    path(
        "consultations/<str:reference>/joint/",
        workspaces.create,
        name="workspace-create",
    ),
    path("my/confirm/<str:token>/", private.confirm, name="submission-confirm"),
    path("my/comment/<str:token>/", private.detail, name="submission-detail"),
    path(
        "my/comment/<str:token>/edit/<str:comment>/", private.edit, name="comment-edit"
    ),
    path(
        "my/comment/<str:token>/withdraw/",
        private.withdraw,
        name="submission-withdraw",
    ),
    path("my/comment/<str:token>/receipt/", private.receipt, name="submission-receipt"),
    path("my/signature/<str:token>/", private.sign, name="cosignatory-confirm"),
    path("my/joint/<str:token>/", workspaces.detail, name="workspace-detail"),
    path("my/joint/<str:token>/send/", workspaces.send, name="workspace-send"),
    path("questions/", questions.index, name="question-list"),
    path("questions.csv", questions.export, name="question-export"),
    path("questions/<str:reference>/", questions.detail, name="question-detail"),
    path("ask/", asking.ask, name="question-create"),
    path("ask/sent/", asking.sent, name="question-sent"),
    path("alerts/", alerts.index, name="alert-index"),
    path("alerts/follow/", alerts.follow, name="alert-create"),
    path("alerts/sent/", alerts.sent, name="alert-sent"),
    path("my/alerts/confirm/<str:token>/", alerts.confirm, name="alert-confirm"),
    path("my/alerts/stop/<str:token>/", alerts.stop, name="alert-stop"),
    path("my/alerts/stop-all/<str:token>/", alerts.stop_all, name="alerts-stop"),
    path("my/alerts/<str:token>/", alerts.manage, name="alerts"),
    path("my/question/confirm/<str:token>/", asking.confirm, name="question-confirm"),
    path("my/question/<str:token>/", asking.mine, name="question-mine"),
    path(
        "my/question/<str:token>/withdraw/", asking.withdraw, name="question-withdraw"
    ),
]

if pdf.is_available():
    urlpatterns += [
        path(
            "consultations/<str:reference>/draft/<int:version>/draft.pdf",
            reading.draft_pdf,
            name="draft-pdf",
        ),
        path(
            "consultations/<str:reference>/response/response.pdf",
            answers.response_pdf,
            name="response-pdf",
        ),
    ]
