package org.controlroom.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** A program of one of the Python environments that make test-tools makes. */
final class PythonProgram {
    private static final Path ROOT = Path.of("../..").toAbsolutePath().normalize();
    private static final int LIMIT_MINUTES = 8;

    private final Path program;

    private PythonProgram(Path program) {
        this.program = program;
    }

    /** Skips the test where the program is not there, unless CI is true. */
    static PythonProgram of(String environment, String name) {
        Path program = ROOT.resolve("target/python")
                .resolve(environment)
                .resolve("bin")
                .resolve(name);
        boolean there = Files.isExecutable(program);
        if (!"true".equals(System.getenv("CI"))) {
            assumeThat(there)
                    .as(program + " is there; make test-tools installs it")
                    .isTrue();
        }
        assertThat(there).as(program + " must be there where CI is true").isTrue();
        return new PythonProgram(program);
    }

    /** @return what it printed; a failure of the test when it fails */
    String run(Path folder, String... arguments) throws IOException, InterruptedException {
        return run(Files.createDirectories(folder).resolve("printed.log"), Map.of(), arguments);
    }

    /** The same with environment variables, and a file for what is printed. */
    String run(Path log, Map<String, String> environment, String... arguments)
            throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(program.toString()));
        command.addAll(List.of(arguments));
        ProcessBuilder builder =
                new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log.toFile());
        builder.environment().putAll(environment);
        builder.environment().put("PYTHONPATH", ROOT.resolve("deploy/python").toString());
        builder.environment().put("PYTHONDONTWRITEBYTECODE", "1");
        Process process = builder.start();
        boolean ended = process.waitFor(LIMIT_MINUTES, TimeUnit.MINUTES);
        if (!ended) {
            process.descendants().forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly().waitFor();
        }
        String printed = Files.readString(log);
        assertThat(ended).as(command + " ended: " + printed).isTrue();
        assertThat(process.exitValue()).as(command + " printed: " + printed).isZero();
        return printed;
    }
}
