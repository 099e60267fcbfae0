"""Who decides: posts, the people in them, and committees; and whose name may be shown.

The one rule of names, which every page, file, feed and mail asks: the person in a
post is named where the post decides, or where they agreed to it (`Tenure.is_named`,
`Tenure.objects.named()`); the members of a committee are named (SI 2012/2089
regulation 9). Anybody else's name is nowhere (`Commissioner.objects.named()`).
"""

from django.core.validators import FileExtensionValidator
from django.db import models, transaction
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone

from commissions.fields import DayField
from commissions.organisations.models import Organisation
from commissions.record.models import Entry, Kind
from commissions.record.references import NotReady


class CommissionerQuerySet(models.QuerySet):
    """People, by whether their names are public."""

    def named(self, on=None):
        """People whose names may be shown on a day (today, unless said).

        Those who hold a decision-level post, sit on a committee (whose members
        SI 2012/2089 reg 9 names), or have agreed to be named.
        """
        theirs = {"commissioner": models.OuterRef("pk")}
        deciding = Tenure.objects.current(on).filter(post__is_decision_level=True)
        sitting = CommitteeMember.objects.current(on)
        return self.filter(
            Q(name_consent_on__isnull=False)
            | models.Exists(deciding.filter(**theirs))
            | models.Exists(sitting.filter(**theirs))
        )


class Commissioner(models.Model):
    """A person who decides what is commissioned.

    The name is public while the person holds a decision-level post or sits on
    a committee, or with their recorded consent; otherwise pages show the post.
    Only working-life details are kept: no home address, no personal phone.
    """

    name = models.CharField(max_length=200)
    slug = models.SlugField(max_length=200, unique=True)
    photo = models.ImageField(
        upload_to="commissioners/",
        blank=True,
        validators=[FileExtensionValidator(["jpg", "jpeg", "png", "webp"])],
        help_text="A JPEG, PNG or WebP picture. Where it was taken is not kept.",
    )
    statement = models.TextField(
        blank=True, help_text="What they want people to know, in their own words."
    )
    interests = models.TextField(
        blank=True, help_text="Declared interests. Write “None declared” if so."
    )
    name_consent_on = DayField(
        null=True,
        blank=True,
        help_text="When they agreed to be named, if their post does not require it.",
    )
    hide_from_search_engines = models.BooleanField(default=False)
    confirmed_on = DayField("details last confirmed", null=True, blank=True)
    user = models.OneToOneField(
        "auth.User",
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="commissioner",
        help_text="The account with which they sign in, if they have one.",
    )

    objects = CommissionerQuerySet.as_manager()

    class Meta:
        ordering = ["name"]

    def __str__(self):
        return self.name

    def get_absolute_url(self):
        """Return the address of their public page."""
        return reverse("commissions:commissioner-detail", args=[self.slug])

    @property
    def photo_url(self):
        """The address of their photo, or nothing."""
        return self.photo.url if self.photo else ""


class PostQuerySet(models.QuerySet):
    """Posts, with the person in each."""

    def with_holder(self):
        """Fetch each post with organisation, deputy, and the person in either."""
        posts = self.select_related("organisation", "deputy").annotate(
            last_held=models.Max("tenures__ended_on")
        )
        return posts.prefetch_related(
            models.Prefetch(
                "tenures",
                Tenure.objects.current().select_related("commissioner"),
                to_attr="current_tenures",
            ),
            models.Prefetch(
                "deputy__tenures",
                Tenure.objects.current().select_related("commissioner"),
                to_attr="current_tenures",
            ),
        )

    def vacant(self, on=None):
        """Posts that nobody holds on a day (today, unless said)."""
        held = Tenure.objects.current(on).filter(post=models.OuterRef("pk"))
        return self.filter(~models.Exists(held), ended_on__isnull=True)


