"""`python -m tests.benchmarks.visibility PORT N`: publish in the admin, and ask until the API and the search know.

The admin's own form is read, filled and posted with "publish"; the answers of the server on PORT are polled.
"""

import os
import sys
import time
from collections.abc import Callable
from http.client import HTTPConnection

import django

django.setup()

from django.contrib.auth import get_user_model  # noqa: E402
from django.test import Client  # noqa: E402

from services_catalog.choices import Audience  # noqa: E402
from services_catalog.models import Service  # noqa: E402
from tests.benchmarks.answering import HEADER  # noqa: E402
from tests.benchmarks.load import percentile  # noqa: E402
from tests.http import get  # noqa: E402
from tests.walk.browsing import Form  # noqa: E402

LIMIT = 10.0


def publish(client: Client, service: Service, name: str) -> None:
    """Give the service a name in the admin's form, and publish."""
    address = f"/admin/snippets/services_catalog/service/edit/{service.pk}/"
    fields = Form(client.get(address).content.decode()).values
    answer = client.post(address, fields | {"name_it": name, "action-publish": "action-publish"})
    assert answer.status_code == 302, answer.content.decode()[:2000]


def until(found: object, began: float) -> float:
    """Milliseconds until `found()` is true. Raises AssertionError after ten seconds."""
    while not found():  # type: ignore[operator]
        assert time.perf_counter() - began < LIMIT, "not seen in ten seconds"
        time.sleep(0.01)
    return (time.perf_counter() - began) * 1000


def asked(connection: HTTPConnection, path: str) -> tuple[str, str]:
    """The process that answered, and its text."""
    connection.request("GET", path)
    answer = connection.getresponse()
    return answer.headers[HEADER], answer.read().decode()


def one_to_each(port: int) -> dict[str, HTTPConnection]:
    """A connection to every web process: who is connected stays with one."""
    found: dict[str, HTTPConnection] = {}
    while len(found) < int(os.environ["WEB_CONCURRENCY"]):
        connection = HTTPConnection("localhost", port)
        found.setdefault(asked(connection, "/status")[0], connection)
    return found


def everywhere(port: int, word: str) -> Callable[[], bool]:
    """Asks every process that has not found the word, and answers whether all have by now."""
    left = one_to_each(port)

    def all_found() -> bool:
        for process, connection in list(left.items()):
            if word in asked(connection, f"/api/v1/services?q={word}&language=it")[1]:
                left.pop(process).close()
        return not left

    return all_found


def main(port: int, count: int) -> None:
    """Print the p95 of both."""
    user, _made = get_user_model().objects.get_or_create(username="bench", is_superuser=True, is_staff=True)
    client = Client(headers={"host": "localhost"})
    client.force_login(user)
    api, search = [], []
    published = Service.objects.filter(live=True, audience=Audience.PUBLIC).order_by("pk")
    for number, service in enumerate(published[:count]):
        word = f"zq{number}x{time.time_ns() % 10**9}"
        found_everywhere = everywhere(port, word)
        publish(client, service, f"Nuovo {word}")
        began = time.perf_counter()
        api.append(until(lambda s=service, w=word: w in get(port, f"/api/v1/services/{s.pk}?language=it"), began))
        search.append(until(found_everywhere, began))
    print(f"read_in_the_API={percentile(api, 0.95):.1f}")
    print(f"found_by_search={percentile(search, 0.95):.1f}")


main(int(sys.argv[1]), int(sys.argv[2]))
