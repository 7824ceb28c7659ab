"""Pictures of pages for people to look at: every path at 360, 768 and 1440 px, light and dark.

    python -m tests.journeys.pictures --out /tmp/pictures --email ada@northwind.test --password … /review/ /review/jobs/
    python -m tests.journeys.pictures --out /tmp/pictures --link http://localhost:8000/c/<token>/ /c/

Against a server that runs already. The pictures show people's data: keep them out of the repository.
"""

import argparse
import itertools
import os
import shutil
from pathlib import Path

from playwright.sync_api import Browser, BrowserContext, StorageState, sync_playwright

WIDTHS = (360, 768, 1440)
SCHEMES = ("light", "dark")


def main() -> None:
    options = parser().parse_args()
    out = Path(options.out)
    out.mkdir(parents=True, exist_ok=True)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=os.environ.get("CHROMIUM") or shutil.which("chromium"),
            args=["--no-sandbox", "--use-fake-device-for-media-stream", "--use-fake-ui-for-media-stream"],
        )
        state = entered(browser, options)
        for scheme, width, path in itertools.product(options.schemes, options.widths, options.paths):
            target = out / f"{path.strip('/').replace('/', '_').replace('?', '_') or 'front'}-{width}-{scheme}.png"
            context = browser.new_context(
                storage_state=state, color_scheme=scheme, viewport={"width": width, "height": 900}
            )
            take(context, options.base + path, target)
            context.close()
        browser.close()


def entered(browser: Browser, options: argparse.Namespace) -> StorageState:
    """The cookies of whoever signed in, or pressed the button behind a candidate's link; nobody's without either."""
    page = browser.new_page()
    if options.email:
        page.goto(f"{options.base}/accounts/login/")
        page.fill("input[type=email]", options.email)
        page.fill("input[type=password]", options.password)
        page.click("main button[type=submit]")
    if options.link:
        page.goto(options.link)
        page.click("main button[type=submit]")
    page.wait_for_load_state()
    return page.context.storage_state()


def take(context: BrowserContext, url: str, target: Path) -> None:
    page = context.new_page()
    answer = page.goto(url, wait_until="networkidle")
    page.screenshot(path=target, full_page=True)
    print(answer.status if answer else "-", target)  # noqa: T201 (a tool for the terminal)


def parser() -> argparse.ArgumentParser:
    found = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    found.add_argument("paths", nargs="+")
    found.add_argument("--out", required=True)
    found.add_argument("--base", default="http://localhost:8000")
    found.add_argument("--email")
    found.add_argument("--password", default=os.environ.get("PICTURES_PASSWORD"))
    found.add_argument("--link", help="a candidate's link")
    found.add_argument("--widths", type=int, nargs="*", default=WIDTHS)
    found.add_argument("--schemes", nargs="*", default=SCHEMES)
    return found


if __name__ == "__main__":
    main()
