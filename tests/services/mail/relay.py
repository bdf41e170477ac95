"""A mail server that takes everything and remembers it: where a submission server hands mail on to."""

import socketserver
import threading


class _Talk(socketserver.StreamRequestHandler):
    def handle(self):
        self.say("220 relay.test ESMTP")
        sender, to = "", []
        for line in self.rfile:
            word = line.strip().decode("ascii", "replace")
            verb = word.split(" ")[0].upper()
            if verb == "EHLO":
                self.say("250-relay.test", "250 8BITMIME")
            elif verb == "MAIL":
                sender, to = word.partition(":")[2].split(" ")[0].strip("<>"), []
                self.say("250 ok")
            elif verb == "RCPT":
                to.append(word.partition(":")[2].split(" ")[0].strip("<>"))
                self.say("250 ok")
            elif verb == "DATA":
                self.say("354 go on")
                body = b"".join(iter(self.rfile.readline, b".\r\n"))
                self.server.taken.append((sender, to, body.decode("utf-8", "replace")))
                self.say("250 taken")
            elif verb == "QUIT":
                self.say("221 bye")
                return
            else:
                self.say("250 ok")

    def say(self, *lines):
        self.wfile.write("".join(f"{line}\r\n" for line in lines).encode())


class Relay(socketserver.ThreadingTCPServer):
    """Listens on a free port of this machine until it is closed; `taken` is what it was handed."""

    daemon_threads = True
    block_on_close = False

    def __init__(self):
        super().__init__(("127.0.0.1", 0), _Talk)
        self.taken = []
        self.port = self.server_address[1]
        threading.Thread(target=self.serve_forever, daemon=True).start()

    def close(self):
        self.shutdown()
        self.server_close()
