"""Questions to a holder: asked in public, answered in public, by a day.

It is about one commission, one decision, one commissioner or one barrier,
and belongs to the body that must answer. About a barrier somebody need not ask:
they may say how it was solved elsewhere. The clock starts on the day after the
asker confirmed it, so that time with a moderator counts too; the promise in
working days is the body's setting on that day, and stays.

Once a tender is open nobody knows who asks, and asking closes. Bidders must be treated
alike (Procurement Act 2023, section 12(2)): an asker is shown as “Bidder 7F3” only,
and every answer is there for everybody.
"""

from functools import cached_property

from django.db import models, transaction
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext, gettext_lazy

from commissions.commission.models import Commission
from commissions.decisions.models import Decision
from commissions.fields import DayField
from commissions.involvement.models import Barrier
from commissions.organisations.models import Organisation
from commissions.people.models import Commissioner, Post, Tenure
from commissions.record.models import Entry, Kind
from commissions.record.references import NotReady, Overtaken, new_short_reference
from commissions.text.formats import at_time
from consultations.comments.approval import (
    NOBODY_DECLINED,
    Changeable,
    Declinable,
    Sender,
    decided_by,
    digest,
    fingerprint,
    held,
    hold,
    new_salt,
    second_person,
)
from consultations.comments.models import CommentState
from consultations.comments.submissions import MOST_SHOWN, UNCONFIRMED_FOR
from consultations.comments.triggers import QUESTION_STEPS
from consultations.drafts.models import Draft
from consultations.questions.deadlines import AnswerCalendars, answer_deadline
from consultations.signed_links import PrivateLinkQuerySet, new_key

TENDERING = {"tender", "evaluation", "standstill", "contract"}
SHORTEST = 3  # hexadecimal digits; longer where two bidders would share a name


def is_tendering(commission):
    """Tell whether a commission is between its tender and its contract."""
    return commission is not None and commission.stage in TENDERING


def questions_close_at(commission):
    """Return when questions about the tender close: its ask-by date, else its end."""
    tender = getattr(commission, "tender", None)
    return tender and (tender.questions_close_at or tender.closes_at)


def check_questions_open(commission, at=None):
    """Raise NotReady where nobody here would answer, or the time to ask is over."""
    if commission and not commission.kept_here:
        raise NotReady(
            gettext(
                "What this portal shows about this comes only from notices. No one at "
                "{body} updates it here, so no one would answer. Its page gives the "
                "contact in the newest notice."
            ).format(body=commission.organisation.name)
        )
    if not is_tendering(commission):
        return
    closed = questions_close_at(commission)
    if closed and closed <= (at or timezone.now()):
        raise NotReady(
            gettext(
                "Questions about this tender closed at {time}. You can read every "
                "question asked before then, and the answers, on the page of the "
                "commission."
            ).format(time=at_time(closed))
        )


def bidder_pseudonym(commission, address_key, taken):
    """Return the name under which one address asks about one commission's tender.

    A digest keyed with the installation's secret and cut short: always the same
    for the same address and commission, and nothing can be computed back from
    it. `taken` maps the names in use on this commission to the address of each.
    """
    for name, whose in taken.items():
        if whose == address_key:
            return name
    text = f"{commission.reference} {address_key}"
    digest = salted_hmac("portal.bidder", text).hexdigest().upper()
    length = SHORTEST
    while f"Bidder {digest[:length]}" in taken:
        length += 1
    return f"Bidder {digest[:length]}"


def answer_gaps(question, text, changes_requirement, new_draft):
    """List, as sentences, what is missing before this can be a question's answer."""
    gaps = [] if text.strip() else ["Write the answer: everybody will read it."]
    if changes_requirement and not is_newer_draft(new_draft, question):
        gaps.append(
            "An answer that changes what is asked for must point to the new "
            "version: publish a draft with the change first, then choose it here."
        )
    return gaps


def is_newer_draft(draft, question):
    """Tell whether a version of the same commission came out after the asking."""
    commission = question.its_commission
    return bool(
        draft
        and commission
        and draft.specification.commission_id == commission.pk
        and draft.published_at
        and draft.published_at > question.confirmed_at
    )


