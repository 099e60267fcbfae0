"""What every page's template knows of the installation."""

from django.conf import settings

from commissioning_portal.logo import read_logo
from commissioning_portal.theme import OWN_COLOUR, version_of


def portal(request):
    """Give templates `portal`: its name, owner, address, contact, look; and `demo`.

    `theme` and `logo` are versions, for links to what is kept for a year; empty
    where the portal has its own colour and no logo.
    """
    own = settings.PORTAL_COLOUR.lower() == OWN_COLOUR
    logo = settings.PORTAL_LOGO
    return {
        "portal": {
            "name": settings.PORTAL_NAME,
            "owner": settings.PORTAL_OWNER,
            "origin": settings.PORTAL_ORIGIN,
            "contact_email": settings.PORTAL_CONTACT_EMAIL,
            "theme": "" if own else version_of(settings.PORTAL_COLOUR),
            "logo": read_logo(logo).version if logo else "",
        },
        "demo": settings.PORTAL_DEMO,
    }
