"""One reference names one notice: a release under a number that another has is refused.

A notice of a platform has one number, and the release of it has it as its id.
Of another publisher an id tells releases apart within their OCID only (OCDS).
"""

from commissions.notice_types import PLATFORMS

ELSEWHERE = (
    "{platform} has one notice {number}, and it is recorded here already, on {where}. "
    "If both are the same notice, link the OCID {ocid} to that commission and import "
    "it again; otherwise ask whoever publishes the release."
)


class Numbering:
    """The part of the planner that refuses a number which another notice has.

    It needs `stored`, `numbers` and `refuse` of the planner.
    """

    def once(self, ocid, releases, notices):
        """Return the releases whose number no other notice has; refuse the others."""
        kept = []
        for each, columns in zip(releases, notices, strict=True):
            if where := self.elsewhere(ocid, each, columns):
                said = {"platform": columns["platform"], "number": each.id}
                self.refuse(each, ELSEWHERE.format(**said, ocid=ocid, where=where))
            else:
                kept.append(each)
        return kept

    def elsewhere(self, ocid, received, columns):
        """Say where another notice has the number of a release, or nothing."""
        key = columns["platform"], columns["release_id"]
        if columns["platform"] not in PLATFORMS:
            return ""
        first = self.numbers.setdefault(key, ocid)
        if first != ocid:
            return f"the commission of OCID {first}"
        notice = self.stored.joined.kept.get(key)
        mine = self.stored.recorded(received, self.stored.commissions.get(ocid))
        if notice is None or (mine and mine.pk == notice.pk):
            return ""
        return f"commission {notice.commission.reference} (“{notice.commission}”)"
