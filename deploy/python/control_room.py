"""Control Room's pipelines for programs in Python, with nothing but the standard library.

An orchestrator starts a run, waits for its end and reads what came of it; everything else (steps, retries, restarts,
logs) stays in Control Room, where people look at it.
"""

import json
import os
import random
import time
import urllib.error
import urllib.parse
import urllib.request

#: The server when nothing else is said.
DEFAULT_URL = "http://127.0.0.1:8000"

ENDED = frozenset({"completed", "failed", "cancelled"})

#: What an Idempotency-Key may have as it is, besides letters and digits.
_VISIBLE = "!#$&'()*+,/:;=?@[]_.-~"

_BUSY = frozenset({502, 503, 504})


class Problem(Exception):
    """What the server answers instead of a result: `status`, `code` and a `detail` that names the value."""

    def __init__(self, status, code, detail):
        super().__init__(f"{status} {code}: {detail}")
        self.status = status
        self.code = code
        self.detail = detail


    @property
    def may_pass(self):
        """Whether asking later may help: the server failed or is overloaded. What was asked is right."""
        return self.status >= 500


class RunFailed(Exception):
    """A run that ended otherwise than completed; its text has the reason and the last lines of the log."""

    def __init__(self, run, lines):
        reason = run.get("error") or "no reason is known"
        tail = "".join(f"\n  {line['level']} {line['text']}" for line in lines)
        super().__init__(f"{run['pipeline']} {run['id']} {run['status']}: {reason}{tail}")
        self.run = run


class ControlRoom:
    """The API of one server.

    :param url: its address; without one that of the variable CONTROL_ROOM_URL, and then `DEFAULT_URL`
    :param patience: seconds for which a server that does not answer, or is overloaded, is asked again
    """

    def __init__(self, url=None, patience=120):
        self.url = (url or os.environ.get("CONTROL_ROOM_URL") or DEFAULT_URL).rstrip("/")
        self.patience = patience

    def start(self, pipeline, parameters=None, key=None):
        """Starts a run and answers it.

        :param key: of this very request; asking again under the same key answers the same run and starts none
        """
        body = {"parameters": {name: str(value) for name, value in (parameters or {}).items()}}
        headers = {"Idempotency-Key": urllib.parse.quote(key, safe=_VISIBLE)} if key else {}
        return self._ask("POST", f"/api/v1/pipelines/{pipeline}/runs", body, headers, again=key is not None)

    def run(self, pipeline, run_id):
        """The run as it is now: `status`, `steps`, `outcome`, `error`."""
        return self._ask("GET", f"/api/v1/pipelines/{pipeline}/runs/{run_id}")

    def log(self, pipeline, run_id, last=20):
        """The last lines of its log."""
        return self._ask("GET", f"/api/v1/pipelines/{pipeline}/runs/{run_id}/log?tail={last}")["items"]

    def completed(self, pipeline, run_id):
        """The run when it has completed, None while it has not ended.

        :raises RunFailed: when it failed or was cancelled
        """
        run = self.run(pipeline, run_id)
        if run["status"] not in ENDED:
            return None
        if run["status"] != "completed":
            raise RunFailed(run, self.log(pipeline, run_id))
        return run

    def wait(self, pipeline, run_id, limit=4 * 3600, every=2):
        """Waits for the end of a run and answers it.

        :param limit: seconds to wait at most
        :param every: seconds between two looks
        :raises RunFailed: when it failed or was cancelled
        :raises TimeoutError: when it has not ended by then; it goes on
        """
        end = time.monotonic() + limit
        while True:
            run = self.completed(pipeline, run_id)
            if run is not None:
                return run
            if time.monotonic() > end:
                raise TimeoutError(f"{pipeline} {run_id} has not ended within {limit} s; it goes on")
            time.sleep(every)

    def _ask(self, method, path, body=None, headers=None, again=True):
        """:param again: whether to ask once more when nobody knows if the question arrived"""
        end = time.monotonic() + self.patience
        delay = 0.5
        while True:
            try:
                return self._ask_once(method, path, body, headers or {})
            except Problem as problem:
                if problem.status not in _BUSY or time.monotonic() + delay > end:
                    raise
            except (urllib.error.URLError, ConnectionError, TimeoutError) as lost:
                refused = isinstance(getattr(lost, "reason", lost), ConnectionRefusedError)
                if not (again or refused) or time.monotonic() + delay > end:
                    raise ConnectionError(f"{self.url} does not answer {method} {path}: {lost}") from lost
            time.sleep(delay * random.uniform(0.5, 1))
            delay = min(delay * 2, 15)

    def _ask_once(self, method, path, body, headers):
        request = urllib.request.Request(
            self.url + path,
            method=method,
            data=None if body is None else json.dumps(body).encode(),
            headers={"Accept": "application/json", "Content-Type": "application/json", **headers},
        )
        try:
            with urllib.request.urlopen(request, timeout=30) as answer:
                return json.load(answer)
        except urllib.error.HTTPError as error:
            with error:
                raise _problem(error.code, error.read()) from None


def _problem(status, body):
    try:
        said = json.loads(body)
        return Problem(status, said.get("code", ""), said.get("detail", ""))
    except (ValueError, AttributeError):
        return Problem(status, "", body[:200].decode(errors="replace"))


def report(runs):
    """What a week did, as one table of facts.

    :param runs: completed runs by pipeline name
    """
    wanted = (
        ("load-data", ("rows_read", "rows_added", "rows_changed", "rows_rejected", "products")),
        ("generate-dataset", ("dataset_version", "train_rows", "test_rows", "left_out_rows")),
        ("train-model", ("model_version", "f1_weighted", "accuracy", "promotion", "promotion_reason")),
    )
    return {
        f"{pipeline}.{name}": runs[pipeline]["outcome"][name]
        for pipeline, names in wanted
        if pipeline in runs
        for name in names
        if name in runs[pipeline]["outcome"]
    }