class Post(models.Model):
    """A position that can hold decisions, whoever is in it (Popolo post)."""

    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="posts")
    title = models.CharField(max_length=200)
    slug = models.SlugField(max_length=200)
    team = models.CharField(max_length=200, blank=True)
    may_decide = models.TextField(
        blank=True, help_text="What this post may decide, in plain words."
    )
    ceiling = models.DecimalField(
        max_digits=16,
        decimal_places=2,
        null=True,
        blank=True,
        help_text="The most it may commit in one decision: pounds, excluding VAT. "
        "Leave empty if there is no limit in pounds.",
    )
    statutory_basis = models.CharField(
        max_length=300,
        blank=True,
        help_text="The law or scheme of delegation that gives it this power.",
    )
    is_decision_level = models.BooleanField(
        default=True,
        help_text="Whoever holds it is named in public, because of what it decides.",
    )
    mailbox = models.EmailField(
        blank=True, help_text="A role mailbox that outlives the person."
    )
    phone = models.CharField(max_length=50, blank=True)
    postal_address = models.TextField(blank=True)
    deputy = models.ForeignKey(
        "self",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="deputises_for",
        help_text="The post that covers when this one is vacant.",
    )
    created_on = DayField(default=timezone.localdate)
    ended_on = DayField(null=True, blank=True)

    objects = PostQuerySet.as_manager()

    class Meta:
        ordering = ["organisation__name", "title"]
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "slug"],
                name="post_slug_is_unique_in_its_organisation",
            ),
            models.CheckConstraint(
                name="post_is_not_its_own_deputy",
                condition=Q(deputy__isnull=True) | ~Q(deputy=F("id")),
                violation_error_message="A post cannot be its own deputy. Choose another post.",
            ),
            models.CheckConstraint(
                name="post_ceiling_is_not_negative",
                condition=Q(ceiling__isnull=True) | Q(ceiling__gte=0),
                violation_error_message="The ceiling must be nothing or more, in pounds.",
            ),
        ]

    def __str__(self):
        return f"{self.title}, {self.organisation}"

    @property
    def record_name(self):
        return f"post/{self.organisation.slug}/{self.slug}"

    @property
    def tenure(self):
        """The present tenure, or None where the post is vacant.

        Costs nothing after `with_holder()`.
        """
        if not hasattr(self, "current_tenures"):
            self.current_tenures = list(
                self.tenures.current().select_related("commissioner")
            )
        return self.current_tenures[0] if self.current_tenures else None

    @property
    def named_person(self):
        """The person in the post, where their name may be shown; else None."""
        tenure = self.tenure
        return tenure.commissioner if tenure and tenure.is_named else None

    @property
    def vacant_since(self):
        """The day the post fell vacant, or None while somebody holds it."""
        if self.tenure:
            return None
        if not hasattr(self, "last_held"):
            self.last_held = self.tenures.aggregate(day=models.Max("ended_on"))["day"]
        return self.last_held or self.created_on

    def forget_tenures(self):
        """Read the tenures afresh next time."""
        self.__dict__.pop("current_tenures", None)
        self.__dict__.pop("last_held", None)

    def take(self, commissioner, *, on, by, at=None):
        """Put a person in a vacant post from a day."""
        with transaction.atomic():
            tenure = Tenure(post=self, commissioner=commissioner, started_on=on)
            tenure.full_clean()
            tenure.save()
            Entry.objects.append(Kind.POST_TAKEN, self, by=by, at=at, on=on.isoformat())
        self.forget_tenures()
        return tenure

    def vacate(self, *, on, by, at=None):
        """End the present tenure on a day; the post is vacant from then."""
        with transaction.atomic():
            tenure = self.tenures.get(ended_on__isnull=True)
            tenure.ended_on = on
            tenure.full_clean()
            tenure.save(update_fields=["ended_on"])
            Entry.objects.append(
                Kind.POST_VACATED, self, by=by, at=at, on=on.isoformat()
            )
        self.forget_tenures()
        return tenure


class MembershipQuerySet(models.QuerySet):
    """Times in a post or on a committee, by when."""

    def current(self, on=None):
        """Those that run on a day (today, unless said): begun, and not ended by then."""
        on = on or timezone.localdate()
        return self.filter(
            Q(ended_on__isnull=True) | Q(ended_on__gt=on), started_on__lte=on
        )


class TenureQuerySet(MembershipQuerySet):
    """Tenures by when, and by whether their person is named."""

    def naming(self):
        """Tenures whose person is named while they run."""
        return self.filter(
            Q(post__is_decision_level=True)
            | Q(commissioner__name_consent_on__isnull=False)
        )

    def named(self):
        """Tenures, past ones too, in which the person may be named today."""
        named = Commissioner.objects.named().filter(pk=models.OuterRef("commissioner"))
        return self.naming().filter(models.Exists(named))


