"""The topics and areas of this installation, for what notices say to be found in."""

from commissions.models import Area, CpvCode, Topic
from commissions.places.cpv_topics import TOPIC_OF, topic_of
from commissions.places.seed_data import ENGLAND


class Gazetteer:
    """Areas by the codes of notices, topics by CPV code; read once for a run."""

    def __init__(self):
        self.areas = {
            value: area
            for area in Area.objects.prefetch_related("codes")
            for value in (area.code, *(code.value for code in area.codes.all()))
        }
        self.topics = Topic.objects.in_bulk(field_name="slug")
        chosen = CpvCode.objects.filter(topic__isnull=False)
        self.cpv = TOPIC_OF | dict(chosen.values_list("code", "topic__slug"))

    def area(self, code):
        """Return the area of a code, or of the nearest place around it."""
        if code == "England":
            return self.areas.get(ENGLAND)
        while code and code not in self.areas:
            code = code[:-1]
        return self.areas.get(code)

    def areas_of(self, codes):
        """Return the areas of codes; one that holds another of them adds nothing."""
        found = {area.path: area for code in codes if (area := self.area(code))}
        return [
            area
            for path, area in found.items()
            if not any(other != path and other.startswith(path) for other in found)
        ]

    def topic(self, cpv, title):
        """Return the topic of a notice's CPV codes and title, or None."""
        return self.topics.get(topic_of(cpv, title, self.cpv))
