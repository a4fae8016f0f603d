"""Loads versions as people do in Python, and lets them answer.

Arguments: servers with commas between them, and the versions as mlflow.pyfunc.load_model takes them. Prints the labels that
each gives, a line for each version, one server after the other.
"""

import sys

import mlflow
import numpy


def main(servers, *versions):
    for server in servers.split(","):
        mlflow.set_tracking_uri(server)
        for version in versions:
            model = mlflow.pyfunc.load_model(version)
            answers = model.predict(numpy.array([["piscine tubulaire hors sol"], ["jeu de cartes"]], dtype=object))
            print(version, {name: numpy.asarray(values).round(5).tolist() for name, values in answers.items()})


main(*sys.argv[1:])
