"""How a notice comes to be recorded: only after its platform has published it."""

from django.db import IntegrityError, models, transaction
from django.utils import timezone

from commissions.law.notices import NOTICE_TYPES, Filed, problems
from commissions.law.notices_due import last_day
from commissions.organisations.models import Organisation
from commissions.procurement.notice_facts import last_day_of
from commissions.record.exceptions import NotReady, Overtaken
from commissions.record.models import Entry, Kind


class Recorded(models.Model):
    """The part of a notice that refuses it, or records it with its last lawful day."""

    class Meta:
        abstract = True

    @classmethod
    def refusals(cls, about, now=None, **filed):
        """Return why a notice cannot be recorded, as sentences by field.

        `about` is a commission or an organisation. `filed` are code, title,
        platform, reference, url and published_at.
        """
        now = now or timezone.now()
        if isinstance(about, Organisation):
            return cls.refusals_of_a_body(about, now, **filed)
        return cls.refusals_of_a_commission(about, now, **filed)

    @classmethod
    def refusals_of_a_body(cls, organisation, now, **filed):
        """Return why an organisation's own notice cannot be recorded."""
        found = problems(Filed(is_of_a_body=True, **filed), (), now)
        if organisation.kind == Organisation.Kind.PROVIDER:
            found["code"] = "A provider owes no such notice: only a public body does."
        return found

    @classmethod
    def refusals_of_a_commission(cls, commission, now, **filed):
        """Return why a notice about a commission cannot be recorded."""
        others = commission.notices.exclude(code="")
        asked = Filed(
            regime=commission.regime,
            route=commission.route,
            light_touch=commission.light_touch,
            **filed,
        )
        found = problems(asked, others.values_list("code", "published_at"), now)
        if not commission.published_at:
            found["code"] = (
                "Publish the intention first: a notice is shown on the commission’s "
                "public page."
            )
        return found

    @classmethod
    def publish(
        cls,
        about,
        *,
        code,
        platform,
        reference,
        url,
        published_at,
        by,
        title="",
        ocid="",
        contact=(),
        at=None,
    ):
        """Record a notice that its platform has published, and show it.

        `about` is a commission, or an organisation whose own notice it is.
        `reference` is the platform's own, `published_at` its time. `ocid` is
        the platform's identifier for the procurement, where that is known;
        else the commission's own stands. `contact` is the name, email address
        and telephone that the notice itself gives (SI 2024/692 regulation
        13(f)); the record holds none of it, but the day by which the law wanted
        the notice, as it could be counted when it was recorded.

        Raises NotReady with a sentence for each thing that is amiss, and
        Overtaken where the notice is recorded already.
        """
        filed = {
            "code": code,
            "title": title,
            "platform": platform.strip(),
            "reference": reference.strip(),
            "url": url.strip(),
            "published_at": published_at,
        }
        if amiss := cls.refusals(about, at, **filed):
            raise NotReady(*amiss.values())
        known = cls.objects.filter(
            platform=filed["platform"], release_id=filed["reference"]
        )
        name, email, phone = [*contact, "", "", ""][:3]
        notice = cls(
            **cls.place(about, ocid),
            release_id=filed.pop("reference"),
            tags=",".join(NOTICE_TYPES[code].first_tags) if code else "",
            contact_name=name,
            contact_email=email,
            contact_phone=phone,
            **filed,
        )
        if there := known.select_related("commission", "organisation").first():
            raise Overtaken(
                f"Notice {there.release_id} is recorded already, on "
                f"“{there.commission or there.organisation}”."
            )
        with transaction.atomic():
            notice.keep()
            Entry.objects.append(
                Kind.NOTICE_PUBLISHED,
                notice,
                by=by,
                at=at,
                code=code,
                platform=notice.platform,
                reference=notice.release_id,
                url=notice.url,
                published=published_at.isoformat(),
                due=(last := notice.last_day()) and last.isoformat(),
            )
        return notice

    @classmethod
    def place(cls, about, ocid):
        """Return the columns that say what a notice is about."""
        if isinstance(about, Organisation):
            return {"organisation": about}
        return {"commission": about, "ocid": ocid or about.ocid}

    def last_day(self):
        """Return the day by which the law wanted it published; None if it fixes none."""
        if self.organisation:
            on = timezone.localdate(self.published_at)
            return last_day(self.code, on, self.organisation.nation)
        return last_day_of(self, timezone.localdate())

    def keep(self):
        """Save it for the first time; part of `publish`. Raises Overtaken."""
        try:
            with transaction.atomic():
                self.save(force_insert=True)
        except IntegrityError:
            raise Overtaken(
                f"Somebody else has just recorded notice {self.release_id}."
            ) from None
