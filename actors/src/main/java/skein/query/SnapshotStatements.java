package skein.query;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import skein.cypher.syntax.Statement;
import skein.graph.Value;
import skein.session.QueryCounters;
import skein.session.QueryCursor;
import skein.session.QuerySummary;
import skein.session.QuerySummary.QueryKind;
import skein.vocabulary.ErrorCode;
import skein.vocabulary.Notification;
import skein.vocabulary.SkeinException;

/** Statements about the snapshots of one database, with the columns that Memgraph prints. */
final class SnapshotStatements {
    private static final String[] UNITS = {"B", "KiB", "MiB", "GiB", "TiB", "PiB"};

    private SnapshotStatements() {}

    static QueryCursor run(Statement.Snapshot.Action kind, QueryTarget target) {
        SnapshotService snapshots = target.snapshots();
        return switch (kind) {
            case CREATE ->
                cursor(
                        target,
                        List.of("path"),
                        List.of(List.of(Value.of(snapshots.create().path()))),
                        List.of());
            case SHOW ->
                cursor(
                        target,
                        List.of("path", "timestamp", "creation_time", "size"),
                        snapshots.list().stream().map(SnapshotStatements::row).toList(),
                        failure(snapshots));
            case SHOW_NEXT ->
                cursor(
                        target,
                        List.of("path", "creation_time"),
                        snapshots.next().map(due -> List.of(Value.of(due.path()), time(due.at()))).stream()
                                .toList(),
                        failure(snapshots));
        };
    }

    private static List<Value> row(SnapshotService.Snapshot snapshot) {
        return List.of(
                Value.of(snapshot.path()),
                Value.of(snapshot.lsn()),
                time(snapshot.created()),
                Value.of(readable(snapshot.bytes())));
    }

    private static Value time(Instant instant) {
        return new Value.LocalDateTimeValue(instant.atOffset(ZoneOffset.UTC).toLocalDateTime());
    }

    /** 1536 is 1.50KiB. */
    static String readable(long bytes) {
        double rest = bytes;
        int unit = 0;
        for (; rest >= 1024 && unit < UNITS.length - 1; unit++) {
            rest /= 1024;
        }
        return String.format(Locale.ROOT, unit == 0 ? "%.0f%s" : "%.2f%s", rest, UNITS[unit]);
    }

    private static List<Notification> failure(SnapshotService snapshots) {
        Optional<String> failure = snapshots.latestFailure();
        return failure.stream()
                .map(reason -> new Notification(
                        "SnapshotFailed",
                        "The latest snapshot was not written.",
                        reason,
                        Notification.Severity.WARNING))
                .toList();
    }

    static Path path(String text) {
        try {
            return Path.of(text);
        } catch (InvalidPathException e) {
            throw new SkeinException(
                    ErrorCode.INVALID_ARGUMENT,
                    "'" + text + "' is not the path of a file: " + e.getReason() + ". Nothing was done.",
                    e);
        }
    }

    static QueryCursor recovered(QueryTarget target) {
        return new ReadyCursor(
                List.of(),
                Collections.emptyIterator(),
                new QuerySummary(QueryKind.SCHEMA, QueryCounters.NONE, target.name(), null, null, false, List.of()));
    }

    private static QueryCursor cursor(
            QueryTarget target, List<String> columns, List<List<Value>> rows, List<Notification> notifications) {
        return new ReadyCursor(
                columns,
                rows.iterator(),
                new QuerySummary(QueryKind.READ, QueryCounters.NONE, target.name(), null, null, false, notifications));
    }

    static SkeinException forbidden() {
        return new SkeinException(
                ErrorCode.FORBIDDEN_IN_TRANSACTION,
                "Statements about snapshots are not allowed in explicit transactions: a snapshot is not part of one and"
                        + " cannot be rolled back. Run the statement on its own.");
    }
}
