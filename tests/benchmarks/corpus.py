"""What a corpus takes, by command: `python -m tests.benchmarks.corpus COMMAND …`, or --help."""

import argparse

from tests.benchmarks import corpus_run, corpus_stories

# Each has an `add(parsers)` for its commands, which set what is to `run`.
_MODULES = (corpus_stories, corpus_run)


def main() -> None:
    """Run a command."""
    parser = argparse.ArgumentParser(description=__doc__)
    parsers = parser.add_subparsers(required=True)
    for module in _MODULES:
        module.add(parsers)
    told = parser.parse_args()
    told.run(told)


if __name__ == "__main__":
    main()
