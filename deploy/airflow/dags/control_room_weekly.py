"""The week of a catalogue: load the next portion, make a dataset of it, train, wait, report.

Airflow says when and in which order, Control Room does the work. The tasks hand on run ids only, and a task that Airflow
tries again asks for the same run again instead of starting a second one.
"""

from datetime import datetime, timedelta, timezone

from airflow.sdk import PokeReturnValue, dag, get_current_context, task
from airflow.sdk.exceptions import AirflowFailException

from control_room import ControlRoom, Problem, RunFailed, report

LOOK_EVERY = timedelta(seconds=5)
LONGEST = timedelta(hours=4)


def start(pipeline, parameters=None):
    key = f"{get_current_context()['run_id']} {pipeline}"
    try:
        return ControlRoom().start(pipeline, parameters, key)["id"]
    except Problem as problem:
        if problem.may_pass:
            raise
        raise AirflowFailException(str(problem)) from problem


@task.sensor(poke_interval=LOOK_EVERY.total_seconds(), timeout=LONGEST.total_seconds(), mode="reschedule")
def wait_for(pipeline, started):
    try:
        run = ControlRoom().completed(pipeline, started)
    except RunFailed as failed:
        # Control Room has tried its steps again where that helps; the run can be restarted there, at the failed step.
        raise AirflowFailException(str(failed)) from failed
    return PokeReturnValue(is_done=run is not None, xcom_value=run)


@dag(
    schedule="0 0 * * 1",
    start_date=datetime(2026, 1, 5, tzinfo=timezone.utc),
    catchup=False,
    max_active_runs=1,
    default_args={"retries": 3, "retry_delay": timedelta(minutes=1), "retry_exponential_backoff": True},
    params={"preset": "default"},
    tags=["control-room"],
)
def control_room_weekly():
    @task
    def load():
        return start("load-data")

    @task
    def dataset():
        return start("generate-dataset")

    @task
    def train(made):
        version = made["outcome"]["dataset_version"]
        return start("train-model", {"preset": get_current_context()["params"]["preset"], "dataset": version})

    @task
    def report_week(loaded, made, trained):
        facts = report({run["pipeline"]: run for run in (loaded, made, trained)})
        for name, value in facts.items():
            print(f"{name}: {value}")
        return facts

    loaded = wait_for.override(task_id="wait_for_load")("load-data", load())
    making = dataset()
    made = wait_for.override(task_id="wait_for_dataset")("generate-dataset", making)
    training = train(made)
    trained = wait_for.override(task_id="wait_for_training")("train-model", training)
    loaded >> making
    report_week(loaded, made, trained)


control_room_weekly()
