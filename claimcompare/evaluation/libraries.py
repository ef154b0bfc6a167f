"""What evaluations compute with, looked for before anything here is imported that needs it."""

from claimcompare.extras import needs

with needs("eval", "evaluating"):
    import numpy as np  # noqa: F401
