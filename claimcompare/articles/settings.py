"""How articles are read."""

from collections.abc import Mapping

from pydantic import BaseModel, ConfigDict, Field, field_validator

from claimcompare.articles.fields import FIELDS

MAX_BYTES = 20_000_000
MAX_MEMORY = 2_000_000_000


class ReadSettings(BaseModel):
    """How articles are read; sizes in bytes, times in seconds."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    fields: Mapping[str, str] = Field(
        default_factory=dict,
        description="What a data set calls the fields of an article, as in text=body.",
    )
    max_bytes: int = Field(
        default=MAX_BYTES,
        ge=1,
        description="Refuse what is larger, unpacked: a row of JSON Lines, CSV or Parquet, else "
        "the file as a whole.",
    )
    timeout: float = Field(
        default=30.0,
        gt=0,
        le=3_600,
        description="Seconds that a page may take, redirects included.",
    )
    seconds: float | None = Field(
        default=60.0,
        gt=0,
        le=3_600,
        description="Seconds for reading a file, or 100 rows of Parquet: PDF, DOCX, Parquet and "
        "large pages are read in a process of their own, which is ended then. In Python, None "
        "reads them in the caller's process, for as long as it takes.",
    )
    max_memory: int = Field(
        default=MAX_MEMORY,
        ge=500_000_000,
        description="Memory for that, in bytes, where the system can limit it.",
    )
    allow_private: bool = Field(
        default=False, description="Fetch URLs from loopback and private addresses, too."
    )

    @field_validator("fields")
    @classmethod
    def _known(cls, fields: Mapping[str, str]) -> Mapping[str, str]:
        unknown = [name for name in fields if name not in FIELDS]
        if unknown:
            raise ValueError(f"{unknown[0]!r} is no field of an article ({', '.join(FIELDS)})")
        return fields
