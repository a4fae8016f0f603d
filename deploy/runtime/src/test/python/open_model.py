"""Opens a model with the real mlflow package and compares its answers with those of the server that serves it.

Arguments: the model's folder or URI, the server's address, a catalogue file, the number of products.
"""

import json
import sys
import time
import urllib.request

import mlflow.pyfunc
import numpy as np
import pandas as pd


def ask(server, frame):
    lines = [
        json.dumps({"designation": row.designation, "description": row.description if isinstance(row.description, str) else None})
        for row in frame.itertuples()
    ]
    request = urllib.request.Request(
        server + "/predict/batch?top=all",
        data="\n".join(lines).encode("utf-8"),
        headers={"Content-Type": "application/x-ndjson"},
    )
    with urllib.request.urlopen(request, timeout=120) as response:
        return [json.loads(line) for line in response.read().decode("utf-8").splitlines()]


def main(uri, server, catalogue, count):
    start = time.perf_counter()
    model = mlflow.pyfunc.load_model(uri)
    loaded = time.perf_counter()
    frame = pd.read_csv(catalogue, index_col=0, nrows=count)
    assert len(frame) == count, len(frame)
    answers = model.predict(frame)
    predicted = time.perf_counter()
    expected = ask(server, frame)
    assert len(answers) == len(expected) == count, (len(answers), len(expected))
    assert not [line for line in expected if "error" in line], expected[:3]
    columns = [name for name in answers.columns if name.startswith("probability_")]
    theirs = np.array([[line["probabilities"][name[len("probability_") :]] for name in columns] for line in expected])
    difference = np.abs(answers[columns].to_numpy(dtype=float) - theirs).max()
    assert difference <= 1e-5, difference
    labels = [line["predicted_class"] for line in expected]
    assert answers["predicted_class"].tolist() == labels, "labels differ"
    assert np.allclose(answers["confidence"], [line["confidence"] for line in expected], atol=1e-5)
    example = model.input_example
    assert list(example.columns) == ["designation", "description"], example
    assert len(model.predict(example)) == len(example)
    print(
        f"{count} products, {len(set(labels))} labels: labels are equal, probabilities within {difference:.1e}; "
        f"{loaded - start:.1f} s to load, {(predicted - loaded) / count * 1e3:.2f} ms a product"
    )


main(sys.argv[1], sys.argv[2], sys.argv[3], int(sys.argv[4]))
