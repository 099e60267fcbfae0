"""Who may do what at the desk: the one place where rights by body are decided.

A right is asked of an account, an act, and the row it is done to: `user.has_perm(
"commissions.publish_decision", decision)`. `RoleBackend` answers from the roles that
the account has at the bodies of that row (`commissions.people.staff_roles`): Django's
own seam for rights by object, so that admin, views and templates ask as they always do.
What an account sees at all is `visible_to`. Django's groups and an account's own
permissions are not used; an administrator of the installation may do everything.

Acts: `view`, `add`, `change` and `delete` are Django's; `publish` is everything that
the public sees at once, `commit` choosing, signing and calling off.
"""

from collections import defaultdict

from django.contrib.auth.backends import ModelBackend
from django.db.models import Q

from commissions.models import Commission, Organisation, StaffRole, Tenure

Role = StaffRole.Role

WRITTEN = "commission decision document easyreadpart option paper service stagedate"
ENTERED = "barrier contract exemption involvement lesson"
PEOPLE = "commissioner committee committeemember post tenure"
BODY = "organisation organisationidentifier othername"
LOOKED_AT = (
    "area areacode award awardcriterion cpvcode deferral directaward entry linkedocid "
    "lot notice proposal representations tender topic synonym holiday"
)
EVERYTHING = f"{WRITTEN} {ENTERED} {PEOPLE} {BODY} {LOOKED_AT} staffrole"
READING = {"view": f"{WRITTEN} {ENTERED} {PEOPLE} {BODY} {LOOKED_AT}"}
EDITING = {
    **READING,
    "add": WRITTEN,
    "change": WRITTEN,
    "delete": WRITTEN,
}
MAY = {
    Role.EDITOR: EDITING,
    Role.PUBLISHER: {
        **READING,
        "add": f"{WRITTEN} {ENTERED}",
        "change": f"{WRITTEN} {ENTERED} organisation proposal",
        "delete": f"{WRITTEN} barrier involvement lesson",
        "publish": f"{WRITTEN} {ENTERED} organisation proposal",
        "commit": "commission contract",
    },
    Role.MODERATOR: {"view": f"commission organisation {LOOKED_AT}"},
    Role.ADMINISTRATOR: {
        "view": f"{PEOPLE} {BODY} {LOOKED_AT} staffrole",
        "add": f"{PEOPLE} organisationidentifier othername staffrole",
        "change": f"{PEOPLE} {BODY} staffrole",
        "delete": "committeemember othername organisationidentifier staffrole",
        "publish": f"{PEOPLE} organisation",
    },
    Role.AUDITOR: {"view": EVERYTHING},
}
"""What each role permits, by act and model; the app above adds its own (`allow`)."""

RIGHTS = defaultdict(set)
"""{role: the names of what it permits}, as Django names permissions."""


def allow(app_label, may):
    """Let roles do acts to the models of an app: {role: {act: "names of models"}}."""
    for role, acts in may.items():
        RIGHTS[role] |= {
            f"{app_label}.{act}_{model}"
            for act, models in acts.items()
            for model in models.split()
        }


allow("commissions", MAY)

OF_COMMISSION = ("commission__organisation", "commission__partners")
BODY_PATHS = {
    "commissions.organisation": ("pk",),
    "commissions.organisationidentifier": ("organisation",),
    "commissions.othername": ("organisation",),
    "commissions.staffrole": ("organisation",),
    "commissions.service": ("organisation",),
    "commissions.barrier": ("organisation",),
    "commissions.post": ("organisation",),
    "commissions.tenure": ("post__organisation",),
    "commissions.committee": ("organisation",),
    "commissions.committeemember": ("committee__organisation",),
    "commissions.commissioner": (
        "tenures__post__organisation",
        "memberships__committee__organisation",
    ),
    "commissions.commission": ("organisation", "partners"),
    "commissions.decision": ("organisation",),
    "commissions.option": ("decision__organisation",),
    "commissions.paper": ("decision__organisation",),
    "commissions.deferral": ("decision__organisation",),
    "commissions.notice": ("organisation", *OF_COMMISSION),
    "commissions.lot": tuple(f"tender__{path}" for path in OF_COMMISSION),
    "commissions.awardcriterion": tuple(f"tender__{path}" for path in OF_COMMISSION),
    **{
        f"commissions.{model}": OF_COMMISSION
        for model in [
            "award",
            "contract",
            "directaward",
            "document",
            "easyreadpart",
            "exemption",
            "involvement",
            "lesson",
            "linkedocid",
            "proposal",
            "representations",
            "stagedate",
            "tender",
            "weighing",
        ]
    },
}
"""{model: the ways from a row to the bodies it belongs to}; others are everybody's.

The first is how a new row comes to its body. The app above adds its own.
"""


def paths_of(model):
    """Return the ways from a row of a model to its bodies; () where it has none."""
    return BODY_PATHS.get(model._meta.label_lower, ())


