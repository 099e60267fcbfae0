"""Who sits at the desk in the tests of it."""

import pytest
from django.contrib.auth.models import User

from tests import make


@pytest.fixture
def post(client, everywhere):
    """Sign in as a commissioner, who is no superuser; return the post they hold."""
    user = User.objects.create_user("jo", is_staff=True)
    everywhere(user, "publisher", "administrator")
    client.force_login(user)
    return make.tenure(commissioner=make.commissioner(user=user)).post
