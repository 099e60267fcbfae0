"""What can be found, and the words that mean the same."""

from django.core.exceptions import ValidationError
from django.db import models

from commissions.search.parser import Synonyms

KIND = 40  # bits: a row's number in the index is its kind's number, then its key


class Findable(models.Model):
    """One public thing as the search shows it; its words are in `schema.TABLE` too.

    `names`, `text` and the rest are what everybody can read of it: nothing else is
    kept here. `live` is false for what ended, `until` the time after which to ask.
    """

    id = models.BigIntegerField(primary_key=True)
    kind = models.CharField(max_length=20)
    title = models.CharField(max_length=600)
    detail = models.CharField(max_length=700, blank=True)
    url = models.CharField(max_length=600)
    names = models.TextField(blank=True)
    text = models.TextField(blank=True)
    reference = models.CharField(max_length=255, blank=True)
    squeezed_reference = models.CharField(max_length=255, blank=True)
    squeezed_title = models.CharField(max_length=100, blank=True)
    live = models.BooleanField(default=True)
    until = models.DateTimeField(null=True, blank=True)

    class Meta:
        indexes = [
            models.Index(fields=["squeezed_reference"], name="findable_by_reference"),
            models.Index(fields=["squeezed_title"], name="findable_by_title"),
            models.Index(
                fields=["until"],
                name="findable_that_will_end",
                condition=models.Q(until__isnull=False),
            ),
        ]

    def __str__(self):
        return self.title

    @property
    def key(self):
        """The primary key of what it stands for."""
        return self.id & ((1 << KIND) - 1)


class KnownWord(models.Model):
    """A word that some public text has, to which a misspelt one may be mended."""

    word = models.CharField(max_length=30, primary_key=True)
    sound = models.CharField(max_length=30, db_index=True)

    def __str__(self):
        return self.word


class SynonymQuerySet(models.QuerySet):
    """Words that mean the same."""

    def known(self):
        """Return them as a search reads them."""
        return Synonyms.of(
            split_phrases(words) for words in self.values_list("words", flat=True)
        )


def split_phrases(words):
    return [phrase.strip() for phrase in words.split(",") if phrase.strip()]


class Synonym(models.Model):
    """Words that mean the same to who searches: each finds what has any of them."""

    words = models.CharField(
        max_length=300,
        unique=True,
        help_text="Words or phrases that mean the same, with commas between, such as: "
        "home care, homecare, domiciliary care.",
    )

    objects = SynonymQuerySet.as_manager()

    class Meta:
        ordering = ["words"]
        verbose_name = "words that mean the same"
        verbose_name_plural = "words that mean the same"

    def __str__(self):
        return self.words

    def clean(self):
        """Refuse a single word: it means the same as nothing."""
        if len(split_phrases(self.words)) < 2:
            raise ValidationError(
                {
                    "words": "Enter at least two words or phrases, with a comma between them."
                }
            )


SEEDS = (
    "home care, homecare, domiciliary care, care at home",
    "ICB, integrated care board",
    "PCC, police and crime commissioner",
    "CCG, clinical commissioning group",
    "emergency department, A&E, accident and emergency, casualty",
    "insurance, insure, insured",
    "elderly, older people, older adults, old people, pensioners",
    "rubbish, waste, bins, refuse, bin collection",
    "recycling, recycling centre, tip",
    "SEND, SEN, special educational needs",
    "EHCP, education health and care plan",
    "school bus, school transport, home to school transport",
    "bus, public transport",
    "TUPE, transfer of undertakings, staff transfer",
    "Care Act, Care Act 2014",
    "mental health, CAMHS, child and adolescent mental health, emotional wellbeing",
    "wellbeing, well being, mental health",
    "GP, doctor, general practice, surgery",
    "care home, residential care, nursing home",
    "pothole, pot hole, road repairs, road maintenance, highway maintenance",
    "road, roads, highway, highways",
    "street light, street lighting, streetlight, lamp post",
    "disabled, disability, disabilities",
    "learning disability, learning difficulties",
    "homeless, homelessness, rough sleeping, rough sleepers",
    "council house, council housing, social housing",
    "carer, carers, unpaid carers",
    "respite, short breaks",
    "foster care, fostering",
    "looked after children, children in care",
    "child, children, young people, kids",
    "nursery, early years, childcare",
    "drug, drugs, substance misuse, addiction",
    "alcohol, drinking, substance misuse",
    "domestic abuse, domestic violence",
    "sexual health, contraception",
    "stop smoking, smoking cessation",
    "meals on wheels, community meals, hot meals",
    "ambulance, patient transport",
    "swimming pool, leisure centre, sports centre",
    "park, parks, green spaces, open spaces, grounds maintenance",
    "police, policing",
    "fire brigade, fire service, fire and rescue",
    "internet, broadband, wifi, wi-fi",
    "computers, IT, digital",
    "coproduction, co-production, codesign, co-design, designed with",
    "tender, bid, procurement",
    "supplier, provider, contractor",
    "direct award, awarded without competition",
    "social worker, social work",
    "occupational therapy, OT",
    "speech therapy, speech and language therapy",
    "dementia, Alzheimer’s",
    "hospital discharge, discharge to assess, leaving hospital",
    "reablement, rehabilitation",
    "supported living, supported housing",
    "day centre, day care, day opportunities",
    "direct payments, personal budgets",
    "cleaning, cleaners",
    "catering, school meals, school dinners",
    "taxi, taxis, passenger transport",
    "health visitor, health visiting",
    "safeguarding, protection",
    "grass cutting, mowing, grounds maintenance",
    "interpreting, translation, interpreters",
    "voluntary sector, charities, VCSE",
)
"""What every installation begins with: what people say, and what notices write."""


def seed_synonyms(model):
    """Load the words every installation begins with into a table without them."""
    Synonym = model("commissions", "Synonym")
    Synonym.objects.bulk_create(Synonym(words=words) for words in SEEDS)
