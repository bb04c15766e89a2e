import json

from fastapi import Depends, FastAPI, HTTPException
from redis.asyncio import Redis
from redis.exceptions import RedisError
from sqlmodel.ext.asyncio.session import AsyncSession

from .database import get_session
from .models import Task, TaskRead
from .settings import settings

TTL_S = 120

app = FastAPI()
redis = Redis.from_url(settings.redis_url, decode_responses=True, socket_timeout=0.5)


async def look_up(key: str) -> dict | None:
    try:
        text = await redis.get(key)
        return None if text is None else json.loads(text)
    except (RedisError, ValueError):
        return None  # away, or nonsense: a miss


async def store(key: str, value: dict) -> None:
    try:
        await redis.set(key, json.dumps(value), ex=TTL_S)
    except RedisError:
        pass  # costs the next reader a miss, and this one nothing


@app.get("/tasks/{task_id}")
async def read_task(task_id: int, session: AsyncSession = Depends(get_session)) -> dict:
    key = f"task:{task_id}"
    kept = await look_up(key)
    if kept is not None:
        return kept

    task = await session.get(Task, task_id)
    if task is None:
        raise HTTPException(404)

    # mode="json" makes dates text; json.dumps would refuse them.
    data = TaskRead.model_validate(task).model_dump(mode="json")
    await store(key, data)
    return data