class QuestionQuerySet(PrivateLinkQuerySet):
    """Questions by who may see them and whether they are answered."""

    def public(self):
        """Questions that everybody may read."""
        return self.filter(state=CommentState.PUBLISHED)

    def awaiting_moderation(self):
        """Questions that a moderator has yet to look at, oldest first.

        A public one waits where its asker asks for a change.
        """
        changing = Q(state=CommentState.PUBLISHED, pending_edit__isnull=False)
        waiting = self.filter(Q(state=CommentState.AWAITING) | changing)
        return waiting.order_by("stated_at", "pk")

    def readable_by_staff(self):
        """Questions whose askers confirmed them: of the others nobody reads a word."""
        return self.filter(confirmed_at__isnull=False)

    def waiting(self):
        """Public questions without an answer, oldest and so longest due first."""
        return (
            self.public()
            .filter(answered_at__isnull=True)
            .order_by("confirmed_at", "pk")
        )

    def about(self, thing):
        """Questions about one commission, decision, commissioner or barrier."""
        return self.filter(**{thing._meta.model_name: thing})

    def waiting_beside(self, one):
        """The others that the same address has yet to confirm, the oldest first."""
        waiting = self.filter(
            address_key=one.address_key,
            state=CommentState.UNCONFIRMED,
            erased_at__isnull=True,
        )
        return waiting.exclude(pk=one.pk).order_by("received_at", "pk")[:MOST_SHOWN]

    def lapsed(self, at=None):
        """Those not confirmed within seven days: to be erased."""
        return self.filter(
            confirmed_at__isnull=True,
            erased_at__isnull=True,
            received_at__lt=(at or timezone.now()) - UNCONFIRMED_FOR,
        )

    def by_token(self, purpose, token):
        """The one that a private link opens, unless erased."""
        return super().by_token(purpose, token).filter(erased_at__isnull=True)


SUBJECTS = ("commission", "decision", "commissioner", "barrier")
"""What a question can be about."""


def exactly_one_of(names):
    """Ask that one of these relations is set, and no other."""
    found = Q()
    for name in names:
        found |= Q(**{f"{other}__isnull": other != name for other in names})
    return found


CHECKING = gettext_lazy("[A moderator is checking this question]")
WORDS = ("title", "text")


class ApprovedQuestion:
    """What the public reads of a question: exactly what was approved."""

    def __init__(self, question):
        self.question = question

    @cached_property
    def is_unchanged(self):
        """Whether the question is as it was approved."""
        asked = self.question
        public = asked.state == CommentState.PUBLISHED
        return public and asked.words_sha256 == asked.words_fingerprint()

    @property
    def title(self):
        return self.question.title if self.is_unchanged else str(CHECKING)

    @property
    def text(self):
        return self.question.text if self.is_unchanged else ""

    @property
    def name(self):
        return self.question.approved_name

    @property
    def role(self):
        """Who is asking, as a code of Role; nothing of a bidder."""
        return "" if self.question.pseudonym else self.question.approved_role

    @property
    def answer(self):
        """The answer, with no other words than those it was given to."""
        asked = self.question
        answers = asked.answer_sha256 == asked.answer_fingerprint()
        return asked.answer_text if self.is_unchanged and answers else ""

    @property
    def is_changing(self):
        """Whether a change that its asker asks for is being checked."""
        return not self.is_unchanged or self.question.is_changing


