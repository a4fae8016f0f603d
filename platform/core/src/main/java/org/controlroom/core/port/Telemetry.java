package org.controlroom.core.port;

import org.controlroom.core.model.Prediction;
import org.controlroom.core.model.PromotionDecision;
import org.controlroom.spi.ErrorCode;
import org.jspecify.annotations.Nullable;

/** Counts what happens. Thread-safe, never throws, cheap enough for every prediction. */
public interface Telemetry {

    /** @param seconds from the arrival of the request to the finished answer */
    void predicted(Prediction prediction, double seconds);

    void failed(ErrorCode code);

    /** The model that serves now; nulls when none does. */
    void modelLive(@Nullable String version, @Nullable String stage);

    /** @param status one of {@link org.controlroom.core.model.PipelineRun#ENDS} */
    void pipelineEnded(String pipeline, String status, double seconds);

    /** A step that failed for a reason that may pass is about to be tried once more. */
    default void stepRetried(String pipeline, String step) {}

    /** @param result what became of a fire time: started, missed or failed */
    default void scheduleFired(String schedule, String result) {}

    /**
     * @param channel for example {@code webhook}
     * @param outcome of one attempt to send a message: delivered, failed (it is tried again) or given_up
     */
    default void notified(String channel, String outcome) {}

    /** One decision of the promotion policy. */
    default void decided(PromotionDecision.Outcome outcome) {}

    /** Counts nothing. */
    Telemetry NONE = new Telemetry() {
        @Override
        public void predicted(Prediction prediction, double seconds) {}

        @Override
        public void failed(ErrorCode code) {}

        @Override
        public void modelLive(@Nullable String version, @Nullable String stage) {}

        @Override
        public void pipelineEnded(String pipeline, String status, double seconds) {}
    };
}
