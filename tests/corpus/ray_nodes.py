"""A Ray cluster on this machine: a head that runs nothing, and two workers, which can be lost."""

from collections.abc import Iterator
from contextlib import contextmanager

import ray
from ray.cluster_utils import Cluster

WORKERS = 2
# Ray takes no less than 75 MiB; containers have little shared memory.
_MEMORY = 100 * 2**20
_PATIENCE = 120


@contextmanager
def cluster() -> Iterator[Cluster]:
    """Such a cluster, with this process as its driver."""
    node = {"object_store_memory": _MEMORY}
    needless = {"include_dashboard": False, "include_log_monitor": False, "no_monitor": True}
    made = Cluster(initialize_head=True, head_node_args={"num_cpus": 0, **needless, **node})
    try:
        for _ in range(WORKERS):
            made.add_node(wait=False, num_cpus=2, **node)
        made.wait_for_nodes(timeout=_PATIENCE)
        ray.init(address=made.address, log_to_driver=False)
        yield made
    finally:
        ray.shutdown()
        made.shutdown()


def lose_a_worker(made: Cluster) -> list[str]:
    """Kill one and all that runs there, as where a power supply fails; the actors lost with it."""
    import psutil  # it comes with Ray

    node = next(iter(made.worker_nodes))
    raylet = psutil.Process(node.all_processes["raylet"][0].process.pid)
    running = [raylet, *raylet.children(recursive=True)]
    titles = [" ".join(one.cmdline()) for one in running]
    for one in running:
        one.kill()
    made.remove_node(node, allow_graceful=False)
    return [title for title in titles if "MapWorker" in title]
