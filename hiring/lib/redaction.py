"""What logs must never hold: the secret in a candidate's link, which Django names when it answers 403 or 404."""

import logging
import re

SECRET_PATH = re.compile(r"(/c/)[^/\s?\"']{20,}")


class Secrets(logging.Filter):
    """Replace the secret in a candidate's path by an ellipsis; the record goes on."""

    def filter(self, record: logging.LogRecord) -> bool:
        message = record.getMessage()
        if "/c/" in message:
            record.msg, record.args = SECRET_PATH.sub(r"\1…", message), ()
        return True
