"""Entering an exemption from a gate: a public act, looked at afterwards and kept."""

from django import forms
from django.contrib import admin

from commissions.desk.base import NoDelete, PortalAdmin, acting_as
from commissions.models import Commission, Exemption, Post

GROUNDS = {
    "Direct award under the Procurement Act": (
        "Procurement Act 2023, section 41 and Schedule 5, paragraphs 5 and 6 (single supplier)",
        "Procurement Act 2023, section 41 and Schedule 5, paragraphs 13 and 14 (urgency)",
        "Procurement Act 2023, section 42 (to protect life, health or public order)",
        "Procurement Act 2023, section 43 (no suitable tender was received)",
    ),
    "NHS Provider Selection Regime": (
        "Health Care Services (Provider Selection Regime) Regulations 2023, regulation 7 (Direct Award Process A)",
        "Health Care Services (Provider Selection Regime) Regulations 2023, regulation 8 (Direct Award Process B)",
        "Health Care Services (Provider Selection Regime) Regulations 2023, regulation 9 (Direct Award Process C)",
        "Health Care Services (Provider Selection Regime) Regulations 2023, regulation 14 (urgent award)",
    ),
    "Decisions of a council’s executive": (
        "SI 2012/2089, regulation 10 (general exception: 5 clear days’ notice)",
        "SI 2012/2089, regulation 11 (special urgency)",
    ),
    "Begun before this portal": (
        "Public Contracts Regulations 2015: the contract was made before this portal was used",
    ),
}
ANOTHER = "another"


class ExemptionForm(forms.ModelForm):
    """Which gate, by what law, why, and who approves it."""

    ground = forms.ChoiceField(
        label="Legal ground",
        choices=[
            ("", "Choose"),
            *((group, [(law, law) for law in laws]) for group, laws in GROUNDS.items()),
            (ANOTHER, "Another law: say which below"),
        ],
    )
    another_ground = forms.CharField(
        label="Another law",
        required=False,
        max_length=300,
        widget=forms.TextInput(attrs={"class": "vTextField"}),
        help_text="Only if it is not in the list: the Act or regulation, and the section.",
    )

    class Meta:
        model = Exemption
        fields = ["commission", "gate", "reason", "approver"]
        labels = {"gate": "Which gate it passes", "approver": "Post that approves it"}
        widgets = {"reason": forms.Textarea(attrs={"rows": 4})}

    def clean(self):
        """Take the ground chosen, or the one written; the model asks for it."""
        cleaned = super().clean()
        chosen, written = cleaned.get("ground"), cleaned.get("another_ground", "")
        if chosen == ANOTHER and not written.strip():
            self.add_error("another_ground", "Name the law that allows it.")
        self.instance.legal_ground = written if chosen == ANOTHER else chosen or ""
        return cleaned

    def enter(self, *, by):
        """Put it on the record."""
        return Exemption.enter(
            self.cleaned_data["commission"],
            gate=self.cleaned_data["gate"],
            legal_ground=self.instance.legal_ground,
            reason=self.cleaned_data["reason"],
            approver=self.cleaned_data["approver"],
            by=by,
        )


@admin.register(Exemption)
class ExemptionAdmin(NoDelete, PortalAdmin):
    """Enter one; then it is on the record and stays as it is."""

    form = ExemptionForm
    list_display = ["commission", "gate", "legal_ground", "approver", "entered_at"]
    list_select_related = ["commission", "approver"]
    search_fields = ["commission__title", "commission__reference", "legal_ground"]
    autocomplete_fields = ["commission", "approver"]
    actions = None

    def get_fields(self, request, obj=None):
        """Ask in the order one thinks; show what was entered afterwards."""
        if obj:
            return [
                "commission",
                "gate",
                "legal_ground",
                "reason",
                "approver",
                "entered_at",
            ]
        return ["commission", "gate", "ground", "another_ground", "reason", "approver"]

    def has_change_permission(self, request, obj=None):
        """Refuse, whoever asks: it is on the record."""
        return False

    def get_changeform_initial_data(self, request):
        """Begin with the post that the person signed in holds."""
        initial = super().get_changeform_initial_data(request)
        post = acting_as(request.user)
        return {"approver": post, **initial} if isinstance(post, Post) else initial

    def save_model(self, request, obj, form, change):
        """Enter it by its verb."""
        obj.pk = form.enter(by=acting_as(request.user)).pk

    def view_on_site(self, obj):
        """Lead to the page where the public sees it."""
        commission = Commission.objects.get(pk=obj.commission_id)
        return commission.get_absolute_url() if commission.published_at else None
