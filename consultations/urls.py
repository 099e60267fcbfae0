"""The addresses of drafts, consultations and comments.

Public paths use references and a section's permanent key. Private ones, under
`my/`, carry a signed random key and name nobody.
"""

from django.urls import path

from consultations.views import commenting, private, reading, workspaces

app_name = "consultations"

urlpatterns = [
    path("consultations/", reading.index, name="consultation-list"),
    path("consultations/<str:reference>/", reading.detail, name="consultation-detail"),
    path(
        "consultations/<str:reference>/sections/<str:key>/",
        reading.section,
        name="section-detail",
    ),
    path(
        "consultations/<str:reference>/compare/<int:a>/<int:b>/",
        reading.compare,
        name="draft-compare",
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
]
