"""gunicorn's configuration, from the environment; README.md lists each variable.

Start it with `gunicorn -c python:commissioning_portal.gunicorn`.
"""

import os

from commissioning_portal.settings import env, env_bool, env_int

wsgi_app = "commissioning_portal.wsgi"
bind = f"{env('HOST', '127.0.0.1')}:{env_int('PORT', 8000)}"
workers = env_int("WEB_CONCURRENCY", min(2 * (os.cpu_count() or 1) + 1, 9))
worker_class = "sync"  # a page waits for the database only; no thread shares one
timeout = env_int("WEB_TIMEOUT", 30)  # seconds
graceful_timeout = env_int("WEB_GRACEFUL_TIMEOUT", 30)  # seconds
max_requests = env_int("WEB_MAX_REQUESTS", 2000)  # a leak cannot grow for ever
max_requests_jitter = max_requests // 10
worker_tmp_dir = "/dev/shm" if os.path.isdir("/dev/shm") else None
proc_name = "commissioning-portal"

# Off by default: a line for each visit is personal data. Where it is on, it
# holds no address and no query string, so no search and no secret link.
accesslog = "-" if env_bool("ACCESS_LOG") else None
access_log_format = (
    '{"method":"%(m)s","path":"%(U)s","status":%(s)s,"bytes":%(B)s,"ms":%(M)s}'
)
errorlog = "-"
loglevel = env("LOG_LEVEL", "INFO").lower()
