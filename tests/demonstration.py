"""The command `demo`, as somebody runs it who only wants it loaded."""

from io import StringIO

from django.core.management import call_command


def demo(**options):
    """Load the demonstration and return what it printed."""
    out = StringIO()
    call_command("demo", no_serve=True, stdout=out, **options)
    return out.getvalue()
