package skein.clients.js;

import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigParseOptions;
import com.typesafe.config.ConfigSyntax;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** JSON of maps, lists, strings, numbers and booleans. */
final class Json {
    private Json() {}

    static String write(Object value) {
        return switch (value) {
            case Map<?, ?> map ->
                map.entrySet().stream()
                        .map(entry -> quoted(String.valueOf(entry.getKey())) + ":" + write(entry.getValue()))
                        .collect(Collectors.joining(",", "{", "}"));
            case List<?> list -> list.stream().map(Json::write).collect(Collectors.joining(",", "[", "]"));
            case String text -> quoted(text);
            case Number number -> number.toString();
            case Boolean truth -> truth.toString();
            default -> throw new IllegalArgumentException("no JSON for " + value.getClass());
        };
    }

    private static String quoted(String text) {
        StringBuilder quoted = new StringBuilder("\"");
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            switch (c) {
                case '"' -> quoted.append("\\\"");
                case '\\' -> quoted.append("\\\\");
                default -> {
                    if (c < ' ') {
                        quoted.append("\\u%04x".formatted((int) c));
                    } else {
                        quoted.append(c);
                    }
                }
            }
        }
        return quoted.append('"').toString();
    }

    static Map<String, Object> read(String object) {
        ConfigParseOptions json = ConfigParseOptions.defaults().setSyntax(ConfigSyntax.JSON);
        return ConfigFactory.parseString(object, json).root().unwrapped();
    }
}
