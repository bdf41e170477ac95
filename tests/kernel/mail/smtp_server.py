"""A mail server of some forty lines, run as a process of its own: `smtp_server.py FOLDER`.

Prints its port, then keeps each message it accepts as a file named by order and address. Addresses decide what it
answers: gone@ 550, later@ 451, hangup@ ends the connection after the message has come.
"""

import asyncio
import re
import sys
from pathlib import Path

FOLDER = Path(sys.argv[1])


def keep(*, address, content):
    number = len(list(FOLDER.iterdir()))
    (FOLDER / f"{number:03d}-{address}").write_bytes(content)


async def serve(reader, writer):
    def answer(text):
        writer.write(text.encode() + b"\r\n")

    answer("220 test")
    address = ""
    while line := (await reader.readline()).decode().strip():
        word = line[:4].upper()
        if word == "EHLO":
            answer("250-test\r\n250 8BITMIME")
        elif word == "RCPT":
            address = re.search("<(.*)>", line)[1]
            name = address.partition("@")[0]
            answer({"gone": f"550 5.1.1 <{address}> unknown", "later": "451 4.7.1 greylisted"}.get(name, "250 ok"))
        elif word == "DATA":
            answer("354 go on")
            await writer.drain()
            content = await reader.readuntil(b"\r\n.\r\n")
            if address.startswith("hangup"):
                break
            keep(address=address, content=content[:-3].replace(b"\r\n..", b"\r\n."))
            answer("250 taken")
        elif word == "QUIT":
            answer("221 bye")
            break
        else:
            answer("250 ok")
        await writer.drain()
    writer.close()


async def main():
    server = await asyncio.start_server(serve, "127.0.0.1", 0)
    print(server.sockets[0].getsockname()[1], flush=True)  # noqa: T201 - CONFIG: how the test learns the port
    await server.serve_forever()


asyncio.run(main())
