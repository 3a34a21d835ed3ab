package skein.house;

import java.util.regex.Pattern;

/** The packages that decide and never act: inputs in, new state and effects out, the same on every run. */
final class PureRooms {
    private static final Pattern PURE = Pattern.compile(
            "skein(\\.[a-z]+)*\\.core(\\..*)?|skein\\.(storage\\.log|cypher|bolt\\.packstream)(\\..*)?");

    private PureRooms() {}

    static boolean contains(String packageName) {
        return PURE.matcher(packageName).matches();
    }
}
