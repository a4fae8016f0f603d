package org.controlroom.launcher;

import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;

/** Says in words what Java's exceptions say by their names. */
final class Problems {
    private Problems() {}

    static String describe(Throwable problem) {
        String message = problem.getMessage();
        if (problem instanceof AccessDeniedException) {
            return "permission denied: " + message;
        }
        if (problem instanceof NoSuchFileException) {
            return "no such file or folder: " + message;
        }
        if (problem instanceof FileAlreadyExistsException || problem instanceof NotDirectoryException) {
            return "not a folder: " + message;
        }
        return message == null ? problem.getClass().getSimpleName() : message;
    }
}
