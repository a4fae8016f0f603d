package org.controlroom.core.fake;

import java.util.ArrayList;
import java.util.List;
import org.controlroom.core.model.LoggedPrediction;
import org.controlroom.core.model.Page;
import org.controlroom.core.model.PageRequest;
import org.controlroom.core.model.Prediction;
import org.controlroom.core.port.PredictionLog;

/** Keeps what is appended; nobody reads it by the port. */
public final class FakePredictionLog implements PredictionLog {

    public final List<Prediction> logged = new ArrayList<>();

    @Override
    public void append(Prediction prediction) {
        logged.add(prediction);
    }

    @Override
    public Page<LoggedPrediction> predictions(PageRequest request) {
        throw new UnsupportedOperationException();
    }

    @Override
    public LoggedPrediction prediction(String id) {
        throw new UnsupportedOperationException();
    }
}
