"""Whether the web process is well: `python -m portal.process.health`, for whoever watches it.

The follower is asked by `manage.py follow --check`.
"""

import sys
import urllib.error
import urllib.request
from urllib.parse import urlsplit

from portal.settings.environment import Environment, read

# Passed over no proxy: the question is put to this machine.
_open = urllib.request.build_opener(urllib.request.ProxyHandler({})).open


def local_address(environment: Environment) -> str:
    """Where this machine reaches the web process."""
    address = environment.listen_address
    host = {"0.0.0.0": "127.0.0.1", "::": "[::1]"}.get(address, f"[{address}]" if ":" in address else address)  # noqa: S104
    return f"http://{host}:{environment.port}"


def web_problem(environment: Environment) -> str | None:
    """Why the web process does not serve, None if it does."""
    # Asked under the name that visitors use: Django serves no other.
    host = urlsplit(environment.public_url).netloc
    request = urllib.request.Request(f"{local_address(environment)}/status", headers={"Host": host})  # noqa: S310
    try:
        with _open(request, timeout=5):
            return None
    except urllib.error.HTTPError as error:
        return f"/status answers {error.code}"
    except OSError as error:
        return f"/status does not answer: {error}"


def main() -> int:
    """Exit status 0 if the web process is well; 1 and a line on standard error if not."""
    problem = web_problem(read())
    if problem:
        print(f"portolano: {problem}", file=sys.stderr)
    return 1 if problem else 0


if __name__ == "__main__":
    sys.exit(main())
