"""What is the same about two ways to write a name, an address or a profile, computed by the database.

Each is an immutable expression with an index of its own, asked with the same expression on what is looked for: whatever
the database takes for a capital letter, it does so on both sides.
"""

from typing import Any

from django.db.models import F, Func, Value
from django.db.models.functions import Lower, Replace, Trim

MARKED = (
    "ÀÁÂÃÄÅĀĂĄàáâãäåāăąÇĆČçćčĎĐďđÈÉÊËĒĘĚèéêëēęěĞğÌÍÎÏĪİìíîïīıŁłÑŃŇñńňÒÓÔÕÖØŌòóôõöøōŘřŚŠŞśšşŤŢťţÙÚÛÜŪŮùúûüūůÝýÿŹŻŽźżž"
)
PLAIN = (
    "AAAAAAAAAaaaaaaaaaCCCcccDDddEEEEEEEeeeeeeeGgIIIIIIiiiiiiLlNNNnnnOOOOOOOoooooooRrSSSsssTTttUUUUUUuuuuuuYyyZZZzzz"
)


def name_key(name: str | Value) -> Any:
    """Without marks and capitals, one space between words, whatever stood there."""
    plain = Func(_of(name), Value(MARKED), Value(PLAIN), function="translate")
    return Trim(_replaced(Lower(plain), r"[\s.,;_''’-]+", " "))


def mailbox_key(email: str | Value) -> Any:
    """Without capitals, what follows a plus, and dots: coarser than a mailbox, so look again (`duplicates.mailbox`)."""
    box = _replaced(Lower(_of(email)), r"\+[^@]*@", "@")
    return Replace(Replace(box, Value("@googlemail."), Value("@gmail.")), Value("."), Value(""))


def profile_key(url: str | Value) -> Any:
    """Without scheme, ``www.``, query and the slash at the end."""
    bare = _replaced(Lower(_of(url)), r"^https?://(www\.)?", "")
    return _replaced(bare, r"/*([?#].*)?$", "")


def _of(said: str | Value) -> Any:
    return F(said) if isinstance(said, str) else said


def _replaced(text: Any, pattern: str, by: str) -> Func:
    return Func(text, Value(pattern), Value(by), Value("g"), function="regexp_replace")
