"""An answer that HTTP caches may keep for five minutes, and confirm afterwards."""

import hashlib
from typing import Annotated

from fastapi import FastAPI, Header, Response, status
from pydantic import BaseModel

app = FastAPI()


class Config(BaseModel):
    theme: str = "light"
    locale: str = "en"
    page_size: int = 50


def etag_of(body: bytes) -> str:
    return f'"{hashlib.sha256(body).hexdigest()[:16]}"'


def matches(if_none_match: str, etag: str) -> bool:
    tags = [tag.strip().removeprefix("W/") for tag in if_none_match.split(",")]
    return "*" in tags or etag in tags


# #region read
@app.get("/public/config", response_model=Config)
async def public_config(if_none_match: Annotated[str | None, Header()] = None) -> Response:
    body = Config().model_dump_json().encode()
    etag = etag_of(body)
    headers = {"Cache-Control": "public, max-age=300", "ETag": etag}

    if if_none_match and matches(if_none_match, etag):
        # The fields that a 200 would have carried: they renew the copy.
        return Response(status_code=status.HTTP_304_NOT_MODIFIED, headers=headers)
    return Response(body, media_type="application/json", headers=headers)
# #endregion
