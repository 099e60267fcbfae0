"""The tables of the project itself: names only."""

from commissioning_portal.sign_in.models import SignInCount
from commissioning_portal.staff_trail.models import StaffAct

__all__ = ["SignInCount", "StaffAct"]
