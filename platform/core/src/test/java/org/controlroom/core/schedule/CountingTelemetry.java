package org.controlroom.core.schedule;

import java.util.List;
import org.controlroom.core.model.Prediction;
import org.controlroom.core.port.Telemetry;
import org.controlroom.spi.ErrorCode;

/** Remembers what became of fire times. */
record CountingTelemetry(List<String> counted) implements Telemetry {

    @Override
    public void scheduleFired(String schedule, String result) {
        counted.add(schedule + " " + result);
    }

    @Override
    public void predicted(Prediction prediction, double seconds) {}

    @Override
    public void failed(ErrorCode code) {}

    @Override
    public void modelLive(String version, String stage) {}

    @Override
    public void pipelineEnded(String pipeline, String status, double seconds) {}
}
