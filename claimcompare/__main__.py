"""`python -m claimcompare`."""

from claimcompare.cli import app

app(prog_name="claimcompare")
