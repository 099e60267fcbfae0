"""gunicorn's configuration, from the environment; README.md lists each variable.

Start it with `gunicorn -c python:commissioning_portal.gunicorn`.
"""

import os

from commissioning_portal.settings import BODY_MAX_MB, LOGGING, env, env_bool, env_int

wsgi_app = "commissioning_portal.wsgi"
bind = f"{env('HOST', '127.0.0.1')}:{env_int('PORT', 8000)}"
workers = env_int("WEB_CONCURRENCY", min(2 * (os.cpu_count() or 1) + 1, 9))
worker_class = "sync"  # a page waits for the database only; no thread shares one
timeout = env_int("WEB_TIMEOUT", 30)  # seconds
graceful_timeout = env_int("WEB_GRACEFUL_TIMEOUT", 30)  # seconds
max_requests = env_int("WEB_MAX_REQUESTS", 2000)  # a leak cannot grow for ever
max_requests_jitter = max_requests // 10
worker_tmp_dir = "/dev/shm" if os.path.isdir("/dev/shm") else None
control_socket_disable = True  # nothing of ours is written to a home folder
proc_name = "commissioning-portal"

# gunicorn's own lines take the portal's form. A line for each visit is off by
# default; where it is on, it holds no address and no query string, so no search
# and no secret link.
access_log_format = "%(m)s %(U)s %(s)s, %(B)s bytes, %(M)s ms"
logconfig_dict = {
    **LOGGING,
    "loggers": {
        **LOGGING["loggers"],
        "gunicorn.error": {"handlers": [], "propagate": True},
        "gunicorn.access": {
            "handlers": [],
            "propagate": True,
            "level": "INFO" if env_bool("ACCESS_LOG") else "WARNING",
        },
    },
}


def post_request(worker, request, environ, response):
    """Read what is left of a body that a page did not want, and drop it.

    To close with bytes unread would reset the connection, and the server in front
    would say "502" in place of the page that says what was wrong.
    """
    if 0 < int(environ.get("CONTENT_LENGTH") or 0) <= BODY_MAX_MB * 2**20:
        while environ["wsgi.input"].read(2**16):
            continue
