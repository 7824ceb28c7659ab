"""How much of a document is read. Beyond it nobody reads on either."""

PAGES = 30
PAGE_WIDTH = 1240  # pixels: A4 at 150 dots per inch
PAGE_HEIGHT = 6000  # pixels; a page of a chat's length is scaled down to it
LARGEST_SCALE = 4.0  # for a page as small as a stamp

CHARACTERS = 200_000
BLOCKS = 3000
CELLS = 3000

JPEG_PIXELS = 120_000_000  # decoded at a fraction of its size
PIXELS = 30_000_000

ENTRIES = 2000
UNPACKED_BYTES = 100 * 1024 * 1024
XML_BYTES = 40 * 1024 * 1024
RATIO = 200  # times smaller than what it unpacks to; text is packed about 30 times at most
RATIO_FROM_BYTES = 1024 * 1024  # an entry below it may be as repetitive as it likes
