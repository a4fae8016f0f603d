package org.controlroom.core.migrate;

import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
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
     * @throws ControlRoomException CONFLICT
     */
    void check(List<ModelVersion> source) {
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
            requireNumbers(model, here, there);
            requireNoLaterPromotion(model);
        });
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

    /** Registries count versions themselves; where one is missing in between, the next would get its number. */
    private void requireNumbers(String model, SortedMap<Long, ModelVersion> here, SortedMap<Long, ModelVersion> there) {
        long next = there.isEmpty() ? 1 : there.lastKey() + 1;
        for (long number : here.keySet()) {
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
            next++;
        }
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
