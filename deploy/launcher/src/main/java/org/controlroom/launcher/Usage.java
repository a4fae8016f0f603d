package org.controlroom.launcher;

/** What {@code control-room help} prints. */
final class Usage {
    static final String TEXT = """
            control-room COMMAND [OPTIONS]

              run       start the server, bring up a model, stay until Ctrl-C
              start     the same in the background; returns when it is ready
              stop      stop the server of the data folder
              status    say whether it runs and is ready (exit code 0 ready, 1 not ready, 3 not running)
              logs      print the end of its log; --follow goes on
              load      load the files of --data into the running server
              init-db   load the first 40 % of --data, or of controlroom.load.folder, into the running server
              dataset   make a dataset version of what is loaded (PERCENTAGE, BALANCING_STRATEGY, BALANCED_SIZE)
              train     train a model on what is loaded; it goes live if it is better
              import    register the ONNX model in the folder MODEL as a new version
              migrate-registry  copy the model registry FROM to TO, each embedded or the address of an MLflow server
              prepare   make the start-up cache for this machine's Java

              --port N          port of the server (PORT, 8000)
              --state FOLDER    data folder (STATE, ./state)
              --data FOLDER     X_train_update.csv[.gz] and Y_train_CVw08PX.csv[.gz] (DATA, a generated sample)
              --config FILE     properties with controlroom.* keys (CONFIG)
              --sample-rows N   products in the generated sample (SAMPLE_ROWS, 4000)
              --preset NAME     training preset: original, default or best (PRESET, default)
              --without-model   run and start leave it at the server, with the model it has or none

            CONTROLROOM_JAVA_HOME chooses the Java for the server; without it the newest tried one is taken.""";

    private Usage() {}
}
