package skein.config;

import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/**
 * Everything a setting may come from, before anything is parsed.
 *
 * @param flags flag without dashes to text
 * @param environment the process's environment
 * @param flagFile lines of {@code --flag=value}
 * @param configurationFile HOCON
 */
public record SettingSources(
        Map<String, String> flags,
        Map<String, String> environment,
        Optional<Path> flagFile,
        Optional<Path> configurationFile) {
    public SettingSources {
        flags = Map.copyOf(flags);
        environment = Map.copyOf(environment);
    }

    /** Flags alone. */
    public static SettingSources ofFlags(Map<String, String> flags) {
        return new SettingSources(flags, Map.of(), Optional.empty(), Optional.empty());
    }
}
