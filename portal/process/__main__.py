"""`python -m portal.process`: prepare, then web and follower in the foreground until Ctrl-C."""

import subprocess
import sys

from portal.process.health import local_address, web_problem
from portal.process.port import refusal
from portal.process.supervisor import Child, Supervisor
from portal.settings.environment import BASE_DIR, Environment, read

WEB = (sys.executable, "-m", "gunicorn", "--config", "python:portal.gunicorn", "portal.wsgi")
FOLLOWER = (sys.executable, "manage.py", "follow")


def main() -> int:
    """Exit status 0 after Ctrl-C, 1 if it cannot start, 2 if the environment is wrong."""
    environment = read()
    message = refusal(environment.listen_address, environment.port)
    if message:
        print(f"portolano: {message}", file=sys.stderr)
        return 1
    prepared = subprocess.run([sys.executable, "-m", "portal.process.prepare"], cwd=BASE_DIR)
    if prepared.returncode:
        return prepared.returncode
    supervisor = Supervisor([Child("web", WEB), Child("follower", FOLLOWER)])
    status = supervisor.run(lambda: web_problem(environment) is None, lambda: print(greeting(environment), flush=True))
    if status:
        print("portolano: the web process does not start; its own words are above", file=sys.stderr)
    return status


def greeting(environment: Environment) -> str:
    """The addresses to open, and who can sign in to the demonstration."""
    address = local_address(environment).replace("127.0.0.1", "localhost")
    lines = [
        f"Portal      {address}/",
        f"Editing     {address}/admin/",
        f"API         {address}/api/docs",
    ]
    if environment.demonstration:
        lines.insert(1, f"A territory {address.replace('localhost', 'valdarmonia.localhost')}/")
        lines += ["", "Accounts of the demonstration:", *accounts(environment)]
    lines += ["", f"Ctrl-C ends everything; what was written stays in {environment.var_dir}"]
    return "\n" + "\n".join(f"  {line}".rstrip() for line in lines) + "\n"


def accounts(environment: Environment) -> list[str]:
    """The demonstration's accounts, as `manage.py set_up_demonstration` wrote them."""
    written = environment.var_dir / "demonstration-accounts.txt"
    return written.read_text().splitlines() if written.exists() else []


if __name__ == "__main__":
    try:
        sys.exit(main())
    except KeyboardInterrupt:
        sys.exit(130)
