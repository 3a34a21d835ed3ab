package skein.server;

import java.util.Optional;
import picocli.CommandLine.IVersionProvider;

/** What this build calls itself. */
public final class Version implements IVersionProvider {
    /** The version in the jar's manifest; {@code development} when run from classes. */
    public static String current() {
        return Optional.ofNullable(Version.class.getPackage().getImplementationVersion())
                .orElse("development");
    }

    @Override
    public String[] getVersion() {
        return new String[] {"Skein " + current()};
    }
}
