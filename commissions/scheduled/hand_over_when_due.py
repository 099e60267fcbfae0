"""Hand-overs announced ahead, which take effect by the clock on their day.

Each is handed over by the verb of what is held, with an entry of its own.
Running it twice, or twice at once, changes nothing more.
"""

import logging

from django.utils import timezone

from commissions.models import Handover, NotReady, Overtaken

BY = "clock"

logger = logging.getLogger(__name__)


def hand_over_when_due(at=None):
    """Hand over what is due; return how many took effect or had to be withdrawn.

    One that its verb refuses, or that fails, stays announced, and the log says why;
    the others take effect all the same.
    """
    done = 0
    for handover in Handover.objects.due(timezone.localdate(at)).with_bodies():
        try:
            handover.take_effect(by=BY, at=at)
        except Overtaken:
            continue
        except NotReady as refusal:
            logger.warning("hand-over %s did not take effect: %s", handover.pk, refusal)
        except Exception:  # the next round tries again
            logger.exception("hand-over %s did not take effect", handover.pk)
        else:
            done += 1
    return done
