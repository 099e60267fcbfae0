"""The form of a commission, in the order in which a person thinks about it."""

from django import forms
from django.utils import timezone

from commissions.desk.base import VersionedForm, check_plausible
from commissions.law.lifecycle import BEFORE_TENDER
from commissions.law.lifecycle.stages import has_standstill
from commissions.models import Commission

FIELDSETS = [
    (
        "What and why",
        {
            "description": "Write for a resident who has never heard of "
            "commissioning. A title and a lead organisation are enough to save a draft.",
            "fields": ["title", "summary", "need", "outcomes"],
        },
    ),
    (
        "What it changes, and for whom",
        {"fields": ["changes_for", "equality_impact", "equality_impact_url", "tupe"]},
    ),
    (
        "Who holds this",
        {
            "description": "One post or one committee holds it. Its name, its people "
            "and how to reach them stand at the top of the public page.",
            "fields": ["organisation", "post", "committee", "held_since", "partners"],
        },
    ),
    (
        "What is fixed, and what is still open",
        {"fields": ["fixed", "still_open", "unknowns", "rung"]},
    ),
    (
        "How much, and for how long",
        {
            "description": "A range is fine. Leave empty what you do not know.",
            "fields": [
                ("value_min", "value_max", "value_vat"),
                "funding",
                ("starts_on", "ends_on"),
                "extension",
            ],
        },
    ),
    (
        "In Welsh",
        {
            "description": "If your body writes in both languages. The Welsh pages "
            "then show these words in place of the English.",
            "classes": ["collapse"],
            "fields": ["welsh_title", "welsh_summary", "welsh_need"],
        },
    ),
    (
        "Which rules",
        {"fields": ["regime", "light_touch", "route"]},
    ),
    (
        "What about, and where",
        {"fields": ["topic", "services", "areas", "replaces", "version"]},
    ),
]
HOLDER = ("post", "committee", "held_since")
FIXED = (
    "The choice of a provider has begun under the law stated, so it stays. If it is "
    "wrong, call this off and begin again, or confirm a notice that states another."
)
LIGHTER = (
    "The choice of a provider has begun under rules with a standstill, so this cannot "
    "become a route, or a light touch, without one."
)


class CommissionForm(VersionedForm):
    """All that is said about a commission; saving a draft needs only a title."""

    class Meta:
        model = Commission
        fields = "__all__"
        widgets = {
            name: forms.Textarea(attrs={"rows": rows})
            for name, rows in {
                "summary": 3,
                "need": 4,
                "welsh_summary": 3,
                "welsh_need": 4,
                "outcomes": 4,
                "changes_for": 4,
                "equality_impact": 4,
                "fixed": 3,
                "still_open": 3,
                "unknowns": 3,
                "funding": 2,
            }.items()
        } | {"title": forms.TextInput(attrs={"class": "vTextField"})}
        labels = {
            "summary": "In short",
            "need": "The need",
            "outcomes": "Outcomes sought",
            "changes_for": "Who it changes things for",
            "fixed": "What is fixed",
            "still_open": "What is still open",
            "unknowns": "What you do not know yet",
            "funding": "Where the money comes from",
            "regime": "Which law applies",
            "route": "How a provider is chosen",
        }
        help_texts = {
            "title": "What it is, in up to ten words: “Home care in Eastmarsh”.",
            "organisation": "The public body that leads.",
            "post": "A post with a person in it. Type part of its title.",
            "committee": "Only if a committee decides, in place of a post.",
            "held_since": "Left empty, it is today.",
            "partners": "Other bodies that decide or pay with you.",
            "services": "The services that this is about, if they are listed.",
            "areas": "Where it applies.",
            "topic": "What residents would look for it under.",
        }

    def clean(self):
        """Date a new holder from today, unless said. A public one is handed over."""
        cleaned = super().clean()
        check_plausible(self)
        self.keep_the_law(cleaned)
        if "post" not in self.fields:
            return cleaned
        held = cleaned.get("post") or cleaned.get("committee")
        handed_over = {"post", "committee"} & set(self.changed_data)
        if held and handed_over and "held_since" not in self.changed_data:
            cleaned["held_since"] = timezone.localdate()
        if not held:
            cleaned["held_since"] = None
        return cleaned

    def keep_the_law(self, said):
        """Refuse another law, or a lighter one, once a provider is looked for.

        The gates were asked by the law of that time: to change it would be a way
        round them. A law that nobody had stated may be stated.
        """
        kept = self.instance
        if not kept.published_at or kept.stage in BEFORE_TENDER:
            return
        if kept.regime == "not_stated" or not {"regime", "route"} <= said.keys():
            return
        if said["regime"] != kept.regime:
            self.add_error("regime", FIXED)
        elif stands_still(kept.regime, kept.route, kept.light_touch) and not (
            stands_still(said["regime"], said["route"], said["light_touch"])
        ):
            self.add_error("route", LIGHTER)


def stands_still(regime, route, light_touch):
    """Tell whether a contract has to wait for a standstill under such a law."""
    return has_standstill(regime, route, light_touch=light_touch)
