import asyncio
from functools import lru_cache

import httpx
from cachetools import TTLCache
from fastapi import FastAPI

app = FastAPI()

# #region lru
provider = httpx.Client(base_url="http://127.0.0.1:9100", timeout=2.0)


@lru_cache(maxsize=128)
def rate_of(base: str, target: str) -> float:
    answer = provider.get("/rates", params={"base": base, "target": target})
    answer.raise_for_status()  # what raises is not kept
    return answer.json()["rate"]


# Not `async def`: lru_cache would keep the coroutine, which can be awaited only once.
@app.get("/exchange")
def exchange(base: str = "USD", target: str = "KRW") -> dict:
    return {"base": base, "target": target, "rate": rate_of(base, target)}


@app.get("/exchange/cache")
def cache_info() -> dict:
    return rate_of.cache_info()._asdict()  # hits, misses, maxsize, currsize
# #endregion


# #region ttl
async_provider = httpx.AsyncClient(base_url="http://127.0.0.1:9100", timeout=2.0)
kept: TTLCache[tuple[str, str], float] = TTLCache(maxsize=128, ttl=60)
one_at_a_time = asyncio.Lock()


@app.get("/exchange/dated")
async def dated_exchange(base: str = "USD", target: str = "KRW") -> dict:
    key = (base, target)
    if (rate := kept.get(key)) is None:
        async with one_at_a_time:
            # Whoever waited here looks once more: another request may have fetched it meanwhile.
            if (rate := kept.get(key)) is None:
                answer = await async_provider.get("/rates", params={"base": base, "target": target})
                rate = kept[key] = answer.raise_for_status().json()["rate"]
    return {"base": base, "target": target, "rate": rate}
# #endregion
