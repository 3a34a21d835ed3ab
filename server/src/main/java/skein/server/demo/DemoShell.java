package skein.server.demo;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.List;
import org.neo4j.driver.exceptions.Neo4jException;
import skein.server.cluster.LocalCluster;
import skein.vocabulary.SkeinException;

/** Reads lines: queries, which go to the MAIN wherever that is, and words that begin with a colon. */
final class DemoShell {
    static final String TO_TRY = ":kill data1 (or whoever is main), then :topology; :help for more";

    private static final String HELP = """
              :topology       who is what
              :kill NAME      SIGKILL
              :restart NAME   start it again on its data
              :freeze NAME    it stands still, as in a long pause; :thaw NAME lets it go on
              :quit           end all of them
              anything else   a query, on whoever is MAIN
            """;

    private final CoordinatedDemo demo;
    private final PrintWriter out;

    DemoShell(CoordinatedDemo demo, PrintWriter out) {
        this.demo = demo;
        this.out = out;
    }

    /** Until :quit, or the end of what is typed; answers whether it was :quit. */
    boolean run(BufferedReader lines) throws IOException {
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
            String typed = line.strip();
            if (typed.equals(":quit")) {
                return true;
            }
            if (!typed.isEmpty()) {
                take(typed);
                out.flush();
            }
        }
        return false;
    }

    private void take(String typed) {
        try {
            if (typed.startsWith(":")) {
                command(List.of(typed.substring(1).split("\\s+")));
            } else {
                out.print(demo.execute(typed));
            }
        } catch (Neo4jException e) {
            out.println(e.code() + ": " + e.getMessage());
        } catch (SkeinException e) {
            out.println(e.getMessage());
        }
    }

    private void command(List<String> words) {
        LocalCluster cluster = demo.cluster();
        String word = words.getFirst();
        if (word.equals("topology") && words.size() == 1) {
            out.print(demo.topology());
        } else if (words.size() == 2 && word.equals("kill")) {
            cluster.kill(words.get(1));
        } else if (words.size() == 2 && word.equals("restart")) {
            restart(cluster, words.get(1));
        } else if (words.size() == 2 && word.equals("freeze")) {
            cluster.freeze(words.get(1));
        } else if (words.size() == 2 && word.equals("thaw")) {
            cluster.thaw(words.get(1));
        } else {
            out.print(HELP);
        }
    }

    private void restart(LocalCluster cluster, String name) {
        if (cluster.process(name).handle().isAlive()) {
            out.println(name + " is running. End it with :kill " + name + " first.");
            return;
        }
        cluster.start(name);
        cluster.process(name).awaitReady();
    }
}
