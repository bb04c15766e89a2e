notebook: dict[str, float] = {}


def rate_of(pair: str) -> float:
    kept = notebook.get(pair)
    if kept is not None:
        return kept

    rate = ask_provider(pair)
    notebook[pair] = rate
    return rate
