"""How this process and its children speak: a message is a JSON object and, under `data`, bytes that stay bytes."""

from __future__ import annotations

import json
from typing import IO, Any

Message = dict[str, Any]

_SIZE = 4


class Cut(Exception):
    """The other side is gone: its pipe ended, before or in the middle of a message."""


def send(pipe: IO[bytes], message: Message) -> None:
    """Write one message: four bytes of length and the JSON, four bytes of length and `data` (empty where not given).

    OSError where the other side is gone.
    """
    data = message.get("data") or b""
    head = json.dumps({key: value for key, value in message.items() if key != "data"}).encode("ascii")
    # In one piece where it is small: each write is a call of the system.
    pipe.write(len(head).to_bytes(_SIZE, "big") + head + len(data).to_bytes(_SIZE, "big"))
    if data:
        pipe.write(data)
    pipe.flush()


def receive(pipe: IO[bytes]) -> Message:
    """Read one message; Cut where there is none."""
    message = json.loads(_sized(pipe))
    if not isinstance(message, dict):
        raise Cut
    message["data"] = _sized(pipe)
    return message


def _sized(pipe: IO[bytes]) -> bytes:
    return _exactly(pipe, int.from_bytes(_exactly(pipe, _SIZE), "big"))


def _exactly(pipe: IO[bytes], size: int) -> bytes:
    data = pipe.read(size)
    if len(data) < size:
        raise Cut
    return data
