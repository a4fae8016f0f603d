"""The training flow: start a training in Control Room, wait for it, report what became live."""

from prefect import flow, get_run_logger, task
from prefect.runtime import flow_run

from control_room import ControlRoom, Problem, report


def may_pass(task, task_run, state):
    return not isinstance(state.data, Problem) or state.data.may_pass


@task(retries=3, retry_delay_seconds=[10, 60, 300], retry_jitter_factor=0.5, retry_condition_fn=may_pass)
def start_training(parameters, key):
    """A task that is tried again asks for the same run again, because the key stays the same."""
    return ControlRoom().start("train-model", parameters, key)["id"]


@task
def wait_for_training(run_id, limit):
    return ControlRoom().wait("train-model", run_id, limit=limit)


@flow(name="control-room-training", log_prints=True)
def train_model(preset: str = "default", limit: int = 4 * 3600):
    """Trains on what is loaded and answers the facts of the run.

    :param preset: one of Control Room's presets
    :param limit: seconds to wait at most
    """
    run_id = start_training({"preset": preset}, f"prefect {flow_run.id}")
    get_run_logger().info("waiting for %s", run_id)
    facts = report({"train-model": wait_for_training(run_id, limit)})
    for name, value in facts.items():
        print(f"{name}: {value}")
    return facts


if __name__ == "__main__":
    train_model()
