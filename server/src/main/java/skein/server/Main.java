package skein.server;

import picocli.CommandLine;
import picocli.CommandLine.Command;

/** The root of the command line. Each subcommand is a class of its own. */
@Command(
        name = "skein",
        description = "A replicated property-graph database: Cypher over Bolt.",
        mixinStandardHelpOptions = true,
        versionProvider = Main.Version.class,
        synopsisSubcommandLabel = "COMMAND")
public final class Main implements Runnable {

    private Main() {}

    public static void main(String[] arguments) {
        System.exit(new CommandLine(new Main()).execute(arguments));
    }

    /** Without a subcommand there is nothing to do but to say what there is. */
    @Override
    public void run() {
        CommandLine.usage(this, System.out);
    }

    /** The version comes from the jar's manifest, so that it is written in one place, the parent pom. */
    static final class Version implements CommandLine.IVersionProvider {
        @Override
        public String[] getVersion() {
            String version = Main.class.getPackage().getImplementationVersion();
            return new String[] {"skein " + (version == null ? "(built from sources)" : version)};
        }
    }
}
