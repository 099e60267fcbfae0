"""The tables of the project itself: names only."""

from commissioning_portal.sign_in.models import SignInCount

__all__ = ["SignInCount"]
