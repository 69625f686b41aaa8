"""A person at a browser without JavaScript: cookies, forms, links."""

import http.client
import re
from dataclasses import dataclass, field
from html.parser import HTMLParser
from urllib.parse import urlencode, urlsplit


class Form(HTMLParser):
    """The fields of a page's forms with their values, as a browser would send them."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.values: dict[str, str] = {}
        self._area: str | None = None
        self._select: str | None = None
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        name = given.get("name")
        if tag == "textarea" and name:
            self._area = name
            self.values[name] = ""
        elif tag == "select":
            self._select = name
        elif tag == "option" and self._select and "selected" in given:
            self.values[self._select] = given.get("value") or ""
        elif tag == "input" and name and given.get("type") not in {"submit", "file"} and self._sent(given):
            self.values[name] = given.get("value") or ""

    @staticmethod
    def _sent(given: dict[str, str | None]) -> bool:
        return given.get("type") not in {"checkbox", "radio"} or "checked" in given

    def handle_endtag(self, tag: str) -> None:
        if tag == "textarea":
            self._area = None
        elif tag == "select":
            self._select = None

    def handle_data(self, data: str) -> None:
        if self._area:
            self.values[self._area] += data.lstrip("\n")


@dataclass
class Browser:
    """One person's browser, pointed at a server of this machine."""

    port: int
    host: str = "localhost"
    cookies: dict[str, str] = field(default_factory=dict)

    def request(self, method: str, path: str, body: str | None = None) -> tuple[int, str, str]:
        """Status, text and where it redirects to."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)
        headers = {"Host": f"{self.host}:{self.port}", "Cookie": "; ".join(f"{k}={v}" for k, v in self.cookies.items())}
        if body is not None:
            headers |= {
                "Content-Type": "application/x-www-form-urlencoded",
                "Referer": f"http://{self.host}:{self.port}/",
            }
        try:
            connection.request(method, path, body, headers)
            answer = connection.getresponse()
            for cookie in answer.headers.get_all("Set-Cookie") or ():
                name, _, rest = cookie.partition("=")
                self.cookies[name] = rest.partition(";")[0]
            return answer.status, answer.read().decode(errors="replace"), answer.headers.get("Location") or ""
        finally:
            connection.close()

    def get(self, path: str) -> tuple[int, str]:
        """Status and text, redirects followed."""
        for _ in range(6):
            status, text, location = self.request("GET", path)
            if status not in {301, 302, 303, 307, 308}:
                return status, text
            parts = urlsplit(location)
            path = parts.path + (f"?{parts.query}" if parts.query else "")
        raise AssertionError(f"too many redirects to {path}")

    def submit(self, path: str, **changes: str) -> tuple[int, str, str]:
        """Read the page's forms, change some fields, send them."""
        status, page = self.get(path)
        assert status == 200, (path, status, page[:500])
        return self.request("POST", path, urlencode(Form(page).values | changes))

    def sign_in(self, username: str, password: str) -> None:
        """Sign in to the admin."""
        status, page, _ = self.submit("/admin/login/", username=username, password=password)
        assert status == 302, page[:1500]


def links(page: str) -> set[str]:
    """Paths of this site that a page leads to."""
    return {link for link in re.findall(r'href="(/[^"#?]*)', page) if not link.startswith("//")}
