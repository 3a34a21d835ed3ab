package skein.bolt.core;

import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import skein.bolt.message.BoltVersion;
import skein.graph.Value;
import skein.graph.Value.MapValue;
import skein.vocabulary.Notification;

/**
 * Which notifications a client wants to hear.
 *
 * @param off none at all
 * @param warningsOnly information is left out
 * @param disabledCategories as named by the client, upper case; from 5.6 on they are called classifications
 */
public record NotificationFilter(boolean off, boolean warningsOnly, Set<String> disabledCategories) {
    public static final NotificationFilter ALL = new NotificationFilter(false, false, Set.of());

    /** Our notifications are not sorted into Neo4j's categories; this is the one for everything else. */
    static final String CATEGORY = "GENERIC";

    private static final String MINIMUM_KEY = "notifications_minimum_severity";
    private static final String CATEGORIES_KEY = "notifications_disabled_categories";
    private static final String CLASSIFICATIONS_KEY = "notifications_disabled_classifications";

    public NotificationFilter {
        disabledCategories = Set.copyOf(disabledCategories);
    }

    /** This filter, changed by what a request's map says; throws SkeinException (REQUEST_INVALID). */
    NotificationFilter changedBy(MapValue extra, BoltVersion version) {
        if (!version.hasNotificationFilter()) {
            return this;
        }
        NotificationFilter changed = this;
        String minimum = RequestExtra.text(extra, MINIMUM_KEY);
        if (minimum != null) {
            changed = switch (minimum) {
                case "OFF" -> new NotificationFilter(true, true, disabledCategories);
                case "WARNING" -> new NotificationFilter(false, true, disabledCategories);
                case "INFORMATION" -> new NotificationFilter(false, false, disabledCategories);
                default ->
                    throw RequestExtra.invalid(
                            MINIMUM_KEY + " is '" + minimum + "'; it may be OFF, WARNING or INFORMATION");
            };
        }
        String key = version.hasStatuses() ? CLASSIFICATIONS_KEY : CATEGORIES_KEY;
        Value disabled = extra.get(key);
        return disabled.isNull() ? changed : changed.disabling(RequestExtra.texts(disabled, key));
    }

    private NotificationFilter disabling(List<String> categories) {
        return new NotificationFilter(off, warningsOnly, new TreeSet<>(categories));
    }

    /** Those wanted, warnings first: old clients look at the first one only. */
    List<Notification> wanted(List<Notification> notifications) {
        if (off || disabledCategories.contains(CATEGORY)) {
            return List.of();
        }
        return notifications.stream()
                .filter(it -> !warningsOnly || it.severity() == Notification.Severity.WARNING)
                .sorted(Comparator.comparing(Notification::severity))
                .toList();
    }
}
