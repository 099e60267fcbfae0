"""The staff accounts of the demonstration, with passwords of this installation.

The passwords stand in the file that marks the data folder as a demonstration,
readable by this machine's user only, so that every run prints the same.
"""

import json
import os

from django.conf import settings
from django.contrib.auth.models import User
from django.utils.crypto import get_random_string

from commissioning_portal.demo.people import known_as
from commissions.models import Commissioner, Organisation, StaffRole

ADMINISTRATOR = "administrator"
COMMISSIONER = "tomasz.wieczorek"
MODERATOR = "moderator"
USERNAMES = (COMMISSIONER, MODERATOR, ADMINISTRATOR)
PERSON = "Tomasz Wieczorek"
BODY = "norfordshire-county-council"
Role = StaffRole.Role
READABLE = "abcdefghjkmnpqrstuvwxyz23456789"  # no letters that look alike


def load():
    """Make or restore the accounts; return {username: password}."""
    passwords = kept()
    administrator = account(ADMINISTRATOR, passwords)
    administrator.is_superuser = True
    administrator.save()
    commissioner = account(COMMISSIONER, passwords)
    give(commissioner, Role.PUBLISHER, Role.ADMINISTRATOR)
    moderator = account(MODERATOR, passwords)
    give(moderator, Role.MODERATOR)
    person = Commissioner.objects.filter(slug=known_as(PERSON), user=None)
    person.update(user=commissioner)
    return passwords


def give(user, *roles):
    """Give an account roles at every body whose consultations it is shown with."""
    bodies = Organisation.objects.filter(commissions__isnull=False).distinct()
    for body in bodies if Role.MODERATOR in roles else bodies.filter(slug=BODY):
        for role in roles:
            StaffRole.objects.get_or_create(user=user, organisation=body, role=role)


def account(username, passwords):
    """Return the staff account, with the password that is printed."""
    user, _ = User.objects.get_or_create(username=username)
    if not (user.is_staff and user.check_password(passwords[username])):
        user.is_staff = user.is_active = True
        user.set_password(passwords[username])
        user.save()
    return user


def kept():
    """Read the passwords of this installation, making them the first time."""
    path = settings.DATA_DIR / "demonstration"
    passwords = json.loads(path.read_text() or "{}") if path.exists() else {}
    if set(passwords) != set(USERNAMES):
        fresh = {name: get_random_string(14, READABLE) for name in USERNAMES}
        passwords = {name: passwords.get(name, fresh[name]) for name in USERNAMES}
        with open(os.open(path, os.O_WRONLY | os.O_CREAT, 0o600), "w") as file:
            json.dump(passwords, file)
    return passwords
