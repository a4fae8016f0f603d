package org.controlroom.core.schedule;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.controlroom.core.model.RunStatus;
import org.controlroom.core.port.PipelineDefinition;
import org.controlroom.spi.ControlRoomException;
import org.controlroom.spi.ErrorCode;
import org.controlroom.spi.Problem;
import org.controlroom.spi.Progress;
import org.controlroom.spi.Reason;
import org.jspecify.annotations.Nullable;

/**
 * Pipeline {@code weekly}: what has to be done once a week, one pipeline after the other in one run. Its parameters are
 * those of its parts with the part's prefix, for example {@code train.preset}.
 */
public final class WeeklyPipeline implements PipelineDefinition, PipelineDefinition.Closing {

    public static final String NAME = "weekly";

    private final List<Part> parts;

    /**
     * One pipeline of it.
     *
     * @param prefix of its parameters, with the dot
     * @param pipeline whose steps are run
     * @param leftOut why its steps do nothing when it is given no parameters; null when they run all the same
     * @param handed parameters that parts before it decide when they are not given, each with the entry of the run's outcome
     *     that it is taken from
     */
    public record Part(
            String prefix,
            PipelineDefinition pipeline,
            @Nullable String leftOut,
            Map<String, String> handed) {

        public Part {
            handed = Map.copyOf(handed);
        }

        public Part(String prefix, PipelineDefinition pipeline, @Nullable String leftOut) {
            this(prefix, pipeline, leftOut, Map.of());
        }
    }

    public WeeklyPipeline(List<Part> parts) {
        this.parts = List.copyOf(parts);
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public List<String> steps() {
        return parts.stream().flatMap(part -> part.pipeline().steps().stream()).toList();
    }

    @Override
    public Map<String, String> complete(Map<String, String> parameters) {
        List<Problem> problems = new ArrayList<>();
        List<String> prefixes = parts.stream().map(Part::prefix).toList();
        parameters.keySet().stream()
                .filter(key -> prefixes.stream().noneMatch(key::startsWith))
                .sorted()
                .forEach(key -> problems.add(new Problem(
                        key,
                        Reason.of(
                                "parameter-prefix",
                                "is not a parameter; parameters begin with one of {0}",
                                prefixes))));
        Map<String, String> complete = new TreeMap<>();
        for (Part part : parts) {
            SortedMap<String, String> given = below(part, parameters);
            if (given.isEmpty() && part.leftOut() != null) {
                continue;
            }
            try {
                part.pipeline().complete(given).forEach((key, value) -> {
                    if (given.containsKey(key) || !part.handed().containsKey(key)) {
                        complete.put(part.prefix() + key, value);
                    }
                });
            } catch (ControlRoomException e) {
                if (e.problems().isEmpty()) {
                    throw e;
                }
                e.problems().forEach(problem -> problems.add(problem.under(part.prefix())));
            }
        }
        if (!problems.isEmpty()) {
            throw new ControlRoomException(ErrorCode.INVALID_INPUT, NAME, problems);
        }
        return complete;
    }

    @Override
    public void run(String step, StepContext context) {
        Part part = parts.stream()
                .filter(candidate -> candidate.pipeline().steps().contains(step))
                .findFirst()
                .orElseThrow(() -> new ControlRoomException(
                        ErrorCode.NOT_FOUND, NAME + " has no step '" + step + "'; steps are " + steps()));
        SortedMap<String, String> own = below(part, context.parameters());
        if (own.isEmpty() && part.leftOut() != null) {
            context.log(step + " is left out: " + part.leftOut());
            return;
        }
        if (!own.keySet().containsAll(part.handed().keySet())) {
            Map<String, String> outcome = context.outcome();
            part.handed().forEach((key, from) -> {
                String value = outcome.get(from);
                if (value != null) {
                    own.putIfAbsent(key, value);
                }
            });
        }
        part.pipeline().run(step, new PartContext(context, own));
    }

    @Override
    public void ended(String runId, RunStatus status, String reason) {
        for (Part part : parts) {
            if (part.pipeline() instanceof Closing closing) {
                closing.ended(runId, status, reason);
            }
        }
    }

    private static SortedMap<String, String> below(Part part, Map<String, String> parameters) {
        SortedMap<String, String> below = new TreeMap<>();
        parameters.forEach((key, value) -> {
            if (key.startsWith(part.prefix())) {
                below.put(key.substring(part.prefix().length()), value);
            }
        });
        return below;
    }

    /** The run as a part of it sees it. */
    private record PartContext(StepContext whole, Map<String, String> parameters) implements StepContext {

        @Override
        public String runId() {
            return whole.runId();
        }

        @Override
        public String pipeline() {
            return whole.pipeline();
        }

        @Override
        public Progress progress() {
            return whole.progress();
        }

        @Override
        public void log(String text) {
            whole.log(text);
        }

        @Override
        public Map<String, String> outcome() {
            return whole.outcome();
        }

        @Override
        public void putOutcome(Map<String, String> outcome) {
            whole.putOutcome(outcome);
        }
    }
}
