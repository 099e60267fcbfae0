"""Merge a commission's releases into one, as the standard says, by ocdsmerge."""

import json
import warnings

from ocdsmerge import CompiledRelease
from ocdsmerge.exceptions import OCDSMergeError, OCDSMergeWarning

from commissions.ocds.importing.mapping.json_reader import Unusable, parse_moment

WHOLE = {
    "additionalClassifications",
    "additionalContactPoints",
    "additionalIdentifiers",
    "classifications",
    "criteria",
    "deliveryAddresses",
    "deliveryLocations",
    "links",
    "rationaleClassifications",
}
"""Lists of objects that a later release replaces as a whole. Lists of codes are
replaced by their nature; of the rest, items are matched by id."""

OMITTED = {("id",), ("date",), ("tag",)}


class MergeRules(dict):
    """The merge rules of OCDS 1.1.5 and its UK extensions, by a field's name.

    ocdsmerge can read them from the schema, but then fetches it from the web;
    these are the rules the schema states for the lists that notices carry.
    """

    def get(self, path, default=None):
        """Return the rule for a field's path."""
        if path in OMITTED:
            return "omitWhenMerged"
        return "wholeListMerge" if path and path[-1] in WHOLE else default


def apart_by_buyer(releases):
    """Tell apart the awards of several bodies that buy under one OCID.

    Each body numbers its awards and contracts from 1, so those of a body that is not
    the first, in the order in which they were received, are given its id too. Returns
    the releases, and by award id the body. Where one body buys, nothing is changed and
    no award has one.
    """
    first = next(filter(None, map(buyer_id, releases)), "")
    others = {buyer_id(each) for each in releases} - {"", first}
    if not others:
        return releases, {}
    lead = next(each["buyer"] for each in releases if buyer_id(each) == first)
    buyers, result = {}, []
    for release in releases:
        own = buyer_id(release)
        found = {**release, **marked_parts(release, own if own in others else "")}
        awards = [each for each in found.get("awards") or () if isinstance(each, dict)]
        buyers |= {str(each.get("id")): release["buyer"] for each in awards if own}
        result.append({**found, "buyer": lead})
    return result, buyers


def marked_parts(release, own):
    """Return the awards and contracts of a release, marked as a body's own."""
    listed = [k for k in ("awards", "contracts") if isinstance(release.get(k), list)]
    mark = own and f"@{own}"
    return {key: [marked(each, mark) for each in release[key]] for key in listed}


def buyer_id(release):
    """Return the id of the body that buys, or its name; nothing where none is named."""
    buyer = release.get("buyer")
    found = buyer if isinstance(buyer, dict) else {}
    return str(found.get("id") or found.get("name") or "")[:120]


def marked(part, mark):
    """Return an award or a contract with its ids marked."""
    if not (mark and isinstance(part, dict)):
        return part
    ids = {key: f"{part[key]}{mark}" for key in ("id", "awardID") if key in part}
    return {**part, **ids}


def merge_releases(releases):
    """Merge releases of one OCID, oldest first by their time, not its spelling.

    One release is its own merger. Raises Unusable where two contradict each
    other in shape.
    """
    if len(releases) == 1:
        return releases[0]
    whole = CompiledRelease(merge_rules=MergeRules())
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", OCDSMergeWarning)
            for release in sorted(
                releases, key=lambda each: parse_moment(each["date"])
            ):
                whole.append(tell_ids_apart(release))
            return whole.asdict()
    except (OCDSMergeError, TypeError, AttributeError, KeyError) as error:
        raise Unusable(
            "It contradicts the shape of an earlier release of the same OCID, "
            f"so the two cannot be merged ({type(error).__name__})."
        ) from error


def tell_ids_apart(value):
    """Number the repeated ids in lists of objects, which merging would join.

    Parties are left: one listed twice is one party with both its roles.
    """
    if isinstance(value, dict):
        return {key: listed_releases(key, each) for key, each in value.items()}
    return value


def listed_releases(key, value):
    """Tell apart what a field holds."""
    if key == "parties" and isinstance(value, list):
        return join_notes(value)
    if not isinstance(value, list) or not all(isinstance(v, dict) for v in value):
        return tell_ids_apart(value)
    seen, result = {}, []
    for each in value:
        whole = json.dumps(each, sort_keys=True)
        same = seen.setdefault(str(each.get("id")), [])
        if "id" in each and whole in same:
            continue
        same.append(whole)
        number = f"#{len(same)}" if "id" in each and len(same) > 1 else ""
        result.append(
            tell_ids_apart({**each, "id": f"{each['id']}{number}"} if number else each)
        )
    return result


def join_notes(parties):
    """Join parties listed twice under one id, keeping the roles of both."""
    found = {}
    for party in parties:
        if not isinstance(party, dict) or party.get("id") is None:
            found[id(party)] = party
            continue
        key = str(party["id"])
        earlier = found.get(key, {})
        roles = [
            r for r in (earlier.get("roles"), party.get("roles")) if isinstance(r, list)
        ]
        both = {**earlier, **party}
        if roles:
            both["roles"] = [role for each in roles for role in each if role]
        found[key] = both
    return list(found.values())
