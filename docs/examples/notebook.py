# %% [markdown]
# # One story in a notebook
# Open this file in VS Code or PyCharm, or with Jupytext in Jupyter: each `# %%` is a cell. It needs
# `pip install 'claimcompare[pandas]'`, and replays a recording.

# %%
from claimcompare import LLM, LLMSettings, compare, read_articles, replay
from claimcompare.report.frames import assertions_frame, claims_frame, ledger_frame

articles = read_articles("docs/examples/articles/stand.jsonl")
llm = LLM(
    "large",
    base_url="http://127.0.0.1:8765/v1",
    api_key="none",
    settings=LLMSettings(cache=False),
)
with replay("tests/recordings/large"):
    comparison = compare(articles, llm=llm)

# %% [markdown]
# As the last line of a cell, the comparison shows itself as its page.

# %%
comparison  # noqa: B018

# %% [markdown]
# Who takes which side, outlet by outlet.

# %%
sides = assertions_frame(comparison).groupby(["publisher", "stance"]).size()
print(sides)

# %% [markdown]
# Who speaks most, and what became of everything that the model said.

# %%
print(claims_frame(comparison)["speaker"].value_counts().head())
print(ledger_frame(comparison)["outcome"].value_counts())
