# #region serve
# uvloop and httptools; uvloop is left out on Windows, for which there is none
pip install "uvicorn[standard]"

# --workers 4        four processes, one for each core, each with a memory of its own
# --loop uvloop      the event loop built on libuv, in place of asyncio's own
# --http httptools   the HTTP parser in C, in place of h11, which is written in Python
uvicorn app.main:app --workers 4 --loop uvloop --http httptools
# #endregion
