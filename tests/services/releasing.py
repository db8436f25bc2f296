"""A process that releases a call's decisions and is killed half-way: `python -m tests.services.releasing CALL ACTOR`."""

import os
import signal
import sys

import django


def main(call_pk: int, actor_pk: int) -> None:
    """Release as the given person; die without a word when half of the entries have moved."""
    django.setup()
    from django.db.models.signals import post_save  # apps have to be loaded first

    from forms_app.decision.deciding import pending
    from forms_app.decision.releasing import release
    from forms_app.models import CallPage, EntryEvent
    from portal.units.models import User

    call, moved = CallPage.objects.get(pk=call_pk), []
    half = pending(call).count() // 2

    def die_half_way(**_kwargs: object) -> None:
        moved.append(1)
        if len(moved) == half:
            os.kill(os.getpid(), signal.SIGKILL)

    post_save.connect(die_half_way, sender=EntryEvent)
    release(
        call,
        actor=User.objects.get(pk=actor_pk),
        minutes="示例会议纪要",
    )


if __name__ == "__main__":
    main(int(sys.argv[1]), int(sys.argv[2]))