class Tenure(models.Model):
    """One person's time in one post (Popolo membership).

    `ended_on` is the first day on which they no longer hold it.
    """

    post = models.ForeignKey(Post, models.PROTECT, related_name="tenures")
    commissioner = models.ForeignKey(
        Commissioner, models.PROTECT, related_name="tenures"
    )
    started_on = DayField()
    ended_on = DayField(null=True, blank=True)

    objects = TenureQuerySet.as_manager()

    class Meta:
        ordering = ["-started_on"]
        constraints = [
            models.CheckConstraint(
                name="tenure_ends_after_it_starts",
                condition=Q(ended_on__isnull=True) | Q(ended_on__gt=F("started_on")),
                violation_error_message="A person must leave a post after they take it up.",
            ),
            models.UniqueConstraint(
                fields=["post"],
                condition=Q(ended_on__isnull=True),
                name="post_is_held_by_one_person_at_a_time",
                violation_error_message="Somebody holds this post already. End their time in it first.",
            ),
        ]

    def __str__(self):
        return f"{self.commissioner} as {self.post.title}"

    @property
    def is_named(self):
        """Whether the person may be named in this post while they are in it."""
        return bool(self.post.is_decision_level or self.commissioner.name_consent_on)


class Committee(models.Model):
    """A body with members that decides together."""

    organisation = models.ForeignKey(
        Organisation, models.PROTECT, related_name="committees"
    )
    name = models.CharField(max_length=200)
    slug = models.SlugField(max_length=200, unique=True)
    may_decide = models.TextField(
        blank=True, help_text="What it may decide, in plain words."
    )
    mailbox = models.EmailField(blank=True)
    phone = models.CharField(max_length=50, blank=True)
    postal_address = models.TextField(blank=True)
    members = models.ManyToManyField(
        Commissioner, through="CommitteeMember", related_name="committees"
    )

    class Meta:
        ordering = ["name"]

    def __str__(self):
        return self.name

    @property
    def record_name(self):
        return f"committee/{self.slug}"


class CommitteeMember(models.Model):
    """A person's place on a committee."""

    committee = models.ForeignKey(Committee, models.CASCADE, related_name="memberships")
    commissioner = models.ForeignKey(
        Commissioner, models.PROTECT, related_name="memberships"
    )
    role = models.CharField(
        max_length=100, blank=True, help_text="Chair, vice-chair; empty for a member."
    )
    started_on = DayField()
    ended_on = DayField(null=True, blank=True)

    objects = MembershipQuerySet.as_manager()

    class Meta:
        ordering = ["committee", "commissioner__name"]
        constraints = [
            models.CheckConstraint(
                name="committee_member_leaves_after_joining",
                condition=Q(ended_on__isnull=True) | Q(ended_on__gt=F("started_on")),
                violation_error_message="A member must leave a committee after joining it.",
            ),
            models.UniqueConstraint(
                fields=["committee", "commissioner"],
                condition=Q(ended_on__isnull=True),
                name="person_sits_once_on_a_committee",
                violation_error_message="This person already sits on this committee.",
            ),
        ]

    def __str__(self):
        return f"{self.commissioner} on {self.committee}"


# Confirming one's details: the person says that what is shown of them is right.


def holds_now(person):
    """Return the post that a person holds, else the committee they sit on, or None."""
    tenure = Tenure.objects.current().filter(commissioner=person).first()
    if tenure:
        return tenure.post
    seat = CommitteeMember.objects.filter(
        commissioner=person, ended_on__isnull=True
    ).first()
    return seat and seat.committee


def confirm_details(person, *, by, at=None):
    """Note that a person confirmed their details today, and put it on the record.

    Raises NotReady where they hold no post and sit on no committee: nothing
    of theirs is shown then.
    """
    held = holds_now(person)
    if held is None:
        raise NotReady(
            "You hold no post and sit on no committee now, so there is nothing to confirm."
        )
    on = timezone.localdate(at)
    with transaction.atomic():
        Commissioner.objects.filter(pk=person.pk).update(confirmed_on=on)
        Entry.objects.append(
            Kind.DETAILS_CONFIRMED, held, by=by, at=at, on=on.isoformat()
        )
    person.confirmed_on = on
