package org.controlroom.telemetry;

import java.util.Locale;
import org.controlroom.spi.ErrorKind;
import org.eclipse.microprofile.metrics.Metadata;
import org.eclipse.microprofile.metrics.MetricRegistry;
import org.eclipse.microprofile.metrics.Tag;

/**
 * Shows our figures in a MicroProfile registry through gauges that read {@link PrometheusTelemetry}, so that each figure
 * has one source. Histograms stay out: the server's own count wrongly. So do series whose labels come and go.
 */
public final class MicroProfileView {

    private MicroProfileView() {}

    /** Registers the gauges; doing it again changes nothing. */
    public static void register(MetricRegistry registry, PrometheusTelemetry telemetry) {
        registry.gauge(
                metadata(MetricNames.PREDICTIONS, "Answered predictions over all codes."),
                telemetry,
                PrometheusTelemetry::predictionsTotal);
        for (ErrorKind kind : ErrorKind.values()) {
            registry.gauge(
                    metadata(MetricNames.API_ERRORS, "Requests that ended in an error, by kind of error."),
                    telemetry,
                    source -> source.errorsTotal(kind),
                    new Tag(MetricNames.LABEL_ERROR, kind.name().toLowerCase(Locale.ROOT)));
        }
        registry.gauge(
                metadata(MetricNames.MODEL, "1 while a model serves, else 0."),
                telemetry,
                source -> source.modelIsLive() ? 1 : 0);
        for (NodeFigure figure : telemetry.nodeFigures()) {
            registry.gauge(metadata(figure.metric(), figure.help()), telemetry, source -> source.nodeFigure(figure));
        }
    }

    /** Takes the gauges away, so that an undeployed application is not kept alive by them. */
    public static void unregister(MetricRegistry registry) {
        registry.remove(MetricNames.PREDICTIONS);
        registry.remove(MetricNames.API_ERRORS);
        registry.remove(MetricNames.MODEL);
        for (NodeFigure figure : NodeFigure.values()) {
            registry.remove(figure.metric());
        }
    }

    private static Metadata metadata(String name, String description) {
        return Metadata.builder().withName(name).withDescription(description).build();
    }
}
