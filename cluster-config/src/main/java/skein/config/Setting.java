package skein.config;

import java.util.Locale;
import java.util.function.Function;
import skein.vocabulary.ErrorCode;
import skein.vocabulary.SkeinException;

/**
 * One thing that can be set.
 *
 * @param flag name on the command line without dashes, for example {@code bolt-port}
 * @param key path in a HOCON file, for example {@code skein.bolt.port}
 * @param defaultText what is used when nobody says otherwise; also valid input
 * @param values what may be written, for people: {@code 1 to 65535}, {@code true or false}
 * @param parser text to value; throws IllegalArgumentException with the reason
 * @param description one sentence, units included
 * @param secret whether nobody may see the value: it is not taken from the command line and never shown
 * @param <T> type of the value
 */
public record Setting<T>(
        String flag,
        String key,
        String defaultText,
        String values,
        Function<String, T> parser,
        String description,
        boolean secret) {
    private static final String HIDDEN = "********";
    private static final String ENVIRONMENT_PREFIX = "SKEIN_";
    private static final String MEMGRAPH_PREFIX = "MEMGRAPH_";

    /** One that everybody may see. */
    public Setting(
            String flag,
            String key,
            String defaultText,
            String values,
            Function<String, T> parser,
            String description) {
        this(flag, key, defaultText, values, parser, description, false);
    }

    /** A value of this as people may see it. */
    String shown(String text) {
        return secret && !text.isEmpty() ? HIDDEN : text;
    }

    /** The environment variable that sets this. */
    public String environmentName() {
        return ENVIRONMENT_PREFIX + flag.toUpperCase(Locale.ROOT).replace('-', '_');
    }

    /** The variable of Memgraph's documentation, accepted with a warning. */
    public String memgraphEnvironmentName() {
        return MEMGRAPH_PREFIX + flag.toUpperCase(Locale.ROOT).replace('-', '_');
    }

    /** The value of a text; throws {@link SkeinException} (CONFIGURATION) that says what may be written. */
    public T parse(String text, Origin origin) {
        try {
            return parser.apply(text.strip());
        } catch (IllegalArgumentException e) {
            throw new SkeinException(
                    ErrorCode.CONFIGURATION,
                    "CFG-002 The value '" + shown(text) + "' of --" + flag + " (" + origin.shown() + ") is not usable: "
                            + e.getMessage() + ". Write " + values + ". Nothing was started.",
                    e);
        }
    }

    /** Where a value came from; a later constant gives way to an earlier one. */
    public enum Origin {
        FLAG("command line"),
        ENVIRONMENT("environment"),
        FLAG_FILE("flag file"),
        CONFIGURATION_FILE("configuration file"),
        DEFAULT("default");

        private final String shown;

        Origin(String shown) {
            this.shown = shown;
        }

        public String shown() {
            return shown;
        }
    }
}
