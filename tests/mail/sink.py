"""A real SMTP server that keeps what it gets and fails as it is told: one instruction per mail, then none."""

import email
import socket
from asyncio import WriteTransport
from collections.abc import Iterator
from contextlib import contextmanager
from email.message import EmailMessage
from email.policy import default

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session

OK = "ok"
GREYLIST = "421 4.3.0 Try again later"
UNKNOWN = "550 5.1.1 No such user"
DROP_BEFORE_DOT = "drop before the final dot"
DROP_AFTER_DOT = "drop after the final dot"


class Desk:
    """What becomes of a mail. Apart from the ``Sink``: aiosmtpd looks at every attribute of it for each connection, and
    would read all ``mails`` for each."""

    def __init__(self, *script: str) -> None:
        self.script = list(script)
        self.raw: list[bytes] = []
        self.recipients: list[list[str]] = []

    async def handle_RCPT(  # noqa: N802 (aiosmtpd calls it so)
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        if self.script and self.script[0][:1] in "45":
            return self.script.pop(0)
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:  # noqa: N802 (aiosmtpd calls it so)
        self.raw.append(envelope.original_content or b"")
        self.recipients.append(list(envelope.rcpt_tos))
        if self.script and self.script.pop(0) == DROP_AFTER_DOT and isinstance(server.transport, WriteTransport):
            server.transport.abort()  # it has the mail, and the sender will never know
        return "250 OK"


class Sink(Controller):
    """``mails`` in order of arrival; ``script`` holds what happens to the next ones."""

    def __init__(self, *script: str) -> None:
        self.desk = Desk(*script)
        self.script, self.raw, self.recipients = self.desk.script, self.desk.raw, self.desk.recipients
        super().__init__(self.desk, hostname="127.0.0.1", port=_free_port())

    def factory(self) -> SMTP:
        return Server(self.desk, hostname="sink.test")

    @property
    def mails(self) -> list[EmailMessage]:
        return [email.message_from_bytes(raw, policy=default) for raw in self.raw]


class Server(SMTP):
    async def smtp_DATA(self, arg: str) -> None:  # noqa: N802 (aiosmtpd calls it so)
        script = self.event_handler.script
        if script and script[0] == DROP_BEFORE_DOT and self.transport is not None:
            script.pop(0)
            await self.push("354 Go on")
            self.transport.close()
            return
        await super().smtp_DATA(arg)


@contextmanager
def listening(*script: str) -> Iterator[Sink]:
    sink = Sink(*script)
    sink.start()
    try:
        yield sink
    finally:
        sink.stop()


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