class Scope:
    """What one account may do where: read once for a request."""

    def __init__(self, user):
        self.roles = defaultdict(set)
        rows = StaffRole.objects.current().filter(user=user)
        for role, body in rows.values_list("role", "organisation_id"):
            self.roles[role].add(body)
        moderated = bodies_moderated_by(user, self.roles[Role.MODERATOR])
        self.roles[Role.MODERATOR] |= set(moderated.values_list("pk", flat=True))
        self.roles = {role: bodies for role, bodies in self.roles.items() if bodies}

    @property
    def bodies(self):
        """The bodies at which the account has any role."""
        return set().union(*self.roles.values())

    def bodies_for(self, right):
        """Return the bodies at which the account has a right."""
        found = [bodies for role, bodies in self.roles.items() if right in RIGHTS[role]]
        return set().union(*found)

    def has(self, right, row=None):
        """Tell whether the account has a right: somewhere, or at the bodies of a row."""
        bodies = self.bodies_for(right)
        if row is None or not bodies:
            return bool(bodies)
        return bool(bodies & bodies_of(row)) or belongs_to_nobody_yet(row)


def scope_of(user):
    """Return what an account may do where, kept with the account while it is asked."""
    if not hasattr(user, "_scope"):
        user._scope = Scope(user)
    return user._scope


class RoleBackend(ModelBackend):
    """Answers what an account may do from its roles; signing in is Django's."""

    def get_all_permissions(self, user_obj, obj=None):
        """Return the rights that an account has somewhere, or at the bodies of a row."""
        if not user_obj.is_active or user_obj.is_anonymous:
            return set()
        scope = scope_of(user_obj)
        rights = set().union(*(RIGHTS[role] for role in scope.roles))
        return {right for right in rights if obj is None or scope.has(right, obj)}

    def has_perm(self, user_obj, perm, obj=None):
        """Tell whether an account has a right, somewhere or at the bodies of a row."""
        if not user_obj.is_active or user_obj.is_anonymous:
            return False
        return scope_of(user_obj).has(perm, obj)


def bodies_of(row):
    """Return the keys of the bodies that a row belongs to."""
    model = type(row)
    if row.pk is None:
        return set()
    rows = model._base_manager.filter(pk=row.pk)
    found = [rows.values_list(path, flat=True) for path in paths_of(model)]
    return {body for each in found for body in each if body}


def belongs_to_nobody_yet(row):
    """Tell whether a row is a person's who has no post yet: any body's may give one."""
    return row._meta.label_lower == "commissions.commissioner" and not bodies_of(row)


def visible_to(user, queryset):
    """Narrow a queryset to what a member of staff may see: the rows of their bodies.

    What belongs to no body, as a topic or an area, everybody sees. A person without
    a post is seen by all who may give one.
    """
    paths = paths_of(queryset.model)
    if user.is_superuser or not paths:
        return queryset
    return in_bodies(queryset, scope_of(user).bodies)


def where(user, right, queryset):
    """Narrow a queryset to the rows for which a member of staff has a right."""
    if user.is_superuser or not paths_of(queryset.model):
        return queryset
    return in_bodies(queryset, scope_of(user).bodies_for(right))


def in_bodies(queryset, bodies):
    """Narrow a queryset to the rows of some bodies, each once."""
    paths = paths_of(queryset.model)
    wanted = Q()
    for path in paths:
        wanted |= Q(**{f"{path}__in": bodies})
    if queryset.model._meta.label_lower == "commissions.commissioner":
        wanted |= Q(**dict.fromkeys((f"{path}__isnull" for path in paths), True))
    found = queryset.model._base_manager.filter(wanted)
    return queryset.filter(pk__in=found.values("pk"))


def offered_to(user, field, queryset, right="add"):
    """Narrow the choices of a field to what a member of staff may choose in it.

    The field through which a row comes to its body, and a commission, offer what is
    of their own bodies; all else that can be chosen is public.
    """
    if user.is_superuser:
        return queryset
    first = next(iter(paths_of(field.model)), "").split("__")[0]
    if field.name != first and field.related_model is not Commission:
        return queryset
    opts = field.model._meta
    return where(user, f"{opts.app_label}.{right}_{opts.model_name}", queryset)


def bodies_moderated_by(user, own=None):
    """Select the bodies whose comments and questions an account may decide on.

    `own` are the bodies at which it is a moderator. Where a body names another one, or
    accounts, to moderate for it, only those do who hold no post at the body itself,
    whatever else they may. An administrator of the installation is no exception: the
    public is told who moderates.
    """
    if own is None:
        roles = StaffRole.objects.current().filter(user=user, role=Role.MODERATOR)
        own = roles.values("organisation")
    posts = Tenure.objects.current().filter(commissioner__user=user)
    at_home = posts.values("post__organisation")
    nobody_named = Q(moderated_by__isnull=True, moderators__isnull=True)
    own_rule = nobody_named if user.is_superuser else nobody_named & Q(pk__in=own)
    named = Q(pk__in=Organisation.objects.filter(moderators=user))
    elsewhere = (named | Q(moderated_by__in=own)) & ~Q(pk__in=at_home)
    found = Organisation.objects.filter(own_rule | elsewhere)
    return Organisation.objects.filter(pk__in=found.values("pk"))
