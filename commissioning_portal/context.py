"""What every page's template knows of the installation."""

from django.conf import settings


def portal(request):
    """Give templates `portal`: its name, owner, address, contact; and `demo`."""
    return {
        "portal": {
            "name": settings.PORTAL_NAME,
            "owner": settings.PORTAL_OWNER,
            "origin": settings.PORTAL_ORIGIN,
            "contact_email": settings.PORTAL_CONTACT_EMAIL,
            "colour": settings.PORTAL_COLOUR,
        },
        "demo": settings.PORTAL_DEMO,
    }
