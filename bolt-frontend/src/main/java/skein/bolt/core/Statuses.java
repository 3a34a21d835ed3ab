package skein.bolt.core;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import skein.bolt.message.GqlStatus;
import skein.graph.Value;
import skein.graph.Value.MapValue;
import skein.vocabulary.Notification;

/** What a result has to say, as statuses of the GQL standard: one about its extent, one per notification. */
final class Statuses {
    private Statuses() {}

    /** In the order in which drivers look: no data, warnings, success, information. */
    static Value of(JobOutcome.Extent extent, List<Notification> notifications) {
        List<Value> statuses = new ArrayList<>();
        if (extent == JobOutcome.Extent.NO_ROWS) {
            statuses.add(plain(GqlStatus.NO_DATA));
        }
        add(statuses, notifications, Notification.Severity.WARNING);
        switch (extent) {
            case ROWS -> statuses.add(plain(GqlStatus.SUCCESS));
            case NO_COLUMNS -> statuses.add(plain(GqlStatus.OMITTED_RESULT));
            case NO_ROWS -> {}
        }
        add(statuses, notifications, Notification.Severity.INFORMATION);
        return Value.of(statuses);
    }

    /** Where there is no result to speak of. */
    static Value of(List<Notification> notifications) {
        List<Value> statuses = new ArrayList<>();
        add(statuses, notifications, Notification.Severity.WARNING);
        add(statuses, notifications, Notification.Severity.INFORMATION);
        return Value.of(statuses);
    }

    private static void add(List<Value> statuses, List<Notification> notifications, Notification.Severity severity) {
        notifications.stream().filter(it -> it.severity() == severity).forEach(it -> statuses.add(status(it)));
    }

    private static Value plain(GqlStatus status) {
        return new MapValue(entries(status, status.condition()));
    }

    private static Value status(Notification notification) {
        GqlStatus status = switch (notification.severity()) {
            case WARNING -> GqlStatus.WARNING;
            case INFORMATION -> GqlStatus.INFORMATION;
        };
        Map<String, Value> entries = entries(status, status.condition() + ". " + notification.description());
        entries.put("neo4j_code", Value.of(notification.code()));
        entries.put("title", Value.of(notification.title()));
        entries.put("description", Value.of(notification.description()));
        entries.put(
                "diagnostic_record",
                new MapValue(Map.of(
                        "_severity", Value.of(notification.severity().name()),
                        "_classification", Value.of(NotificationFilter.CATEGORY))));
        return new MapValue(entries);
    }

    private static Map<String, Value> entries(GqlStatus status, String description) {
        Map<String, Value> entries = new LinkedHashMap<>();
        entries.put("gql_status", Value.of(status.code()));
        entries.put("status_description", Value.of(description));
        return entries;
    }
}
