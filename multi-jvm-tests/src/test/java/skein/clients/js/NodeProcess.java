package skein.clients.js;

import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import skein.clients.ClientFailure;

/** {@code client.mjs} in a process of its own: a line to it, a line from it. */
final class NodeProcess implements AutoCloseable {
    private final Process process;
    private final BufferedWriter requests;
    private final BufferedReader replies;

    NodeProcess(List<String> arguments) {
        List<String> command = new ArrayList<>(
                List.of("node", NodeScripts.directory().resolve("client.mjs").toString()));
        command.addAll(arguments);
        try {
            process = new ProcessBuilder(command)
                    .redirectError(Path.of("target", "js", "client.log").toFile())
                    .start();
            requests = process.outputWriter(StandardCharsets.UTF_8);
            replies = process.inputReader(StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    Object ask(String operation, Map<String, Object> request) {
        Map<String, Object> whole = new LinkedHashMap<>(request);
        whole.put("operation", operation);
        try {
            requests.write(Json.write(whole));
            requests.newLine();
            requests.flush();
            String reply = replies.readLine();
            if (reply == null) {
                throw new IllegalStateException("Node.js has ended; see target/js/client.log");
            }
            return result(Json.read(reply));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Object result(Map<String, Object> reply) {
        Object result = reply.get("ok");
        if (result == null) {
            throw new ClientFailure(
                    String.valueOf(reply.get("code")),
                    String.valueOf(reply.get("gqlStatus")),
                    String.valueOf(reply.get("message")));
        }
        return result;
    }

    @Override
    public void close() {
        process.destroy();
    }
}
