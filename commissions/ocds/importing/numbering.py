"""One reference names one notice: a release under a number that another has is refused.

A notice of a platform has one number, and the release of it has it as its id.
Of another publisher an id tells releases apart within their OCID only (OCDS).
"""

from commissions.law.notices import PLATFORMS

ELSEWHERE = (
    "{platform} has one notice {number}, and it is recorded here already, on {where}. "
    "If both are the same notice, link the OCID {ocid} to that commission and import "
    "it again; otherwise ask whoever publishes the release."
)
ON_A_BODY = (
    "{platform} has one notice {number}, and it is recorded here already, on {body} as "
    "its own notice {code}, of which there is no release. One of the two numbers is "
    "wrong: ask {body}, or whoever publishes the release."
)


class Numbering:
    """The part of the planner that refuses a number which another notice has.

    It needs `stored`, `numbers` and `refuse` of the planner.
    """

    def once(self, ocid, releases, notices):
        """Return the releases whose number no other notice has; refuse the others."""
        kept = []
        for each, columns in zip(releases, notices, strict=True):
            if why := self.taken(ocid, each, columns):
                self.refuse(each, why)
            else:
                kept.append(each)
        return kept

    def taken(self, ocid, received, columns):
        """Say that another notice has the number of a release, and where; or nothing."""
        platform, number = key = columns["platform"], columns["release_id"]
        if platform not in PLATFORMS:
            return ""
        said = {"platform": platform, "number": number, "ocid": ocid}
        first = self.numbers.setdefault(key, ocid)
        if first != ocid:
            return ELSEWHERE.format(**said, where=f"the commission of OCID {first}")
        notice = self.stored.joined.kept.get(key)
        mine = self.stored.recorded(received, self.stored.commissions.get(ocid))
        if notice is None or (mine and mine.pk == notice.pk):
            return ""
        if body := notice.organisation:
            return ON_A_BODY.format(**said, body=body, code=notice.code)
        its = notice.commission
        return ELSEWHERE.format(**said, where=f"commission {its.reference} (“{its}”)")
