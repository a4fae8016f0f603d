package org.controlroom.core.migrate;

import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.controlroom.core.model.ExperimentRun;
import org.controlroom.core.model.ModelVersion;
import org.controlroom.core.port.ModelRegistry;
import org.controlroom.core.promote.ActivateModel;
import org.controlroom.core.promote.PromoteModel;
import org.controlroom.spi.ControlRoomException;
import org.controlroom.spi.ErrorCode;

/** Looks, before anything is written, whether a copy would change what the target has of its own. */
final class CheckTarget {

    private static final int NAMED = 10;

    private final ModelRegistry from;
    private final ModelRegistry to;

    CheckTarget(ModelRegistry from, ModelRegistry to) {
        this.from = from;
        this.to = to;
    }

    /**
     * @param source all versions of the source, ascending
     * @return of each model whose next number the target does not tell, the first version that it lacks
     * @throws ControlRoomException CONFLICT
     */
    List<ModelVersion> check(List<ModelVersion> source) {
        List<ModelVersion> untold = new ArrayList<>();
        SortedMap<String, SortedMap<Long, ModelVersion>> models = new TreeMap<>();
        source.forEach(version -> {
            requireFiles(version);
            byNumber(models, version);
        });
        models.forEach((model, here) -> {
            SortedMap<Long, ModelVersion> there = new TreeMap<>();
            CopyRegistry.all(to::versions, Map.of("name", model), null)
                    .forEach(version -> there.put(Long.valueOf(version.version()), version));
            requireCopiesOnly(model, here, there);
            requireNumbers(model, here, there).ifPresent(untold::add);
            requireNoLaterPromotion(model);
        });
        return untold;
    }

    private void requireFiles(ModelVersion version) {
        if (from.place(version).runId().isEmpty()) {
            throw new ControlRoomException(
                    ErrorCode.CONFLICT,
                    "version " + version.version() + " of '" + version.name() + "' in " + from.address()
                            + " belongs to no run and to no logged model, so nobody knows its files; nothing was copied."
                            + " Delete that version there when nobody needs it");
        }
    }

    private static void byNumber(SortedMap<String, SortedMap<Long, ModelVersion>> models, ModelVersion version) {
        models.computeIfAbsent(version.name(), name -> new TreeMap<>()).put(Long.valueOf(version.version()), version);
    }

    private void requireCopiesOnly(
            String model, SortedMap<Long, ModelVersion> here, SortedMap<Long, ModelVersion> there) {
        List<Long> own = there.entrySet().stream()
                .filter(each -> !isCopy(each.getValue(), Optional.ofNullable(here.get(each.getKey()))))
                .map(Map.Entry::getKey)
                .toList();
        if (own.isEmpty()) {
            return;
        }
        // Then all that the source has is in the target, which went on from there.
        boolean newer = own.get(0) > here.lastKey();
        String what = own.size() == 1 ? "version " : "versions ";
        String more = own.size() > NAMED ? " and " + (own.size() - NAMED) + " more" : "";
        throw new ControlRoomException(
                ErrorCode.CONFLICT,
                to.address() + " has " + what
                        + own.stream().limit(NAMED).map(String::valueOf).collect(Collectors.joining(", ")) + more
                        + " of '"
                        + model + "' of its own, not copied from " + from.address() + "; nothing was copied. "
                        + (newer
                                ? "Swap from and to, so that they are copied to " + from.address()
                                : "Copy to a registry without versions of '" + model
                                        + "', or delete that model there first when nobody needs it"));
    }

    /** Whether the version was once copied from the source, or the source's from it. */
    private boolean isCopy(ModelVersion there, Optional<ModelVersion> here) {
        ExperimentRun run = CopiedRuns.ifThere(to, to.place(there).runId()).orElse(null);
        if (run == null) {
            return false;
        }
        String origin = run.tags().getOrDefault(CopiedRuns.SOURCE_TAG, "");
        if (here.isEmpty()) { // deleted in the source since
            return CopiedRuns.ifThere(from, origin).isPresent()
                    || CopiedRuns.copyOf(from, run.id()).isPresent();
        }
        String manifest = here.get().tags().get(ActivateModel.MANIFEST_TAG);
        String copied = there.tags().get(ActivateModel.MANIFEST_TAG);
        if (manifest != null && copied != null && !manifest.equals(copied)) {
            return false;
        }
        String runId = from.place(here.get()).runId();
        return runId.equals(origin)
                || CopiedRuns.ifThere(from, runId)
                        .map(each -> run.id().equals(each.tags().get(CopiedRuns.SOURCE_TAG)))
                        .orElse(false);
    }

    /**
     * Registries count versions themselves; where one is missing in between, the next would get its number.
     *
     * @return the first that is missing in the target, when that does not tell the number that it would get
     */
    private Optional<ModelVersion> requireNumbers(
            String model, SortedMap<Long, ModelVersion> here, SortedMap<Long, ModelVersion> there) {
        long next = there.isEmpty() ? 1 : there.lastKey() + 1;
        ModelVersion first = null;
        for (Map.Entry<Long, ModelVersion> each : here.entrySet()) {
            long number = each.getKey();
            if (there.containsKey(number)) {
                continue;
            }
            if (number != next) {
                throw new ControlRoomException(
                        ErrorCode.CONFLICT,
                        "version " + number + " of '" + model + "' would become " + next + " in " + to.address()
                                + ", because versions before it were deleted in " + from.address()
                                + "; numbers must stay the same, so nothing was copied");
            }
            first = first == null ? each.getValue() : first;
            next++;
        }
        if (first == null) {
            return Optional.empty();
        }
        OptionalLong told = to.nextVersion(model);
        if (told.isPresent() && told.getAsLong() != Long.parseLong(first.version())) {
            throw wrongNumber(first, Long.toString(told.getAsLong()), "nothing was copied");
        }
        return told.isPresent() ? Optional.empty() : Optional.of(first);
    }

    /** @param left what was written nevertheless */
    ControlRoomException wrongNumber(ModelVersion version, String number, String left) {
        return new ControlRoomException(
                ErrorCode.CONFLICT,
                "version " + version.version() + " of '" + version.name() + "' would become " + number + " in "
                        + to.address()
                        + ", which once had other versions that were deleted; numbers must stay the same, so "
                        + left + ". Delete the registered model '" + version.name()
                        + "' there, with what is left of it, and start again, or copy to a registry that never had it");
    }

    /** Who confuses the two directions would put the version of long ago back into production. */
    private void requireNoLaterPromotion(String model) {
        ModelVersion here = from.production(model).orElse(null);
        ModelVersion there = to.production(model).orElse(null);
        if (here != null && there != null && promotedAt(there).isAfter(promotedAt(here))) {
            throw new ControlRoomException(
                    ErrorCode.CONFLICT,
                    "version " + there.version() + " of '" + model + "' went into production in " + to.address()
                            + " at " + promotedAt(there) + ", after version " + here.version() + " in "
                            + from.address()
                            + "; copying would undo that. Swap from and to, or promote the version that shall serve in "
                            + from.address() + " first");
        }
    }

    private static Instant promotedAt(ModelVersion version) {
        try {
            return Instant.parse(version.tags().getOrDefault(PromoteModel.TIME_TAG, ""));
        } catch (DateTimeParseException e) {
            return Instant.MIN;
        }
    }
}
