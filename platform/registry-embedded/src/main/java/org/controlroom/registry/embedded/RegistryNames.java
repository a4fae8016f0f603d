package org.controlroom.registry.embedded;

import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.controlroom.spi.ControlRoomException;
import org.controlroom.spi.ErrorCode;

/** Which names the registry takes; the same as MLflow takes, so that a registry can be moved there. */
final class RegistryNames {

    private static final int MAX_NAME = 250;
    private static final int MAX_VALUE = 5_000;

    /** MLflow keeps these for itself. */
    private static final Pattern RESERVED_ALIAS = Pattern.compile("(?i)latest|v\\d+");

    private RegistryNames() {}

    static void check(String what, String name) {
        if (name.isBlank() || name.length() > MAX_NAME || name.indexOf('/') >= 0 || name.indexOf(':') >= 0) {
            throw invalid(what + " '" + shown(name) + "'; must have 1..250 characters, no slash, no colon");
        }
    }

    static void checkAlias(String alias) {
        check("alias", alias);
        if (RESERVED_ALIAS.matcher(alias).matches()) {
            throw invalid("alias '" + alias + "'; 'latest' and 'v' with a number are reserved");
        }
    }

    /** Keys may hold slashes: metrics are grouped by them. */
    static void checkEntries(String what, Map<String, String> entries) {
        checkKeys(what, entries.keySet());
        entries.forEach((key, value) -> {
            if (value.length() > MAX_VALUE) {
                throw invalid(
                        what + " '" + key + "' has " + value.length() + " characters; must have at most " + MAX_VALUE);
            }
        });
    }

    static void checkKeys(String what, Set<String> keys) {
        for (String key : keys) {
            if (key.isBlank() || key.length() > MAX_NAME) {
                throw invalid(what + " '" + shown(key) + "'; its name must have 1..250 characters");
            }
        }
    }

    /** A relative path with {@code /} that stays below its root. */
    static void checkPath(String path) {
        boolean wrong = path.isBlank() || path.length() > 1_000 || path.indexOf('\\') >= 0 || path.indexOf('\0') >= 0;
        for (String part : path.split("/", -1)) {
            wrong |= part.isEmpty() || part.equals(".") || part.equals("..");
        }
        if (wrong) {
            throw invalid("artifact path '" + shown(path)
                    + "'; must be 1..1000 characters below the run's root, parts divided by '/', no '..'");
        }
    }

    static ControlRoomException invalid(String message) {
        return new ControlRoomException(ErrorCode.INVALID_INPUT, message);
    }

    private static String shown(String text) {
        return text.length() > 100 ? text.substring(0, 100) + '…' : text;
    }
}
