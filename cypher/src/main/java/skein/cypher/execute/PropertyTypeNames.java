package skein.cypher.execute;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import skein.storage.api.PropertyType;
import skein.vocabulary.ErrorCode;
import skein.vocabulary.NearestName;
import skein.vocabulary.SkeinException;

/** Types of properties as people write them: Memgraph's words, Cypher's words and their synonyms. */
final class PropertyTypeNames {
    private static final Map<String, PropertyType> TYPES = types();

    private PropertyTypeNames() {}

    private static Map<String, PropertyType> types() {
        Map<String, PropertyType> types = new LinkedHashMap<>();
        for (PropertyType type : PropertyType.values()) {
            types.put(inMemgraph(type), type);
            types.put(inCypher(type), type);
            synonyms(type).forEach(synonym -> types.put(synonym, type));
        }
        return types;
    }

    /** One word. */
    static String inMemgraph(PropertyType type) {
        return type.name().replace("_", "");
    }

    /** One or two words. */
    static String inCypher(PropertyType type) {
        return switch (type) {
            case LOCAL_DATE_TIME -> "LOCAL DATETIME";
            case ZONED_DATE_TIME -> "ZONED DATETIME";
            default -> type.name().replace('_', ' ');
        };
    }

    private static List<String> synonyms(PropertyType type) {
        return switch (type) {
            case BOOLEAN -> List.of("BOOL");
            case INTEGER -> List.of("INT", "SIGNED INTEGER");
            case STRING -> List.of("VARCHAR");
            case LOCAL_TIME -> List.of("TIME WITHOUT TIMEZONE", "TIME WITHOUT TIME ZONE");
            case ZONED_TIME -> List.of("TIME WITH TIMEZONE", "TIME WITH TIME ZONE");
            case LOCAL_DATE_TIME -> List.of("TIMESTAMP WITHOUT TIMEZONE", "TIMESTAMP WITHOUT TIME ZONE");
            case ZONED_DATE_TIME -> List.of("TIMESTAMP WITH TIMEZONE", "TIMESTAMP WITH TIME ZONE");
            case FLOAT, LIST, MAP, POINT, DATE, DURATION -> List.of();
        };
    }

    /** SYNTAX_ERROR for an unknown one, FEATURE_NOT_SUPPORTED for one that values here never have. */
    static PropertyType read(String text) {
        PropertyType type = TYPES.get(text);
        if (type != null) {
            return type;
        }
        if (text.equals("ENUM")) {
            throw new SkeinException(
                    ErrorCode.FEATURE_NOT_SUPPORTED,
                    "A constraint on enums is understood but not offered by this version, as there are no enums. Use a"
                            + " constraint on STRING.");
        }
        String meant = NearestName.of(text, TYPES.keySet())
                .map(near -> " Did you mean " + near + "?")
                .orElse("");
        throw new SkeinException(
                ErrorCode.SYNTAX_ERROR,
                "There is no type of properties called " + text + "." + meant + " The types are "
                        + String.join(
                                ", ",
                                Arrays.stream(PropertyType.values())
                                        .map(PropertyTypeNames::inCypher)
                                        .toList())
                        + ".");
    }
}
