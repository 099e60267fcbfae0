"""Who sits at the desk in the tests of it."""

import pytest
from django.contrib.auth.models import Group, User

from tests import make


@pytest.fixture
def post(client):
    """Sign in as a commissioner, who is no superuser; return the post they hold."""
    user = User.objects.create_user("jo", is_staff=True)
    user.groups.add(Group.objects.get(name="Commissioners"))
    client.force_login(user)
    return make.tenure(commissioner=make.commissioner(user=user)).post
