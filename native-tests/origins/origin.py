# An origin for the smuggling tests: Python's own HTTP server, which leaves bodies to its handlers.
import http.server
import sys


class Handler(http.server.BaseHTTPRequestHandler):
    protocol_version = 'HTTP/1.1'

    def answer(self):
        # It knows no chunks: what it cannot read it does not take for a request either.
        if self.headers.get('transfer-encoding'):
            self.close_connection = True
        else:
            self.rfile.read(int(self.headers.get('content-length') or 0))
        self.send_response(200)
        self.send_header('Content-Length', '2')
        if self.close_connection:
            self.send_header('Connection', 'close')
        self.end_headers()
        if self.command != 'HEAD':
            self.wfile.write(b'ok')

    do_GET = do_HEAD = do_POST = do_PUT = do_DELETE = do_OPTIONS = do_PATCH = answer

    def log_message(self, *arguments):
        pass


class Server(http.server.ThreadingHTTPServer):
    request_queue_size = 1000  # of five, most connections would wait for a second SYN


Server(('127.0.0.1', int(sys.argv[1])), Handler).serve_forever()
