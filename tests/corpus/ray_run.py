"""Stories compared on a cluster that loses a worker on the way, and one that is in a Dataset."""

import json
import logging
import sys
import time
from argparse import ArgumentParser
from pathlib import Path
from threading import Thread

import ray
from ray.cluster_utils import Cluster

from claimcompare import LLMSettings
from claimcompare.corpus import Model
from claimcompare.corpus.on_ray import compare_on_ray
from tests.corpus.ray_nodes import WORKERS, cluster, lose_a_worker
from tests.corpus.stories import stories

STORIES, CONCURRENCY = 40, 4
_MANY = 60
_SOON = 0.02
_NOBODY, _ONCE = "http://127.0.0.1:9/v1", LLMSettings(attempts=1, cache=False)


def main() -> None:
    """Compare them all."""
    parser = ArgumentParser()
    parser.add_argument("url")
    parser.add_argument("folder", type=Path, help="where its log is, and answers are to be")
    given = parser.parse_args()
    settings = LLMSettings(concurrency=WORKERS * CONCURRENCY, cache_folder=given.folder)
    llm = Model(name="m", base_url=given.url, key_env="DESK_KEY", settings=settings)
    said, lost = _Said(), list[str]()
    logging.getLogger("claimcompare").addHandler(said)
    logging.getLogger("claimcompare").setLevel(logging.INFO)
    with cluster() as made:
        rows = compare_on_ray(stories(STORIES), llm=llm, workers=WORKERS)
        Thread(target=_lose_half_way, args=(made, given.folder / "log", lost), daemon=True).start()
        told = rows.take_all()
        nobody = Model(name="m", base_url=_NOBODY, key_env="DESK_KEY", settings=_ONCE)
        unread = compare_on_ray(_one_in_a_dataset(), llm=nobody, workers=1).take_all()
    ids = [story.id for story in stories(STORIES)]
    found = {"ids": ids, "lost": lost, "rows": told, "said": said.lines, "unread": unread}
    sys.stdout.write(json.dumps(found))


class _Said(logging.Handler):
    def __init__(self) -> None:
        super().__init__()
        self.lines: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.lines.append(record.getMessage())


def _one_in_a_dataset() -> "ray.data.Dataset":
    (story,) = stories(1)
    return ray.data.from_items([{"story": story.model_dump_json()}])


def _lose_half_way(made: Cluster, log: Path, lost: list[str]) -> None:
    """Lose a worker once much is done and both are at work: more is asked than either may ask."""
    while True:
        rows = log.read_text(encoding="utf-8").splitlines()
        in_flight = json.loads(rows[-1])["in_flight"] if len(rows) > _MANY else 0
        if in_flight > CONCURRENCY:
            break
        time.sleep(_SOON)
    lost += lose_a_worker(made)


if __name__ == "__main__":
    main()
