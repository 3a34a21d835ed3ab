package skein.clients.shell;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * What somebody types and must be shown.
 *
 * @param title a line of the matrix
 * @param typed statements and the shell's own commands
 * @param shown lines, in the shell's plain format
 */
public record ShellFeature(String title, List<String> typed, List<String> shown) {
    private static final int ROWS = 2_500;

    private static ShellFeature of(String title, List<String> typed, String... shown) {
        return new ShellFeature(title, typed, List.of(shown));
    }

    /** A parameter is evaluated by the server and sent back with the query, so each value goes both ways. */
    private static ShellFeature echo(String title, String expression, String... shown) {
        return new ShellFeature(
                title,
                List.of(":param x => " + expression, "RETURN $x AS x;"),
                Stream.concat(Stream.of("x"), Stream.of(shown)).toList());
    }

    /** All, in the order of the matrix. */
    public static Stream<ShellFeature> all() {
        return Stream.concat(Stream.concat(Stream.of(databases()), values()), work());
    }

    private static ShellFeature databases() {
        return of(
                "database by name",
                List.of(":use nowhere", ":use skein", "RETURN 1 AS one;"),
                "There is no database 'nowhere' on this instance. It has: [skein]. CREATE DATABASE nowhere makes it.",
                "one",
                "1");
    }

    private static Stream<ShellFeature> values() {
        return Stream.of(
                echo("null, boolean, float, string", "[null, true, 1.5, 'größer']", "[NULL, TRUE, 1.5, \"größer\"]"),
                echo("64-bit integer", "[9223372036854775807, -17]", "[9223372036854775807, -17]"),
                echo("nested lists and maps", "[1, [2, {a: {b: []}}]]", "[1, [2, {a: {b: []}}]]"),
                echo(
                        "date, time, local time, local date-time",
                        "[date('2024-02-29'), time('01:02:03.000000004-03:00'), localtime('23:59:59'),"
                                + " localdatetime('1969-12-31T23:59:59.005')]",
                        "[2024-02-29, 01:02:03.000000004-03:00, 23:59:59, 1969-12-31T23:59:59.005]"),
                echo("date-time with offset", "datetime('2020-01-01T00:00:01+01:00')", "2020-01-01T00:00:01+01:00"),
                echo(
                        "date-time with zone",
                        "datetime({year: 2020, month: 7, day: 1, hour: 0, minute: 0, second: 1, timezone: 'Europe/Berlin'})",
                        "2020-07-01T00:00:01+02:00[Europe/Berlin]"),
                echo("duration", "duration('P1Y2M3DT5S')", "P1Y2M3DT5S"),
                echo("point", "point({x: 1.5, y: -2.0})", "point({srid:7203, x:1.5, y:-2.0})"),
                of(
                        "node, relationship, path",
                        List.of("CREATE p = (a:P {n: 1})<-[r:K {s: 2}]-(b:Q) RETURN a, r, p;"),
                        "a, r, p",
                        "(:P {n: 1}), [:K {s: 2}], (:P {n: 1})<-[:K {s: 2}]-(:Q)"));
    }

    private static Stream<ShellFeature> work() {
        String numbers =
                IntStream.rangeClosed(1, ROWS).mapToObj(Integer::toString).collect(Collectors.joining("\n"));
        return Stream.of(
                of("rows in small fetches", List.of("UNWIND range(1, " + ROWS + ") AS x RETURN x;"), "x", numbers),
                of(
                        "explicit transaction: commit, roll back",
                        List.of(
                                ":begin",
                                "CREATE (:Shell);",
                                ":rollback",
                                ":begin",
                                "CREATE (:Shell {kept: true});",
                                ":commit",
                                "MATCH (n:Shell) RETURN n;",
                                "MATCH (n:Shell) DELETE n;"),
                        "n",
                        "(:Shell {kept: TRUE})"),
                of(
                        "RESET: the connection goes on after an error",
                        List.of("RETURN nobody;", "RETURN 2 AS two;"),
                        "two",
                        "2"),
                of(
                        "RESET: an error amid rows",
                        List.of("UNWIND [1, 1, 0] AS x RETURN 1 / x AS y;", "RETURN 3 AS three;"),
                        "three",
                        "3"));
    }
}
