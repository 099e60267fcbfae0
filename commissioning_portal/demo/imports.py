"""Notices that come in about commissions which people hold, through the importer."""

import io
import json

from commissioning_portal.demo.acts import holder
from commissioning_portal.demo.organisations import PLATFORM
from commissions.models import Commission, LinkedOcid
from commissions.ocds.importing.importer import Importer
from commissions.ocds.importing.releases import releases


def add(story, *, commission: Commission, release, notice="", accepts=None):
    """Book one release that comes in, as the last thing that happens.

    Its words may name days and facts of the story in braces, see `filled`; `notice`
    is the code of the published notice that it tells of. Without one it is linked
    by hand. `accepts` are the changes that the holder confirms.
    """
    if not LinkedOcid.objects.filter(ocid=release["ocid"]).exists():
        story.book(0, bring_in, story, commission, release, notice, accepts)


class Days:
    """What there is on each day of the story, for words such as `{day[-3]}`."""

    def __init__(self, read):
        self.read = read

    def __getitem__(self, offset):
        return self.read(int(offset))


def filled(told, facts):
    """Return a release with its facts in place of their names."""
    if isinstance(told, dict):
        return {key: filled(value, facts) for key, value in told.items()}
    if isinstance(told, list):
        return [filled(value, facts) for value in told]
    return told.format_map(facts) if isinstance(told, str) else told


def bring_in(story, commission, release, notice, accepts, *, at):
    """Import one release, as `import_ocds` would, and confirm what is accepted."""
    commission = Commission.objects.get(pk=commission.pk)
    facts = {"commission": commission, "today": story.today, "day": Days(story.day)}
    facts["time"] = Days(lambda offset: story.time(offset).isoformat())
    if notice:
        facts["notice"] = commission.notices.get(code=notice)
    else:
        LinkedOcid.link(commission, release["ocid"], by=holder(commission))
    package = {"publisher": {"name": PLATFORM}, "releases": [filled(release, facts)]}
    stream = io.BytesIO(json.dumps(package).encode())
    Importer().take(releases(stream, "the demonstration"))
    if accepts:
        commission.proposals.get().accept(accepts, by=holder(commission))