class Question(Sender, Changeable):
    """A public question to whoever holds a commission or a decision, or to a person."""

    class DeclineReason(models.TextChoices):
        """Why a question is not published."""

        PERSONAL = "personal", gettext_lazy("It contains someone’s personal details")
        OWN_CASE = (
            "own_case",
            gettext_lazy("It is about one person’s own care or case"),
        )
        ABUSIVE = "abusive", gettext_lazy("It is abusive or threatening")
        UNLAWFUL = (
            "unlawful",
            gettext_lazy("It could be against the law to publish it"),
        )
        ADVERTISING = "advertising", gettext_lazy("It is advertising")
        UNRELATED = (
            "unrelated",
            gettext_lazy("It is not a question for the people responsible"),
        )
        DUPLICATE = (
            "duplicate",
            gettext_lazy("Someone has already asked the same question here"),
        )

    reference = models.CharField(
        max_length=20, unique=True, default=new_short_reference
    )
    commission = models.ForeignKey(
        Commission, models.PROTECT, null=True, blank=True, related_name="questions"
    )
    decision = models.ForeignKey(
        Decision, models.PROTECT, null=True, blank=True, related_name="questions"
    )
    commissioner = models.ForeignKey(
        Commissioner, models.PROTECT, null=True, blank=True, related_name="questions"
    )
    barrier = models.ForeignKey(
        Barrier, models.PROTECT, null=True, blank=True, related_name="questions"
    )
    body = models.ForeignKey(
        Organisation,
        models.PROTECT,
        related_name="questions",
        verbose_name="organisation that answers",
    )
    title = models.CharField(max_length=200)
    text = models.TextField()
    days = models.PositiveSmallIntegerField(
        default=10, help_text="Working days in which an answer was promised."
    )

    # Who asks, privately but for the name that is shown, and the link back.
    role = models.CharField(max_length=20, choices=Sender.Role, blank=True)
    pseudonym = models.CharField(
        max_length=80, blank=True, help_text="Instead of the name, during a tender."
    )
    email = models.EmailField(blank=True)
    address_key = models.CharField(max_length=40, blank=True, db_index=True)
    key = models.CharField(max_length=40, unique=True, default=new_key)
    salt = models.CharField(max_length=32, default=new_salt, blank=True, editable=False)
    received_at = models.DateTimeField(default=timezone.now)
    confirmed_at = models.DateTimeField(null=True, blank=True)
    words_sha256 = models.CharField(
        max_length=64,
        blank=True,
        editable=False,
        help_text="The words as they were approved, as a digest.",
    )
    edited_at = models.DateTimeField(null=True, blank=True)

    state = models.CharField(
        max_length=20, choices=CommentState, default=CommentState.UNCONFIRMED
    )
    stated_at = models.DateTimeField(default=timezone.now)
    decline_reason = models.CharField(max_length=20, choices=DeclineReason, blank=True)
    declined_by = decided_by()
    version = models.PositiveIntegerField(default=1)

    answer_text = models.TextField("answer", blank=True)
    answer_sha256 = models.CharField(
        max_length=64,
        blank=True,
        editable=False,
        help_text="The answer with the words it was given to, as a digest.",
    )
    answered_at = models.DateTimeField(null=True, blank=True)
    answered_by = models.ForeignKey(
        Post, models.PROTECT, null=True, blank=True, related_name="answers"
    )
    was_due_on = DayField(
        null=True, blank=True, help_text="The day it was due, when it was answered."
    )
    changes_requirement = models.BooleanField(default=False)
    new_draft = models.ForeignKey(
        Draft,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="changed_by_answers",
        help_text="The published version that holds the changed requirement.",
    )

    objects = QuestionQuerySet.as_manager()
    approved_parts = (*Sender.approved_parts, "pseudonym")
    body_path = "body"
    run_by = "consultations.change_question"
    noun = "question"
    removed = "Removed at the asker’s request"

    class Meta:
        verbose_name = "question to a holder"
        verbose_name_plural = "questions to holders"
        ordering = ["confirmed_at", "pk"]
        indexes = [
            models.Index(
                fields=["state", "confirmed_at", "id"], name="question_by_asking"
            ),
            models.Index(
                fields=["state", "answered_at", "id"], name="question_by_answer"
            ),
            models.Index(
                fields=["body", "state", "confirmed_at", "id"], name="question_by_body"
            ),
        ]
        constraints = [
            models.CheckConstraint(
                name="question_is_about_exactly_one_thing",
                condition=exactly_one_of(SUBJECTS),
                violation_error_message="Ask about one commission, one decision, one person "
                "or one barrier.",
            ),
            models.CheckConstraint(
                name="question_in_public_was_confirmed",
                condition=~Q(state__in=["awaiting", "published", "declined"])
                | Q(confirmed_at__isnull=False),
            ),
            models.CheckConstraint(
                name="question_answer_has_words_a_time_and_a_due_day",
                condition=Q(
                    answer_text="", answered_at__isnull=True, was_due_on__isnull=True
                )
                | (
                    ~Q(answer_text="")
                    & Q(answered_at__isnull=False, was_due_on__isnull=False)
                ),
                violation_error_message="Write the answer.",
            ),
            models.CheckConstraint(
                name="question_that_changes_the_requirement_points_to_it",
                condition=Q(changes_requirement=False) | Q(new_draft__isnull=False),
                violation_error_message="Choose the published version that holds the changed requirement.",
            ),
            models.CheckConstraint(
                name="question_declined_has_a_reason",
                condition=~Q(state="declined") | ~Q(decline_reason=""),
                violation_error_message="Choose why the question is not published.",
            ),
            models.CheckConstraint(
                name="question_in_public_was_approved",
                condition=~Q(state="published") | ~Q(words_sha256=""),
            ),
            second_person("question_is_declined_by_a_second_person"),
        ]

    def __str__(self):
        return f"Question {self.reference}"

    def get_absolute_url(self):
        """Return the address of its public page."""
        return reverse("consultations:question-detail", args=[self.reference])

    @property
    def record_name(self):
        return f"question/{self.reference}"

    @property
    def about(self):
        return self.commission or self.decision or self.commissioner or self.barrier

    @property
    def written_about(self):
        """What it is about, for the body that its asker says they speak for."""
        return self.about

    @property
    def record_about(self):
        """What it is about, as the record names it: of a person, the post alone."""
        if not self.commissioner_id:
            return self.about.record_name
        held = Tenure.objects.current().filter(commissioner=self.commissioner_id)
        tenure = held.filter(post__organisation=self.body_id).first()
        return (tenure.post if tenure else self.body).record_name

    @property
    def its_commission(self):
        """The commission it concerns: its own, or its decision's, if any."""
        return self.decision.commission if self.decision_id else self.commission

    @property
    def record_commission(self):
        """The reference of the commission it concerns, if any."""
        return self.its_commission.reference if self.its_commission else ""

    @property
    def holder(self):
        """The post or committee that must answer, where what it is about has one."""
        if self.commissioner_id or self.barrier_id:
            return None
        return self.about.post or self.about.committee

    @property
    def shown_name(self):
        """The name as its asker wishes it to be shown; of a bidder the code."""
        return self.pseudonym if self.is_bidder else super().shown_name

    @property
    def is_bidder(self):
        """Whether nobody may know who asks, since a tender is open."""
        return bool(self.pseudonym and not self.erased_at)

    @property
    def nameless(self):
        """What is shown in place of a name that is not."""
        return self.pseudonym or Sender.nameless

    @property
    def shown_role(self):
        """Who is asking, as a code of Role; nothing of a bidder."""
        return "" if self.pseudonym else self.role

    @cached_property
    def approved(self):
        """What the public reads of it; each channel shows this and nothing else."""
        return ApprovedQuestion(self)

    @property
    def asked_on(self):
        """The day it was asked: when the asker confirmed it, in London."""
        return timezone.localdate(self.confirmed_at)

    @property
    def answered_on(self):
        """The day it was answered, in London; None until then."""
        return self.answered_at and timezone.localdate(self.answered_at)

    def digest(self, text):
        """Return the salted digest that is on the record for some words."""
        return digest(text, bytes.fromhex(self.salt))

    def words_fingerprint(self):
        """Return the digest of the words that are approved."""
        return fingerprint(self.salt, self.title, self.text)

    def answer_fingerprint(self, answer=None):
        """Return the digest of an answer with the words that it is given to."""
        answer = self.answer_text if answer is None else answer
        return fingerprint(self.salt, self.title, self.text, answer)

    def deadline(self, calendars=None):
        """Return the day an answer is due, by the table of holidays."""
        return answer_deadline(
            self.asked_on, self.body.nation, self.days, calendars or AnswerCalendars()
        )

    def move(self, to, kind, *, by, at=None, since=None, facts=None, **fields):
        """Go to a state, or stay (None), if nobody was first; put it on the record.

        Raises Overtaken, saying what the other person did, where it is no longer as
        this object was read, or there is no such step. The database refuses it too.
        """
        now = at or timezone.now()
        possible = to is None or to in QUESTION_STEPS[self.state]
        with transaction.atomic():
            unmoved = Question.objects.filter(
                pk=self.pk,
                state=self.state,
                version=self.version,
                erased_at__isnull=True,
            )
            if not possible or not unmoved.update(
                state=to or self.state,
                stated_at=since or now,
                version=self.version + 1,
                **fields,
            ):
                raise self.overtaken()
            if kind:
                Entry.objects.append(
                    kind,
                    self,
                    by=by,
                    at=at,
                    about=self.record_about,
                    organisation=self.body.record_name,
                    **(facts or {}),
                )
        self.reread()

    def overtaken(self):
        """Return the refusal that says what the other person did."""
        self.reread()
        return Overtaken(
            self.changed_meanwhile().format(state=self.get_state_display().lower())
        )

    def changed_meanwhile(self):
        """Say that somebody was first, with a place for the state it is now in."""
        if self.answered_at:
            return gettext(
                "Someone else was first. This question is now “{state}” and answered."
            )
        return gettext("Someone else was first. This question is now “{state}”.")

    def hold(self):
        """Hold the question as it was read; raises Overtaken."""
        as_read = {"pk": self.pk, "state": self.state, "version": self.version}
        if not hold(Question.objects.filter(**as_read)):
            raise self.overtaken()

    def require_public_or_awaiting(self):
        """Raise Overtaken where a moderator has nothing left to decide."""
        if self.state not in (CommentState.AWAITING, CommentState.PUBLISHED):
            raise Overtaken(f"This question is “{self.get_state_display().lower()}”.")

    @held
    def confirm(self, *, pseudonym="", at=None):
        """Hold it for a moderator, confirmed by its asker; the clock starts.

        The promise is the body's on this day. Raises Overtaken.
        """
        self.move(
            CommentState.AWAITING,
            None,
            by="asker",
            at=at,
            confirmed_at=at or timezone.now(),
            days=self.body.question_days,
            pseudonym=pseudonym,
        )

    @held
    def publish(self, *, by, at=None):
        """Show the question in public, as it is now: that is what is approved.

        The asker's name is approved with it, unless it is withheld. Raises Overtaken.
        """
        if self.state not in (CommentState.AWAITING, CommentState.DECLINED):
            raise Overtaken(f"This question is “{self.get_state_display().lower()}”.")
        with transaction.atomic():
            self.approve()
            self.move(
                CommentState.PUBLISHED,
                Kind.QUESTION_PUBLISHED,
                by=by,
                at=at,
                facts={
                    "sha256": self.digest(f"{self.title}\n{self.text}"),
                    "asked_on": self.asked_on.isoformat(),
                    "due_on": self.deadline().on.isoformat(),
                },
                words_sha256=self.words_fingerprint(),
                **NOBODY_DECLINED,
            )

    @held
    def decline(self, *, reason, words, by, at=None, person=None):
        """Do not publish it, or no longer, for a reason from the list and in words.

        `person` is the account that declines it. Raises NotReady where the words are
        missing, Overtaken.
        """
        self.check_declining(words, person)
        self.require_public_or_awaiting()
        with transaction.atomic():
            QuestionEdit.objects.filter(question=self).delete()
            self.move(
                CommentState.DECLINED,
                Kind.QUESTION_DECLINED,
                by=by,
                at=at,
                facts={"reason": reason},
                decline_reason=reason,
                decline_words=words,
                declined_by=person,
            )

    @held
    def propose_declining(self, *, reason, words, person):
        """Keep why somebody who has to answer it would not publish it.

        The question stays where it is until a second person decides.
        """
        self.check_declining(words, None)
        self.require_public_or_awaiting()
        self.move(
            None,
            None,
            by=person,
            since=self.stated_at,
            decline_reason=reason,
            decline_words=words,
            decline_proposed_by=person,
        )

    @held
    def withdraw(self, *, at=None):
        """Withdraw it, as its asker wishes, while nobody has answered it.

        Raises NotReady once it is answered: others rely on the answer.
        """
        if self.answered_at:
            raise NotReady(
                gettext(
                    "You cannot withdraw this question, because it is answered and "
                    "other people use the answer. You can ask us to erase your name "
                    "and your words."
                )
            )
        if self.state == CommentState.WITHDRAWN:
            return
        public = self.state == CommentState.PUBLISHED
        with transaction.atomic():
            QuestionEdit.objects.filter(question=self).delete()
            self.move(
                CommentState.WITHDRAWN,
                Kind.QUESTION_WITHDRAWN if public else None,
                by="asker",
                at=at,
            )

    @property
    def can_change(self):
        """Whether its asker can change the words: until it is answered."""
        waits = self.state in (CommentState.AWAITING, CommentState.PUBLISHED)
        return waits and not self.answered_at and not self.erased_at

    @held
    def edit(self, *, title, text, at=None):
        """Change the words before there is an answer; what was approved stays public.

        A change of a public question waits for a moderator; the same words as now
        take an earlier change back. Raises NotReady once it is answered, Overtaken.
        """
        if not self.can_change:
            raise NotReady(
                gettext(
                    "You cannot change this question, because it is answered or "
                    "no longer shown."
                )
            )
        words, now = {"title": title, "text": text}, at or timezone.now()
        with transaction.atomic():
            QuestionEdit.objects.filter(question=self).delete()
            kept = {}
            if self.state == CommentState.AWAITING:
                kept = {**words, "edited_at": now}
            elif words != {name: getattr(self, name) for name in WORDS}:
                QuestionEdit.objects.create(question=self, asked_at=now, **words)
            self.move(None, None, by="asker", at=at, since=self.stated_at, **kept)

    @held
    def approve_edit(self, *, by, at=None):
        """Publish the change that its asker asks for; raises Overtaken."""
        asked = self.edit_asked_for()
        with transaction.atomic():
            self.title, self.text = asked.title, asked.text
            self.move(
                None,
                Kind.QUESTION_EDITED,
                by=by,
                at=at,
                since=self.stated_at,
                facts={"sha256": self.digest(f"{self.title}\n{self.text}")},
                title=self.title,
                text=self.text,
                words_sha256=self.words_fingerprint(),
                edited_at=asked.asked_at,
            )
            asked.delete()
        self.reread()

    @held
    def answer(self, text, *, by, changes_requirement=False, new_draft=None, at=None):
        """Answer it in public, once. The day it was due on is kept with the answer.

        It answers the words that are public: a change that waits is dropped. Raises
        NotReady with a sentence for each thing missing; Overtaken where it is answered
        already, no longer public, or no longer as it was approved.
        """
        if gaps := answer_gaps(self, text, changes_requirement, new_draft):
            raise NotReady(*gaps)
        if self.answered_at or not self.approved.is_unchanged:
            raise Overtaken("This question is answered already, or not public.")
        due_on = self.deadline().on
        now = at or timezone.now()
        with transaction.atomic():
            QuestionEdit.objects.filter(question=self).delete()
            self.move(
                None,
                Kind.QUESTION_ANSWERED,
                by=by,
                at=at,
                facts={
                    "sha256": self.digest(text),
                    "due_on": due_on.isoformat(),
                    "answered_on": timezone.localdate(now).isoformat(),
                    "changed": new_draft.record_name if changes_requirement else "",
                },
                answer_text=text,
                answer_sha256=self.answer_fingerprint(text),
                answered_at=now,
                answered_by=by if isinstance(by, Post) else None,
                was_due_on=due_on,
                changes_requirement=changes_requirement,
                new_draft=new_draft if changes_requirement else None,
            )


class QuestionEdit(Declinable):
    """A change of a public question that its asker asks for.

    Nobody but moderators and its asker reads it until it is approved.
    """

    question = models.OneToOneField(
        Question, models.CASCADE, related_name="pending_edit"
    )
    title = models.CharField(max_length=200)
    text = models.TextField()
    asked_at = models.DateTimeField(default=timezone.now)

    def __str__(self):
        return f"change of question {self.question_id}"
