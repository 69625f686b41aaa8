"""`python -m tests.benchmarks.visibility PORT N`: publish in the admin, and ask until the API and the search know.

The admin's own form is read, filled and posted with "publish"; the answers of the server on PORT are polled.
"""

import sys
import time

import django

django.setup()

from django.contrib.auth import get_user_model  # noqa: E402
from django.test import Client  # noqa: E402

from services_catalog.choices import Audience  # noqa: E402
from services_catalog.models import Service  # noqa: E402
from tests.benchmarks.load import percentile  # noqa: E402
from tests.http import get  # noqa: E402
from tests.walk.browsing import Form  # noqa: E402

LIMIT = 10.0
CONNECTIONS = 6
"""Connections in a row that must find it: with two processes, one of them is left out once in 32 times."""


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


def everywhere(port: int, word: str) -> bool:
    """Whether a search finds the word whichever process answers."""
    return all(word in get(port, f"/api/v1/services?q={word}&language=it") for _connection in range(CONNECTIONS))


def main(port: int, count: int) -> None:
    """Print the p95 of both."""
    user, _made = get_user_model().objects.get_or_create(username="bench", is_superuser=True, is_staff=True)
    client = Client(headers={"host": "localhost"})
    client.force_login(user)
    api, search = [], []
    published = Service.objects.filter(live=True, audience=Audience.PUBLIC).order_by("pk")
    for number, service in enumerate(published[:count]):
        word = f"zq{number}x{time.time_ns() % 10**9}"
        publish(client, service, f"Nuovo {word}")
        began = time.perf_counter()
        api.append(until(lambda s=service, w=word: w in get(port, f"/api/v1/services/{s.pk}?language=it"), began))
        search.append(until(lambda w=word: everywhere(port, w), began))
    print(f"read_in_the_API={percentile(api, 0.95):.1f}")
    print(f"found_by_search={percentile(search, 0.95):.1f}")


main(int(sys.argv[1]), int(sys.argv[2]))
