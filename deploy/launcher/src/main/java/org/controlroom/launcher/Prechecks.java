package org.controlroom.launcher;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** What can be known to be wrong before the server is started. */
final class Prechecks {
    /** The server itself and a small training fit in this; less ends in an OutOfMemoryError later. */
    static final long LEAST_MEMORY_MB = 1_200;

    /** The server's own folder, its log and the database of a first model from the sample fit in this. */
    static final long LEAST_DISK_MB = 64;

    private static final int LEAST_HEAP_MB = 256;

    private static final int LAST_PORT = 65_535;
    private static final int PORTS_TRIED = 50;

    private static final Pattern AVAILABLE = Pattern.compile("(?m)^MemAvailable:\\s+(\\d+) kB");

    private Prechecks() {}

    /** @throws LaunchException if a server runs on the folder, whoever started it */
    static void folderIsFree(StateFolder state) {
        String remedy = "Stop it (make stop STATE=" + ShellWord.of(state.folder())
                + "), or choose another folder and port: make run STATE=/path/to/folder PORT=8001";
        Optional<StateFolder.Running> running = state.running();
        if (running.isPresent()) {
            throw new LaunchException(
                    "a server already runs on the data folder " + state.folder() + " (process "
                            + running.get().process().pid() + ", port "
                            + running.get().port() + ")",
                    remedy);
        }
        if (state.isLockedByServer()) {
            throw new LaunchException("the data folder " + state.folder() + " is used by another process", remedy);
        }
    }

    /** @throws LaunchException if the address is none of this machine's, or nothing can listen there */
    static void portIsFree(String address, int port) {
        if (!isOfThisMachine(address)) {
            throw new LaunchException(
                    "controlroom.http.address=" + address + " is no address of this machine",
                    "127.0.0.1 is this machine only, 0.0.0.0 every network; ip -brief address lists the others.");
        }
        try {
            listen(address, port);
        } catch (IOException e) {
            throw new LaunchException(
                    "port " + port + " on " + address + " cannot be used (" + Problems.describe(e) + ")",
                    "See what listens there (ss -ltnp 'sport = :" + port + "'), or choose another: make run PORT="
                            + freeAfter(address, port));
        }
    }

    /** A port where something can listen now; {@code N} when none is near. */
    private static String freeAfter(String address, int port) {
        return IntStream.rangeClosed(port + 1, Math.min(port + PORTS_TRIED, LAST_PORT))
                .filter(next -> canListen(address, next))
                .mapToObj(Integer::toString)
                .findFirst()
                .orElse("N");
    }

    private static boolean canListen(String address, int port) {
        try {
            listen(address, port);
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    private static void listen(String address, int port) throws IOException {
        try (ServerSocket socket = new ServerSocket()) {
            socket.setReuseAddress(true);
            socket.bind(new InetSocketAddress(InetAddress.getByName(address), port));
        }
    }

    private static boolean isOfThisMachine(String address) {
        return canListen(address, 0);
    }

    /** @throws LaunchException if Payara cannot run below a folder of that name: it takes its path for a URL */
    static void nameIsUsable(Path folder) {
        if (folder.toString().contains("%")) {
            throw new LaunchException(
                    "the server cannot run in the data folder " + folder + ", because its path has a % in it",
                    "Choose another folder: make run STATE=/path/to/folder");
        }
    }

    /**
     * @param folder of the server's data; need not exist yet
     * @throws LaunchException if less than {@code neededMb} are free where it is or will be
     */
    static void spaceIsFree(Path folder, long neededMb) {
        Path there = folder;
        while (!Files.exists(there) && there.getParent() != null) {
            there = there.getParent();
        }
        long freeMb;
        try {
            freeMb = Files.getFileStore(there).getUsableSpace() >> 20;
        } catch (IOException e) {
            return; // not known; a folder that cannot be written is said so by whoever writes first
        }
        if (freeMb < neededMb) {
            throw new LaunchException(
                    "too little space for the data folder " + folder + ": " + freeMb + " MB are free, the server needs "
                            + neededMb + " MB to start",
                    "Free some space, or choose another folder: make run STATE=/path/to/folder");
        }
    }

    /** @throws LaunchException if the files of the challenge are not there */
    static void dataIsThere(@Nullable Path data) {
        if (data == null) {
            return;
        }
        for (String file : List.of("X_train_update.csv", "Y_train_CVw08PX.csv")) {
            Path plain = data.resolve(file);
            if (!Files.isReadable(plain) && !Files.isReadable(data.resolve(file + ".gz"))) {
                throw new LaunchException(
                        plain + "[.gz] is missing or cannot be read",
                        "DATA is a folder with X_train_update.csv[.gz] and Y_train_CVw08PX.csv[.gz].");
            }
        }
    }

    /**
     * How large the server's heap may get.
     *
     * @param wantedMb from the configuration; 0 means that it is chosen here
     * @throws LaunchException if the machine has too little memory
     */
    static int heapMb(int wantedMb) {
        long available = availableMemoryMb();
        if (available < LEAST_MEMORY_MB) {
            throw new LaunchException(
                    "too little memory: " + available + " MB are free, the server needs " + LEAST_MEMORY_MB + " MB",
                    "Stop other programs or give the machine (or container) more memory.");
        }
        if (wantedMb > 0 && wantedMb < LEAST_HEAP_MB) {
            throw new LaunchException(
                    "controlroom.jvm.heap-mb=" + wantedMb + "; must be 0 or at least " + LEAST_HEAP_MB,
                    "0 lets the launcher choose by the memory that is free.");
        }
        long machine = machineMemoryMb();
        if (wantedMb > machine) {
            throw new LaunchException(
                    "controlroom.jvm.heap-mb=" + wantedMb + "; this machine (or container) has " + machine + " MB",
                    "0 lets the launcher choose by the memory that is free.");
        }
        if (wantedMb > 0) {
            return wantedMb;
        }
        // the rest is for the JVM's own memory, the page cache under the database and the user's other programs
        return (int) Math.max(512, Math.min(2_560, available * 6 / 10));
    }

    private static long machineMemoryMb() {
        return ManagementFactory.getOperatingSystemMXBean() instanceof com.sun.management.OperatingSystemMXBean os
                ? os.getTotalMemorySize() >> 20
                : Long.MAX_VALUE;
    }

    private static long availableMemoryMb() {
        long limit = machineMemoryMb();
        try {
            Matcher free = AVAILABLE.matcher(Files.readString(Path.of("/proc/meminfo")));
            return free.find() ? Math.min(limit, Long.parseLong(free.group(1)) >> 10) : limit;
        } catch (IOException e) {
            return limit;
        }
    }
}
