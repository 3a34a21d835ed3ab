package skein.config;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigException;
import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigValue;
import com.typesafe.config.ConfigValueType;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import skein.config.Setting.Origin;
import skein.vocabulary.ErrorCode;
import skein.vocabulary.NearestName;
import skein.vocabulary.SkeinException;

/** Every setting with its value and where the value came from. All values have been parsed and are usable. */
public final class ResolvedSettings {
    private final Map<String, Chosen> chosenByFlag;
    private final List<String> warnings;

    private ResolvedSettings(Map<String, Chosen> chosenByFlag, List<String> warnings) {
        this.chosenByFlag = chosenByFlag;
        this.warnings = warnings;
    }

    /**
     * Reads all sources; flag wins over environment, flag file, configuration file, default.
     *
     * <p>Throws {@link SkeinException} (CONFIGURATION) for an unknown name, naming the nearest known one, for a value
     * that cannot be used, for values that contradict each other, and for a file that cannot be read.
     */
    public static ResolvedSettings resolve(SettingSources sources) {
        List<String> warnings = new ArrayList<>();
        Map<Origin, Map<String, String>> byOrigin = new LinkedHashMap<>();
        byOrigin.put(Origin.FLAG, withoutSecrets(checkedFlags(sources.flags(), "--%s")));
        byOrigin.put(Origin.ENVIRONMENT, fromEnvironment(sources.environment(), warnings));
        byOrigin.put(
                Origin.FLAG_FILE,
                sources.flagFile().map(ResolvedSettings::fromFlagFile).orElse(Map.of()));
        byOrigin.put(
                Origin.CONFIGURATION_FILE,
                sources.configurationFile().map(ResolvedSettings::fromHocon).orElse(Map.of()));
        Map<String, Chosen> chosen = new LinkedHashMap<>();
        for (Setting<?> setting : Settings.all()) {
            chosen.put(setting.flag(), choose(setting, byOrigin));
        }
        ResolvedSettings resolved = new ResolvedSettings(chosen, warnings);
        resolved.warnOfIgnored();
        InstanceKind.of(resolved);
        return resolved;
    }

    private void warnOfIgnored() {
        String experimental = get(ClusterSettings.EXPERIMENTAL_ENABLED);
        if (!experimental.isEmpty()) {
            warnings.add("--" + ClusterSettings.EXPERIMENTAL_ENABLED.flag() + "=" + experimental
                    + " is ignored: what Skein has of it is on without it.");
        }
    }

    private static Chosen choose(Setting<?> setting, Map<Origin, Map<String, String>> byOrigin) {
        for (Map.Entry<Origin, Map<String, String>> source : byOrigin.entrySet()) {
            String text = source.getValue().get(setting.flag());
            if (text != null) {
                return new Chosen(setting, text, setting.parse(text, source.getKey()), source.getKey());
            }
        }
        String text = setting.defaultText();
        return new Chosen(setting, text, setting.parse(text, Origin.DEFAULT), Origin.DEFAULT);
    }

    private static Map<String, String> checkedFlags(Map<String, String> flags, String shownAs) {
        for (String flag : flags.keySet()) {
            if (Settings.byFlag(flag).isEmpty()) {
                List<String> known = Settings.all().stream().map(Setting::flag).toList();
                throw unknown(
                        shownAs.formatted(flag), NearestName.of(flag, known).map(name -> "--" + name));
            }
        }
        return flags;
    }

    /** Whoever lists the processes of a machine sees their command lines. */
    private static Map<String, String> withoutSecrets(Map<String, String> flags) {
        for (Setting<?> setting : Settings.all()) {
            if (setting.secret() && flags.containsKey(setting.flag())) {
                throw new SkeinException(
                        ErrorCode.CONFIGURATION,
                        "CFG-008 --" + setting.flag() + " is not taken from the command line, which others on this"
                                + " machine can see. Set " + setting.environmentName()
                                + ", or write it into a flag file"
                                + " or configuration file that only you can read. Nothing was started.");
            }
        }
        return flags;
    }

    private static Map<String, String> fromEnvironment(Map<String, String> environment, List<String> warnings) {
        Map<String, String> values = new LinkedHashMap<>();
        for (Setting<?> setting : Settings.all()) {
            String own = environment.get(setting.environmentName());
            String memgraph = environment.get(setting.memgraphEnvironmentName());
            if (own != null) {
                values.put(setting.flag(), own);
            } else if (memgraph != null) {
                values.put(setting.flag(), memgraph);
                warnings.add("The environment name " + setting.memgraphEnvironmentName()
                        + " is accepted for compatibility. Use " + setting.environmentName() + ".");
            }
        }
        return values;
    }

