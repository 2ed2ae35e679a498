package dev.adit.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;

/** A subject as a process with its children, and what it costs. */
public final class Running implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofMinutes(3);
    private static final long TICKS_PER_SECOND = 100;
    private static final Set<Integer> SERVED = Set.of(200, 405, 415, 401);

    private final Process process;
    private final Path log;
    private final Setting setting;
    private final long started;

    private Running(Process process, Path log, Setting setting, long started) {
        this.process = process;
        this.log = log;
        this.setting = setting;
        this.started = started;
    }

    public static Running start(Subject subject, Setting setting) throws IOException {
        Files.createDirectories(setting.directory());
        var command = subject.launcher().command(setting);
        var log = setting.directory().resolve("log");
        var builder =
                new ProcessBuilder(command.words()).redirectErrorStream(true).redirectOutput(log.toFile());
        builder.environment().remove("KUBECONFIG");
        builder.environment().putAll(command.environment());
        var started = System.nanoTime();
        return new Running(builder.start(), log, setting, started);
    }

    /** Milliseconds from exec to the first answer for a host: 200, 415 of an origin for gRPC only, or 401 of a guarded route. */
    public double untilServed(String host) throws IOException {
        return until(setting.http(), "/", host);
    }

    /** Milliseconds from exec to the first 200 of Adit's readiness. */
    public double untilReady() throws IOException {
        return until(setting.probe(), "/q/health/ready", "localhost");
    }

    public long pid() {
        return process.pid();
    }

    public int http() {
        return setting.http();
    }

    public int https() {
        return setting.https();
    }

    /** Mebibytes of the process and its children; what those share with each other counts once. */
    public double residentMiB() {
        return Math.round(pids().mapToLong(pid -> kibibytes(pid, "Pss:")).sum() / 102.4) / 10.0;
    }

    /** Seconds of processor that the process and its children have taken. */
    public double cpuSeconds() {
        return pids().mapToLong(Running::ticks).sum() / (double) TICKS_PER_SECOND;
    }

    @Override
    public void close() throws IOException {
        process.destroy();
        try {
            if (!process.waitFor(20, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private double until(int port, String path, String host) throws IOException {
        while (System.nanoTime() - started < PATIENCE.toNanos()) {
            if (!process.isAlive()) {
                throw new IOException("it ended: " + Files.readString(log));
            }
            if (SERVED.contains(status(port, path, host))) {
                return (System.nanoTime() - started) / 1e6;
            }
            LockSupport.parkNanos(1_000_000); // between two probes
        }
        throw new IOException("no answer for " + host + " after " + PATIENCE + ": " + Files.readString(log));
    }

    private static int status(int port, String path, String host) {
        try (var socket = new Socket("127.0.0.1", port)) {
            socket.setSoTimeout(2000);
            var request = "GET " + path + " HTTP/1.1\r\nHost: " + host + "\r\nConnection: close\r\n\r\n";
            socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
            var line = new String(socket.getInputStream().readNBytes(12), StandardCharsets.US_ASCII);
            return line.length() == 12 ? Integer.parseInt(line.substring(9)) : 0;
        } catch (IOException e) {
            return 0;
        }
    }

    private Stream<Long> pids() {
        return Stream.concat(Stream.of(process.toHandle()), process.descendants())
                .map(ProcessHandle::pid);
    }

    private static long kibibytes(long pid, String field) {
        return read(Path.of("/proc", Long.toString(pid), "smaps_rollup"))
                .lines()
                .filter(line -> line.startsWith(field))
                .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
                .sum();
    }

    private static long ticks(long pid) {
        var stat = read(Path.of("/proc", Long.toString(pid), "stat"));
        if (stat.isEmpty()) {
            return 0;
        }
        var fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ");
        return Long.parseLong(fields[11]) + Long.parseLong(fields[12]); // proc_pid_stat(5): utime, stime
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (NoSuchFileException _) {
            return ""; // the process has ended meanwhile
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
