"""What tests do with a browser's answers."""


def read(answer):
    """Return an answer's bytes, read to their end: a file then closes itself, and the test's connection stays open.

    `answer.close()` would end the request, and with it, on PostgreSQL, the connection in the middle of the test.
    """
    return b"".join(answer) if answer.streaming else answer.content
