from functools import lru_cache

import httpx
from fastapi import FastAPI

app = FastAPI()
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
