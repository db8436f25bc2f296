"""What somebody was told: in the site's inbox and by e-mail."""

import email
import time
from email.policy import default

from playwright.sync_api import Page, expect

WITHIN = 40  # seconds until the worker has swept the outbox


def told(page: Page, portal, address: str, *subjects: str) -> None:
    """Expect that a person's inbox and mailbox hold messages about each of the subjects.

    Args:
        page: the person's own.
        portal: the portal under test.
        address: the person's e-mail address.
        subjects: words of each message's subject.
    """
    page.goto("/my/messages/")
    for subject in subjects:
        expect(page.locator(".inbox")).to_contain_text(subject)
    missing = list(subjects)
    until = time.monotonic() + WITHIN
    while missing and time.monotonic() < until:
        mailed = [mail["subject"] for mail in _mails(portal) if address in str(mail["to"])]
        missing = [words for words in subjects if not any(words in one for one in mailed)]
        page.wait_for_timeout(500)
    assert not missing, f"{address} got no mail about {missing}; got {mailed}"


def _mails(portal):
    for text in portal.mails():
        for part in text.split("-" * 79):
            if part.strip():
                yield email.message_from_string(part.strip() + "\n", policy=default)
