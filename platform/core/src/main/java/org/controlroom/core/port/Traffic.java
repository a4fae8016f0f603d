package org.controlroom.core.port;

import java.util.List;
import org.controlroom.core.model.TrafficMinute;

/** What this node answered lately. Kept in memory only, since the start of the process. Thread-safe. */
public interface Traffic {

    /** Longest time that is kept, in minutes. */
    int MAX_MINUTES = 60;

    /**
     * The last minutes, oldest first; the last is the present one up to now.
     *
     * @param minutes 1..{@link #MAX_MINUTES}; fewer are answered while the process is younger
     */
    List<TrafficMinute> last(int minutes);
}
