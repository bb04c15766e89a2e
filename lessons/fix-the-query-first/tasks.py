"""An owner's tasks with their comments: one query more for each task, or two queries in all."""

from collections.abc import AsyncIterator
from typing import Annotated

from fastapi import Depends, FastAPI
from sqlalchemy.ext.asyncio import async_sessionmaker, create_async_engine
from sqlalchemy.orm import load_only, selectinload
from sqlmodel import Field, Relationship, SQLModel, select
from sqlmodel.ext.asyncio.session import AsyncSession


class Comment(SQLModel, table=True):
    id: int = Field(primary_key=True)
    task_id: int = Field(foreign_key="task.id", index=True)
    body: str


class Task(SQLModel, table=True):
    id: int = Field(primary_key=True)
    owner_id: int = Field(index=True)
    title: str
    notes: str = ""
    comments: list[Comment] = Relationship()


class CommentRead(SQLModel):
    id: int
    body: str


class TaskRead(SQLModel):
    id: int
    title: str
    comments: list[CommentRead]


app = FastAPI()
sessions = async_sessionmaker(create_async_engine("postgresql+asyncpg://127.0.0.1/tasks"), class_=AsyncSession)


async def get_session() -> AsyncIterator[AsyncSession]:
    async with sessions() as session:
        yield session


SessionDep = Annotated[AsyncSession, Depends(get_session)]


# #region n-plus-one
@app.get("/tasks/n-plus-one")
async def tasks_n_plus_one(owner: int, session: SessionDep) -> list[TaskRead]:
    found = []
    for task in (await session.exec(select(Task).where(Task.owner_id == owner))).all():
        # One more query each time round. A synchronous session does the same where task.comments is touched, and there
        # it looks like no query at all.
        comments = await session.exec(select(Comment).where(Comment.task_id == task.id))
        found.append(TaskRead(id=task.id, title=task.title, comments=comments.all()))
    return found
# #endregion


# #region selectinload
@app.get("/tasks", response_model=list[TaskRead])
async def tasks(owner: int, session: SessionDep) -> list[Task]:
    statement = (
        select(Task)
        .where(Task.owner_id == owner)
        .options(
            # The notes, which no list shows, stay in the database.
            load_only(Task.id, Task.title),
            # A second query fetches the comments of all of them: WHERE task_id IN (…).
            selectinload(Task.comments).load_only(Comment.id, Comment.body),
        )
        .order_by(Task.id)
    )
    return list((await session.exec(statement)).all())
# #endregion
