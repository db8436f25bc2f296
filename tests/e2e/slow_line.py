"""A line to the portal on which pages come in piece by piece, as on a phone with bad reception."""

import time
from contextlib import contextmanager
from http.client import HTTPConnection
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from urllib.parse import urlsplit

PIECE = 700  # bytes
PAUSE = 0.03  # seconds, in which a browser draws what it has
OF_THE_LINE = {"connection", "transfer-encoding", "content-length"}


class SlowLine(BaseHTTPRequestHandler):
    """Passes requests on; of a page the head and the masthead come together, what follows in pieces."""

    def do_GET(self):
        """Fetch what is asked and hand it on, unpacked."""
        line = HTTPConnection(self.server.portal)
        line.request("GET", self.path, headers={**self.headers, "Accept-Encoding": "identity"})
        answer = line.getresponse()
        content = answer.read()
        self.send_response(answer.status)
        for name, value in answer.getheaders():
            if name.lower() not in OF_THE_LINE:
                self.send_header(name, value)
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        line.close()

        start = content.find(b"<main") if answer.headers.get_content_type() == "text/html" else -1
        if start < 0:
            start = len(content)
        self.wfile.write(content[:start])
        for at in range(start, len(content), PIECE):
            time.sleep(PAUSE)
            self.wfile.write(content[at : at + PIECE])

    def log_message(self, *args):
        """Say nothing."""


@contextmanager
def slow_line(url):
    """Open a slow line to the portal at `url`; yields the address at which it answers."""
    with ThreadingHTTPServer(("127.0.0.1", 0), SlowLine) as server:
        server.portal = urlsplit(url).netloc
        Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()
