"""The same value for ten seconds, kept in this process."""

import asyncio
import time
from dataclasses import dataclass
from datetime import UTC, datetime

from fastapi import FastAPI
from pydantic import BaseModel

app = FastAPI()

TTL_SECONDS = 10


class SlowValue(BaseModel):
    value: datetime


@dataclass(frozen=True)
class Entry:
    value: SlowValue
    expires_at: float


notebook: dict[str, Entry] = {}


async def compute() -> SlowValue:
    await asyncio.sleep(0.2)  # added on purpose: this is the slow origin
    return SlowValue(value=datetime.now(UTC))


# #region read
@app.get("/slow-value")
async def slow_value() -> SlowValue:
    kept = notebook.get("slow-value")
    # A clock that only goes forward: the date on the wall may be set back.
    if kept and time.monotonic() < kept.expires_at:
        return kept.value

    value = await compute()
    notebook["slow-value"] = Entry(value, time.monotonic() + TTL_SECONDS)
    return value
# #endregion
