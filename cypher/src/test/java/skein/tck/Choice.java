package skein.tck;

import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Which scenarios to play: all, or with {@code -Dskein.tck.only=REGEX} those whose id has a match. */
public record Choice(String only) {
    public static Choice fromProperties() {
        return new Choice(System.getProperty("skein.tck.only", ""));
    }

    public boolean isEverything() {
        return only.isEmpty();
    }

    public List<Scenario> of(List<Scenario> scenarios) {
        Pattern pattern = Pattern.compile(only);
        return scenarios.stream()
                .filter(scenario -> pattern.matcher(scenario.id()).find())
                .toList();
    }

    /** The chosen ones of these ids. */
    public Set<String> ofIds(Set<String> ids) {
        Pattern pattern = Pattern.compile(only);
        return ids.stream().filter(id -> pattern.matcher(id).find()).collect(Collectors.toCollection(TreeSet::new));
    }
}
