"""Registers an ONNX model as people do in Python.

Arguments: the server, the model's file and the way: "logged" by mlflow.onnx in a run, "without-a-run", or "folder" for a
folder of a run; several with commas between them are gone one after the other. The registered model is named like the way
unless a fourth argument has another name. With a fifth one the file's metadata says these labels. Prints the number of each
version.
"""

import contextlib
import os
import sys
import tempfile

import mlflow
import onnx


def log(model, name, folder):
    logged = mlflow.onnx.log_model(
        model, name="text-model", registered_model_name=name, params={"alpha": "0.5"}, tags={"team": "catalogue"}
    )
    os.mkdir(os.path.join(folder, "extra"))
    with open(os.path.join(folder, "extra", "note.txt"), "w", encoding="utf-8") as note:
        note.write("from Python")
    mlflow.MlflowClient().log_model_artifacts(logged.model_id, folder)
    return logged.registered_model_version


def log_folder(model, name, folder, run):
    onnx.save(model, os.path.join(folder, "model.onnx"))
    mlflow.log_artifacts(folder, "text model")
    mlflow.log_metrics({"accuracy": 0.5, "loss": float("nan")})
    client = mlflow.MlflowClient()
    client.create_registered_model(name)
    return client.create_model_version(name, run.info.artifact_uri + "/text model", run.info.run_id).version


def main(server, file, ways, name=None, labels=None):
    mlflow.set_tracking_uri(server)
    mlflow.set_experiment("notebook")
    model = onnx.load(file)
    if labels:
        onnx.helper.set_model_props(model, {"labels": labels, "output": "probabilities"})
    for way in ways.split(","):
        with tempfile.TemporaryDirectory() as folder:
            with contextlib.nullcontext() if way == "without-a-run" else mlflow.start_run() as run:
                if way == "folder":
                    print(log_folder(model, name or way, folder, run))
                else:
                    print(log(model, name or way, folder))


main(*sys.argv[1:])
