package skein.bolt.admin;

import java.util.List;
import skein.graph.Value;
import skein.vocabulary.Invariant;
import skein.vocabulary.Notification;

/**
 * What an admin statement answers.
 *
 * @param columns empty for commands
 * @param rows one value per column each
 */
public record AdminAnswer(List<String> columns, List<List<Value>> rows, List<Notification> notifications) {
    public AdminAnswer {
        columns = List.copyOf(columns);
        rows = rows.stream().map(List::copyOf).toList();
        notifications = List.copyOf(notifications);
        for (List<Value> row : rows) {
            Invariant.check(row.size() == columns.size(), "a row of %d under %s", row.size(), columns);
        }
    }

    static AdminAnswer done(List<Notification> notifications) {
        return new AdminAnswer(List.of(), List.of(), notifications);
    }

    static AdminAnswer table(List<String> columns, List<List<Value>> rows) {
        return new AdminAnswer(columns, rows, List.of());
    }
}
