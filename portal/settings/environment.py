"""What the process reads from its environment, each variable with its type, default and meaning.

The one place where a variable is named: README documents exactly these, and a test holds the two together.
"""

import contextlib
import os
import secrets
import sys
import tempfile
from pathlib import Path
from typing import Annotated, NoReturn
from urllib.parse import urlsplit

from pydantic import Field, SecretStr, ValidationError, ValidationInfo, field_validator
from pydantic_settings import BaseSettings, NoDecode, SettingsConfigDict

BASE_DIR = Path(__file__).resolve().parents[2]
DATABASE_SCHEMES = ("postgres", "postgresql", "sqlite")
WEB_SCHEMES = ("http", "https")


class Environment(BaseSettings):
    """Variables of the process; their names are the fields' in capitals. An empty one counts as unset."""

    model_config = SettingsConfigDict(env_file=BASE_DIR / ".env", extra="ignore", frozen=True)

    debug: bool = Field(False, description="Django's debug pages; never where citizens come")
    secret_key: SecretStr | None = Field(
        None, min_length=32, description="signs sessions, 32 characters or more; generated into VAR_DIR if unset"
    )
    allowed_hosts: Annotated[tuple[str, ...], NoDecode] = Field(
        ("localhost", ".localhost", "127.0.0.1", "[::1]"), description="host names served, separated by commas"
    )
    csrf_trusted_origins: Annotated[tuple[str, ...], NoDecode] = Field(
        (), description="origins of forms behind a proxy, separated by commas"
    )
    database_url: str | None = Field(None, description="postgres://…; SQLite in VAR_DIR if unset")
    elasticsearch_url: str | None = Field(None, description="http://…:9200; the embedded index if unset")
    elasticsearch_prefix: str = Field(
        "portolano", pattern=r"^[a-z][a-z0-9-]*$", description="begins the names of the indices: one an installation"
    )
    needs_embedder: str | None = Field(
        None,
        pattern=r"^[\w.]+:\w+$",
        description="module:callable of an embedding model that helps to tell needs; none if unset (docs/search.md)",
    )
    var_dir: Path = Field(BASE_DIR / "var", description="what is written: database, index, media")
    static_dir: Path | None = Field(None, description="hashed static files; VAR_DIR/static if unset")
    listen_address: str = Field("127.0.0.1", description="where the web process listens; 0.0.0.0 in a container")
    port: int = Field(8000, ge=1, le=65535, description="the port the web process listens on")
    web_concurrency: int = Field(2, ge=1, le=64, description="web processes: about one per processor core")
    public_url: str = Field(
        default_factory=lambda known: f"http://localhost:{known.get('port', 8000)}",
        description="the address people see, used in links; http://localhost and PORT if unset",
    )
    behind_https_proxy: bool = Field(False, description="a proxy ends TLS and sets X-Forwarded-Proto")
    demonstration: bool = Field(False, description="banner and noindex on every page: the data is not real")

    @field_validator("allowed_hosts", "csrf_trusted_origins", mode="before")
    @classmethod
    def _split(cls, value: object) -> object:
        return tuple(part.strip() for part in value.split(",") if part.strip()) if isinstance(value, str) else value

    # The last "before" validator runs first.
    @field_validator("*", mode="before")
    @classmethod
    def _empty_is_unset(cls, value: object, info: ValidationInfo) -> object:
        if value != "" or info.field_name is None:
            return value
        return cls.model_fields[info.field_name].get_default(call_default_factory=True, validated_data=info.data)

    @field_validator("database_url")
    @classmethod
    def _names_a_database(cls, value: str | None) -> str | None:
        return value and _with_scheme(value, DATABASE_SCHEMES)

    @field_validator("elasticsearch_url", "public_url")
    @classmethod
    def _names_a_web_address(cls, value: str | None) -> str | None:
        return value and _with_scheme(value, WEB_SCHEMES)

    @field_validator("csrf_trusted_origins")
    @classmethod
    def _names_origins(cls, value: tuple[str, ...]) -> tuple[str, ...]:
        return tuple(_with_scheme(origin, WEB_SCHEMES) for origin in value)

    def secret_key_or_generated(self) -> str:
        """The key given, or one kept in VAR_DIR from the first start: sessions survive a restart without any setup."""
        if self.secret_key:
            return self.secret_key.get_secret_value()
        try:
            return _kept_or_made(self.var_dir / "secret_key")
        except OSError as error:
            _refuse({"VAR_DIR": f"it cannot be written ({error.strerror})"})


def _kept_or_made(path: Path) -> str:
    """The secret in the file, made the first time. Web and follower start together: neither may read a half of it."""
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
        descriptor, made = tempfile.mkstemp(dir=path.parent)
        with os.fdopen(descriptor, "w") as file:
            file.write(secrets.token_urlsafe(48))
        with contextlib.suppress(FileExistsError):
            os.link(made, path)
        os.unlink(made)
    return path.read_text()


def _with_scheme(value: str, schemes: tuple[str, ...]) -> str:
    """The address itself, if it is one. The error names no part of it: addresses carry passwords."""
    try:
        parts = urlsplit(value)
        usable = parts.scheme in schemes and (parts.scheme == "sqlite" or bool(parts.hostname)) and parts.port != 0
    except ValueError:
        usable = False
    if not usable:
        raise ValueError(f"it has to be an address that begins with {' or '.join(f'{name}://' for name in schemes)}")
    return value


def _refuse(problems: dict[str, str]) -> NoReturn:
    """End the process with one plain line for each wrong variable."""
    for name, problem in problems.items():
        print(f"portolano: the environment variable {name} is wrong: {problem}", file=sys.stderr)  # noqa: T201
    raise SystemExit(2)


def read() -> Environment:
    """The environment, checked. A wrong value ends the process with a line that names its variable, never its value."""
    try:
        return Environment()
    except ValidationError as error:
        found = error.errors(include_input=False, include_url=False)
    # A default that waits for another variable's value is not a wrong value.
    found = [problem for problem in found if problem["type"] != "default_factory_not_called"]
    _refuse({str(problem["loc"][0]).upper(): problem["msg"].removeprefix("Value error, ") for problem in found})
