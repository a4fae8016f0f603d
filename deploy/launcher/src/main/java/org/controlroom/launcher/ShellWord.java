package org.controlroom.launcher;

import java.nio.file.Path;
import java.util.regex.Pattern;

/** Paths in commands that a user may copy into a shell. */
final class ShellWord {

    private static final Pattern PLAIN = Pattern.compile("[\\w%+,./:=@-]+", Pattern.UNICODE_CHARACTER_CLASS);

    private ShellWord() {}

    /** The path as one word of a shell: in quotation marks where it holds a space or what a shell would interpret. */
    static String of(Path path) {
        String text = path.toString();
        return PLAIN.matcher(text).matches() ? text : "'" + text.replace("'", "'\\''") + "'";
    }
}
