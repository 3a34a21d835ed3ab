package skein.benchmarks.bolt;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A server in a process of its own, and what the operating system and the JVM tell of it.
 *
 * @param name column of the report
 * @param login a user of it
 * @param database the one that is queried; empty for the home database
 * @param stop ends it
 */
public record ServerProcess(
        String name, InetSocketAddress address, Login login, String database, ProcessHandle handle, Runnable stop)
        implements AutoCloseable {
    private static final Pattern HEAP = Pattern.compile("used (\\d+)K");
    private static final Pattern RESIDENT = Pattern.compile("VmRSS:\\s+(\\d+) kB");
    private static final int KIB = 1024;

    /** Processor time of all its threads so far. */
    public Duration processorTime() {
        return handle.info().totalCpuDuration().orElseThrow();
    }

    /** Bytes of its heap that are alive. */
    long liveHeap() throws IOException, InterruptedException {
        jcmd("GC.run");
        jcmd("GC.run");
        return first(HEAP, jcmd("GC.heap_info")) * KIB;
    }

    /** Bytes of memory that it has from the system; 0 where that cannot be told. */
    long resident() throws IOException {
        Path status = Path.of("/proc", Long.toString(handle.pid()), "status");
        return Files.exists(status) ? first(RESIDENT, Files.readString(status)) * KIB : 0;
    }

    private static long first(Pattern pattern, String text) throws IOException {
        Matcher matcher = pattern.matcher(text);
        if (!matcher.find()) {
            throw new IOException("no " + pattern + " in " + text);
        }
        return Long.parseLong(matcher.group(1));
    }

    private String jcmd(String command) throws IOException, InterruptedException {
        Path jcmd = Path.of(System.getProperty("java.home"), "bin", "jcmd");
        Process process = new ProcessBuilder(jcmd.toString(), Long.toString(handle.pid()), command).start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        process.waitFor();
        return output;
    }

    @Override
    public void close() {
        stop.run();
    }
}
