"""Plain HTTP to a server of this machine, for tests of real processes."""

import http.client


def ask(port: int, path: str, host: str = "localhost") -> tuple[int, str]:
    """Status and text of a GET. Raises OSError where nobody listens."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
    try:
        connection.request("GET", path, headers={"Host": host})
        answer = connection.getresponse()
        return answer.status, answer.read().decode(errors="replace")
    finally:
        connection.close()


def get(port: int, path: str) -> str:
    """Text of a GET, whatever its status."""
    return ask(port, path)[1]