    private static Map<String, String> fromFlagFile(Path file) {
        Map<String, String> values = new LinkedHashMap<>();
        int number = 0;
        for (String line : lines(file)) {
            number++;
            String text = line.strip();
            if (text.isEmpty() || text.startsWith("#")) {
                continue;
            }
            int equals = text.indexOf('=');
            String flag = (equals < 0 ? text : text.substring(0, equals))
                    .replaceFirst("^--", "")
                    .strip();
            checkedFlags(Map.of(flag, ""), "--%s (line " + number + " of " + file + ")");
            values.put(flag, equals < 0 ? "true" : text.substring(equals + 1).strip());
        }
        return values;
    }

    private static List<String> lines(Path file) {
        try {
            return Files.readAllLines(file);
        } catch (IOException e) {
            throw unreadable(file, e);
        }
    }

    private static Map<String, String> fromHocon(Path file) {
        Config config;
        try {
            if (!Files.isReadable(file)) {
                throw unreadable(file, new IOException("no such file, or not allowed"));
            }
            config = ConfigFactory.parseFile(file.toFile()).resolve();
        } catch (ConfigException e) {
            throw new SkeinException(
                    ErrorCode.CONFIGURATION,
                    "CFG-004 The configuration file " + file + " cannot be understood: " + e.getMessage()
                            + ". Mend it and start again. Nothing was started.",
                    e);
        }
        Map<String, String> values = new LinkedHashMap<>();
        for (Map.Entry<String, ConfigValue> entry : config.entrySet()) {
            values.put(flagOf(entry, file), textOf(entry));
        }
        return values;
    }

    private static String flagOf(Map.Entry<String, ConfigValue> entry, Path file) {
        return Settings.byKey(entry.getKey()).map(Setting::flag).orElseThrow(() -> {
            List<String> known = Settings.all().stream().map(Setting::key).toList();
            int line = entry.getValue().origin().lineNumber();
            return unknown(
                    entry.getKey() + " (line " + line + " of " + file + ")", NearestName.of(entry.getKey(), known));
        });
    }

    private static String textOf(Map.Entry<String, ConfigValue> entry) {
        ConfigValueType type = entry.getValue().valueType();
        if (type == ConfigValueType.LIST || type == ConfigValueType.OBJECT) {
            throw new SkeinException(
                    ErrorCode.CONFIGURATION,
                    "CFG-002 " + entry.getKey() + " holds a " + type + " where one value is expected. Write one value."
                            + " Nothing was started.");
        }
        return String.valueOf(entry.getValue().unwrapped());
    }

    private static SkeinException unreadable(Path file, IOException cause) {
        return new SkeinException(
                ErrorCode.CONFIGURATION,
                "CFG-003 The file " + file + " cannot be read: " + cause.getMessage()
                        + ". Check the path and its permissions. Nothing was started.",
                cause);
    }

    /** What is said about a name that is not in the catalogue. */
    public static String unknownWords(String shown, Optional<String> nearest) {
        return "CFG-001 Unknown setting " + shown + "."
                + nearest.map(name -> " Did you mean " + name + "?").orElse("")
                + " `skein server --help` lists all settings. Nothing was started.";
    }

    private static SkeinException unknown(String shown, Optional<String> nearest) {
        return new SkeinException(ErrorCode.CONFIGURATION, unknownWords(shown, nearest));
    }

    /** The value of a setting. */
    public <T> T get(Setting<T> setting) {
        Chosen found = chosen(setting);
        return setting.parse(found.text(), found.origin());
    }

    /** Where the value of a setting came from. */
    public Origin originOf(Setting<?> setting) {
        return chosen(setting).origin();
    }

    /** Things to tell an operator at start. */
    public List<String> warnings() {
        return List.copyOf(warnings);
    }

    /** All settings as {@code SHOW CONFIG} lists them. */
    public List<Chosen> all() {
        return List.copyOf(chosenByFlag.values());
    }

    private Chosen chosen(Setting<?> setting) {
        Chosen found = chosenByFlag.get(setting.flag());
        if (found == null) {
            throw new IllegalArgumentException("--" + setting.flag() + " is not in the catalogue");
        }
        return found;
    }

    /**
     * A setting and what it is set to.
     *
     * @param text as written, or the default
     */
    public record Chosen(Setting<?> setting, String text, Object value, Origin origin) {
        /** The value as people may see it. */
        public String shown() {
            return setting.shown(text);
        }

        /** Without secrets. */
        @Override
        public String toString() {
            return setting.flag() + "=" + shown() + " (" + origin.shown() + ")";
        }
    }
}
