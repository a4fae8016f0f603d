package org.controlroom.pluginhost.internal;

import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.controlroom.spi.ControlRoomException;
import org.controlroom.spi.ErrorCode;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.VersionRange;

/** Which services can be leased, at one moment; replaced as a whole. Remembers answers, because parsing a range is slow. */
final class Routes {

    /** Ranges come from models, of which there are few; a caller that makes them up must not fill the memory. */
    private static final int MAX_REMEMBERED = 1_000;

    private final List<ServiceSlot> slots;
    private final Map<Question, ServiceSlot> answers = new ConcurrentHashMap<>();

    Routes(List<ServiceSlot> slots) {
        this.slots = List.copyOf(slots);
    }

    /** The highest version in the range; null when there is none. */
    @Nullable ServiceSlot find(Class<?> type, String id, String versionRange) {
        Question question = new Question(type, id, versionRange);
        ServiceSlot known = answers.get(question);
        if (known != null) {
            return known;
        }
        VersionRange range = parse(id, versionRange);
        ServiceSlot found = slots.stream()
                .filter(slot -> slot.pluginId().equals(id) && type.isInstance(slot.service()))
                .filter(slot -> range.includes(slot.version()))
                .max(Comparator.comparing(ServiceSlot::version))
                .orElse(null);
        if (found != null && answers.size() < MAX_REMEMBERED) {
            answers.put(question, found);
        }
        return found;
    }

    private static VersionRange parse(String id, String versionRange) {
        try {
            return new VersionRange(versionRange);
        } catch (IllegalArgumentException e) {
            throw new ControlRoomException(
                    ErrorCode.INVALID_INPUT,
                    "plugin " + id + ": version range '" + versionRange + "'; must be like [1.2.0,2.0.0) or 1.2.0",
                    e);
        }
    }

    private record Question(Class<?> type, String id, String versionRange) {}
}
