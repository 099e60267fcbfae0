#!/usr/bin/env python
"""Run the portal's commands: `python manage.py help` lists them."""

import os
import sys

from django.core.management import execute_from_command_line


def main():
    """Run the command named on the command line.

    `demo` turns on PORTAL_DEMO, so that every page it serves says that its
    people are fictional.
    """
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "commissioning_portal.settings")
    if sys.argv[1:2] == ["demo"]:
        os.environ.setdefault("PORTAL_DEMO", "1")
    execute_from_command_line(sys.argv)


if __name__ == "__main__":
    main()
