package org.controlroom.store;

import org.controlroom.core.model.LoggedPrediction;
import org.controlroom.core.model.Page;
import org.controlroom.core.model.PageRequest;
import org.controlroom.core.model.Prediction;
import org.controlroom.core.port.PredictionLog;
import org.controlroom.jdbc.Database;
import org.controlroom.spi.ControlRoomException;
import org.controlroom.spi.ErrorCode;
import org.controlroom.spi.Reason;

/**
 * Predictions in a file first, in a table soon after: appending waits for no database, listing reads no file.
 * {@link PredictionIngest} moves them.
 */
public final class CsvPredictionLog implements PredictionLog {

    private final InferenceLog log;
    private final PredictionTable table;

    public CsvPredictionLog(InferenceLog log, Database database) {
        this.log = log;
        this.table = new PredictionTable(database);
    }

    @Override
    public void append(Prediction prediction) {
        log.append(prediction);
    }

    @Override
    public Page<LoggedPrediction> predictions(PageRequest request) {
        return table.page(request);
    }

    @Override
    public LoggedPrediction prediction(String id) {
        return table.byId(id)
                .orElseThrow(() -> new ControlRoomException(
                        ErrorCode.NOT_FOUND,
                        Reason.of(
                                "prediction-unknown",
                                "prediction '{0}' is not stored; a new one is after a few seconds",
                                id)));
    }
}
