"""Registers an ONNX model as people do in Python: logged by mlflow.onnx, or as a folder of a run.

Arguments: the server, the model's file, "logged" or "folder" for the way; the registered model has that name, unless a
fourth argument has another. "logged" says the labels in the file's own metadata when a fifth argument has them.
"""

import os
import sys
import tempfile

import mlflow
import onnx


def main(server, file, way, name=None, labels=None):
    mlflow.set_tracking_uri(server)
    mlflow.set_experiment("notebook")
    model = onnx.load(file)
    if labels:
        onnx.helper.set_model_props(model, {"labels": labels, "output": "probabilities"})
    with mlflow.start_run() as run, tempfile.TemporaryDirectory() as folder:
        if way == "logged":
            logged = mlflow.onnx.log_model(
                model, name="text-model", registered_model_name=name or way, save_as_external_data=False
            )
            os.mkdir(os.path.join(folder, "extra"))
            with open(os.path.join(folder, "extra", "note.txt"), "w", encoding="utf-8") as note:
                note.write("from Python")
            mlflow.MlflowClient().log_model_artifacts(logged.model_id, folder)
            return print(logged.registered_model_version)
        onnx.save(model, os.path.join(folder, "model.onnx"))
        mlflow.log_artifacts(folder, "text model")
        client = mlflow.MlflowClient()
        client.create_registered_model(name or way)
        source = run.info.artifact_uri + "/text model"
        print(client.create_model_version(name or way, source, run.info.run_id).version)


main(*sys.argv[1:])
