#!/usr/bin/env python3
"""A chat-completions server that answers every request after a fixed time, and does nothing else.

    mock_server.py [--port 8099] [--latency 0.2]

It speaks just enough HTTP/1.1 (keep-alive, Content-Length) to be much faster than what it measures: the reply is made
once, and a request costs one search for the end of its head. It prints its address when it listens, and on SIGTERM or
SIGINT one line of JSON: how many requests it answered, in how many seconds from the first to the last, how many of
them it held at once, and over how many connections.
"""

import argparse
import asyncio
import json
import signal
import time


def reply_bytes() -> bytes:
    """The whole response: a reply that fits the question-answer task."""
    content = json.dumps(
        {
            "pairs": [
                {
                    "question": "When must the pump be primed?",
                    "rationale": "It is said in so many words.",
                    "answer": "The pump must be primed before it is started for the first time.",
                    "quote": "The pump must be primed before it is started for the first time.",
                }
            ]
        }
    )
    body = json.dumps(
        {
            "id": "chatcmpl-mock",
            "object": "chat.completion",
            "created": 0,
            "model": "mock",
            "choices": [
                {"index": 0, "message": {"role": "assistant", "content": content}, "finish_reason": "stop"}
            ],
            "usage": {"prompt_tokens": 400, "completion_tokens": 40, "total_tokens": 440},
        }
    ).encode()
    head = f"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: {len(body)}\r\n\r\n"
    return head.encode() + body


class Tally:
    """What is told in the end."""

    def __init__(self) -> None:
        self.requests = self.under_way = self.most_at_once = self.connections = 0
        self.first = self.last = 0.0

    def report(self) -> str:
        seconds = max(self.last - self.first, 1e-9)
        return json.dumps(
            {
                "requests": self.requests,
                "seconds": round(seconds, 3),
                "requests_per_second": round(self.requests / seconds, 1),
                "most_at_once": self.most_at_once,
                "connections": self.connections,
            }
        )


class Connection(asyncio.Protocol):
    """One kept-alive connection."""

    def __init__(self, loop: asyncio.AbstractEventLoop, latency: float, reply: bytes, tally: Tally) -> None:
        self.loop, self.latency, self.reply, self.tally = loop, latency, reply, tally
        self.buffer = b""
        self.wanted = 0

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self.transport = transport
        self.tally.connections += 1

    def data_received(self, data: bytes) -> None:
        self.buffer = self.buffer + data if self.buffer else data
        while True:
            if not self.wanted:
                end = self.buffer.find(b"\r\n\r\n")
                if end < 0:
                    return
                head = self.buffer[:end].lower()
                at = head.find(b"content-length:")
                length = int(head[at + 15 :].split(b"\r\n", 1)[0]) if at >= 0 else 0
                self.wanted = end + 4 + length
            if len(self.buffer) < self.wanted:
                return
            self.buffer = self.buffer[self.wanted :]
            self.wanted = 0
            tally = self.tally
            if not tally.first:
                tally.first = time.monotonic()
            tally.under_way += 1
            tally.most_at_once = max(tally.most_at_once, tally.under_way)
            self.loop.call_later(self.latency, self.answer)

    def answer(self) -> None:
        tally = self.tally
        tally.under_way -= 1
        tally.requests += 1
        tally.last = time.monotonic()
        if not self.transport.is_closing():
            self.transport.write(self.reply)


async def serve(port: int, latency: float) -> None:
    loop = asyncio.get_running_loop()
    tally, reply = Tally(), reply_bytes()
    server = await loop.create_server(
        lambda: Connection(loop, latency, reply, tally), "127.0.0.1", port, backlog=2048
    )
    stop = asyncio.Event()
    for name in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(name, stop.set)
    print(f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}/v1", flush=True)
    await stop.wait()
    print(tally.report(), flush=True)


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description="Answer every chat completion after a fixed time.")
    parser.add_argument("--port", type=int, default=0, help="0 takes a free one")
    parser.add_argument("--latency", type=float, default=0.2, help="seconds")
    arguments = parser.parse_args()
    asyncio.run(serve(arguments.port, arguments.latency))
