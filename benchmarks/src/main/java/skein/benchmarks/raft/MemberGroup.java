package skein.benchmarks.raft;

import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import skein.server.child.InstanceSpec;

/** Three members of a Raft group, each in a process of its own; whoever leads is asked by its own process. */
final class MemberGroup implements AutoCloseable {
    static final String SIDE = "member";
    private static final int MEMBERS = 3;
    private static final int TRIES_MAX = 10;
    private static final int LOADS_MAX = 60;

    private final RaftOptions options;
    private final List<Child> children = new ArrayList<>();
    private int leader;

    private MemberGroup(RaftOptions options) {
        this.options = options;
    }

    /** A process that answers each line by one. */
    private record Child(Process process, BufferedWriter lines, BufferedReader answers) {
        String ask(String line) throws IOException {
            lines.write(line + "\n");
            lines.flush();
            return answer();
        }

        String answer() throws IOException {
            String answer = answers.readLine();
            if (answer == null) {
                throw new IOException("a member's process has ended; its log says why");
            }
            return answer;
        }
    }

    static MemberGroup start(RaftOptions options, Path directory) throws IOException {
        MemberGroup group = new MemberGroup(options);
        try {
            Files.createDirectories(directory);
            List<Integer> ports = Ports.free(MEMBERS);
            for (int id = 1; id <= MEMBERS; id++) {
                group.children.add(group.launch(id, ports.get(id - 1), directory));
            }
            for (Child child : group.children) {
                expect(MemberMain.READY, child.answer());
            }
            Child leader = group.children.getFirst();
            expect("Committed", leader.ask("found"));
            for (int id = 2; id <= MEMBERS; id++) {
                add(leader, id, ports.get(id - 1));
            }
            return group;
        } catch (IOException | RuntimeException e) {
            group.close();
            throw e;
        }
    }

    private Child launch(int id, int port, Path directory) throws IOException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(InstanceSpec.SERVER_JVM);
        if (id == 1) {
            command.addAll(options.recordingOf("member"));
        }
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), MemberMain.class.getName()));
        command.addAll(List.of(
                Integer.toString(id),
                "127.0.0.1:" + port,
                directory.resolve("member_" + id).toString()));
        Process process = new ProcessBuilder(command)
                .redirectError(directory.resolve("member_" + id + ".log").toFile())
                .start();
        return new Child(
                process, process.outputWriter(StandardCharsets.UTF_8), process.inputReader(StandardCharsets.UTF_8));
    }

    /** On a busy machine one that has just been started may not answer in time; such a refusal may be tried again. */
    private static void add(Child leader, int id, int port) throws IOException {
        String answer = "";
        for (int tries = 0; tries < TRIES_MAX && !answer.startsWith("Committed"); tries++) {
            answer = leader.ask("add " + id + " 127.0.0.1:" + port);
        }
        expect("Committed", answer);
    }

    private static void expect(String beginning, String answer) throws IOException {
        if (!answer.startsWith(beginning)) {
            throw new IOException("a member answered " + answer);
        }
    }

    Map<Integer, Rate> measure() throws IOException {
        load(options.clientsMax(), options.warming());
        Map<Integer, Rate> rates = new LinkedHashMap<>();
        for (int clients : options.clients()) {
            load(clients, options.settling());
            rates.put(clients, load(clients, options.time()));
        }
        return rates;
    }

    /** By whoever leads: on a busy machine that may change, and the figure is measured anew then. */
    private Rate load(int clients, Duration time) throws IOException {
        String answer = MemberMain.MOVED;
        for (int tries = 0; tries < LOADS_MAX && answer.equals(MemberMain.MOVED); tries++) {
            answer = children.get(leader).ask("load " + clients + " " + time.toMillis());
            if (answer.equals(MemberMain.MOVED)) {
                leader = (leader + 1) % MEMBERS;
            }
        }
        expect("rate ", answer);
        String[] words = answer.split(" ");
        return new Rate(Double.parseDouble(words[1]), Long.parseLong(words[2]), Long.parseLong(words[3]));
    }

    /** Without its standard input a child ends by itself. */
    @Override
    public void close() throws IOException {
        for (Child child : children) {
            child.lines.close();
        }
        for (Child child : children) {
            child.process.onExit().join();
        }
    }
}
