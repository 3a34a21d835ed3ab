package skein.clients.js;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import skein.clients.Client.Answer;
import skein.clients.Client.Link;
import skein.clients.Client.Login;
import skein.clients.Client.Query;
import skein.clients.Client.Session;
import skein.graph.Value;

/** One driver object in a process of its own. */
final class JavaScriptLink implements Link {
    private static final int ALL_ROWS = 0;

    private final NodeProcess node;

    JavaScriptLink(NodeProcess node) {
        this.node = node;
    }

    @Override
    public Answer run(Session session, Query query) {
        return runInPart(session, query, ALL_ROWS);
    }

    @Override
    public Answer runInPart(Session session, Query query, int rows) {
        return answer(node.ask("run", Map.of("session", session(session), "query", query(query), "rowsMax", rows)));
    }

    @Override
    public List<Answer> transaction(Session session, List<Query> queries, boolean commit) {
        return answers(node.ask(
                "transaction",
                Map.of(
                        "session",
                        session(session),
                        "queries",
                        queries.stream().map(JavaScriptLink::query).toList(),
                        "commit",
                        commit)));
    }

    @Override
    public int managed(Session session, Query first, Query disturbance, Query second) {
        return (Integer) node.ask(
                "managed",
                Map.of(
                        "session",
                        session(session),
                        "first",
                        query(first),
                        "disturbance",
                        query(disturbance),
                        "second",
                        query(second)));
    }

    @Override
    public List<Answer> together(int transactions, Query query) {
        return answers(node.ask("together", Map.of("transactions", transactions, "query", query(query))));
    }

    static Map<String, Object> login(Login login) {
        return Map.of("user", login.user(), "password", login.password());
    }

    private static Map<String, Object> query(Query query) {
        return Map.of("text", query.text(), "parameters", TaggedValues.writeMap(query.parameters()));
    }

    private static Map<String, Object> session(Session session) {
        Map<String, Object> options = new LinkedHashMap<>();
        options.put("database", Objects.requireNonNullElse(session.database(), ""));
        options.put("readOnly", session.readOnly());
        options.put("fetchSize", session.fetchSize());
        options.put("bookmarks", session.bookmarks());
        options.put(
                "timeoutMillis",
                session.timeout() == null ? 0 : session.timeout().toMillis());
        Login login = session.login();
        if (login != null) {
            options.put("login", login(login));
        }
        return options;
    }

    private static List<Answer> answers(Object answers) {
        return ((List<?>) answers).stream().map(JavaScriptLink::answer).toList();
    }

    private static Answer answer(Object reply) {
        Map<?, ?> answer = (Map<?, ?>) reply;
        String database = text(answer, "database");
        return new Answer(
                texts(answer, "columns"),
                list(answer, "rows").stream().map(JavaScriptLink::row).toList(),
                text(answer, "version"),
                text(answer, "agent"),
                database.isEmpty() ? null : database,
                counters((Map<?, ?>) Objects.requireNonNull(answer.get("counters"))),
                text(answer, "plan"),
                texts(answer, "notifications"),
                texts(answer, "bookmarks"));
    }

    private static List<Value> row(Object row) {
        return ((List<?>) row).stream().map(TaggedValues::read).toList();
    }

    private static Map<String, Long> counters(Map<?, ?> counters) {
        Map<String, Long> named = new LinkedHashMap<>();
        counters.forEach((name, count) -> named.put(String.valueOf(name), Long.parseLong(String.valueOf(count))));
        return named;
    }

    private static String text(Map<?, ?> answer, String key) {
        return String.valueOf(answer.get(key));
    }

    private static List<?> list(Map<?, ?> answer, String key) {
        return (List<?>) Objects.requireNonNull(answer.get(key), key);
    }

    private static List<String> texts(Map<?, ?> answer, String key) {
        return list(answer, key).stream().map(String::valueOf).toList();
    }

    @Override
    public void close() {
        try (node) {
            node.ask("close", Map.of());
        }
    }
}
