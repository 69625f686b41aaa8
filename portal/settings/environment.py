"""What the process reads from its environment, each variable with its type, default and meaning.

The one place where a variable is named: README documents exactly these, and a test holds the two together.
"""

import secrets
import sys
from pathlib import Path
from typing import Annotated

from pydantic import Field, SecretStr, ValidationError, field_validator
from pydantic_settings import BaseSettings, NoDecode, SettingsConfigDict

BASE_DIR = Path(__file__).resolve().parents[2]


class Environment(BaseSettings):
    """Variables of the process; their names are the fields' in capitals."""

    model_config = SettingsConfigDict(env_file=BASE_DIR / ".env", extra="ignore", frozen=True)

    debug: bool = Field(False, description="Django's debug pages; never where citizens come")
    secret_key: SecretStr | None = Field(None, min_length=32, description="signs sessions; generated into VAR_DIR if unset")
    allowed_hosts: Annotated[tuple[str, ...], NoDecode] = Field(
        ("localhost", ".localhost", "127.0.0.1", "[::1]"), description="host names served, separated by commas"
    )
    csrf_trusted_origins: Annotated[tuple[str, ...], NoDecode] = Field(
        (), description="origins of forms behind a proxy, separated by commas"
    )
    database_url: str | None = Field(None, description="postgres://…; SQLite in VAR_DIR if unset")
    elasticsearch_url: str | None = Field(None, description="http://…:9200; the embedded index if unset")
    var_dir: Path = Field(BASE_DIR / "var", description="what the process writes: database, index, media, static files")
    port: int = Field(8000, ge=1, le=65535, description="where the web process listens")
    public_url: str = Field("http://localhost:8000", description="the address people see, used in links")
    behind_https_proxy: bool = Field(False, description="a proxy ends TLS and sets X-Forwarded-Proto")
    demonstration: bool = Field(False, description="banner and noindex on every page: the data is not real")

    @field_validator("allowed_hosts", "csrf_trusted_origins", mode="before")
    @classmethod
    def _split(cls, value: object) -> object:
        return tuple(part.strip() for part in value.split(",") if part.strip()) if isinstance(value, str) else value

    def secret_key_or_generated(self) -> str:
        """The key given, or one kept in VAR_DIR from the first start: sessions survive a restart without any setup."""
        if self.secret_key:
            return self.secret_key.get_secret_value()
        kept = self.var_dir / "secret_key"
        if not kept.exists():
            self.var_dir.mkdir(parents=True, exist_ok=True)
            kept.touch(mode=0o600)
            kept.write_text(secrets.token_urlsafe(48))
        return kept.read_text()


def read() -> Environment:
    """The environment, checked. A wrong value ends the process with one plain line a variable, never its value."""
    try:
        return Environment()
    except ValidationError as error:
        for problem in error.errors(include_input=False):
            name = "_".join(str(part) for part in problem["loc"]).upper()
            print(f"portolano: the environment variable {name} is wrong: {problem['msg']}", file=sys.stderr)  # noqa: T201
        raise SystemExit(2) from None
