"""Photographs and scans: made upright, made smaller, and freed of everything the camera wrote beside the picture."""

from pathlib import Path

from PIL import Image, ImageOps, UnidentifiedImageError

from screening.reader import limits
from screening.reader.blocks import Block
from screening.reader.flaws import Flawed

FORMATS = ("PNG", "JPEG", "WEBP")
QUALITY = 82
Image.MAX_IMAGE_PIXELS = limits.JPEG_PIXELS


def check(path: Path) -> None:
    """Raises ``Flawed``: ``pixels`` or ``damaged``. Decodes nothing yet."""
    with _opened(path):
        pass


def render(path: Path, folder: Path) -> list[Block]:
    """Write ``page-001.webp`` into ``folder``. There is no text in a picture for us. Raises ``Flawed``."""
    with _opened(path) as image:
        try:
            image.draft("RGB", (2 * limits.PAGE_WIDTH, limits.PAGE_HEIGHT))  # of a JPEG, only a fraction is decoded
            upright = ImageOps.exif_transpose(image)
        except (OSError, SyntaxError, ValueError) as error:
            raise Flawed("damaged") from error
        upright.thumbnail((limits.PAGE_WIDTH, limits.PAGE_HEIGHT))
        paper = Image.new("RGB", upright.size, "white")
        layer = upright.convert("RGBA")
        paper.paste(layer, mask=layer.getchannel("A"))
        paper.save(folder / "page-001.webp", "WEBP", quality=QUALITY, method=2)
    return [{"page": 1, "text": ""}]


def _opened(path: Path) -> Image.Image:
    try:
        image = Image.open(path, formats=FORMATS)
    except (UnidentifiedImageError, OSError, SyntaxError, ValueError) as error:
        raise Flawed("damaged") from error
    except Image.DecompressionBombError as error:
        raise Flawed("pixels") from error
    pixels = image.width * image.height
    if pixels > (limits.JPEG_PIXELS if image.format == "JPEG" else limits.PIXELS):
        raise Flawed("pixels")
    return image
