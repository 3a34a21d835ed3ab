package skein.benchmarks.cypher;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;

/**
 * A social network in the schema of LDBC's interactive workload, of our own making and far smaller: persons who know
 * each other, live, study and work somewhere, write posts in forums and comments on both, and like them. The same for
 * the same number of persons.
 */
final class InteractiveGraph {
    static final int COUNTRIES = 20;
    static final int TAGS = 150;
    static final int CLASSES = 20;
    static final int FIRST_NAMES = 25;
    static final long FIRST_DAY_MILLIS = 1_262_304_000_000L;
    static final long DAY_MILLIS = 86_400_000L;
    static final int DAYS = 1_000;

    private static final int CITIES = 100;
    private static final int CONTINENTS = 5;
    private static final int SCHOOLS = 40;
    private static final int COMPANIES = 60;
    private static final int BATCH = 2_000;
    private static final int KNOWN = 9;
    private static final int MEMBERS = 15;
    private static final int POSTS = 8;
    private static final int COMMENTS = 20;
    private static final int LIKED = 25;
    private static final int FIRST_YEAR = 1990;
    private static final int YEARS = 20;
    private static final long SEED = 1_304;

    private final int persons;
    private final SplittableRandom random = new SplittableRandom(SEED);

    InteractiveGraph(int persons) {
        this.persons = persons;
    }

    int posts() {
        return persons * POSTS;
    }

    int messages() {
        return persons * (POSTS + COMMENTS);
    }

    private int pick(int count) {
        return random.nextInt(count);
    }

    /** Of a few much more often than of the many. */
    private int famous(int count) {
        double fame = random.nextDouble();
        return (int) (count * fame * fame);
    }

    private long moment() {
        return FIRST_DAY_MILLIS + random.nextLong(DAYS * DAY_MILLIS);
    }

    void load(Loader loader) throws IOException {
        for (String label : List.of(
                "Person",
                "City",
                "Country",
                "Continent",
                "Tag",
                "TagClass",
                "University",
                "Company",
                "Forum",
                "Message")) {
            loader.indexed(label, "id");
        }
        loader.indexed("Country", "name");
        loader.indexed("Tag", "name");
        loader.indexed("Person", "firstName");
        loadWorld(loader);
        loadPersons(loader);
        loadMessages(loader);
    }

    private void loadWorld(Loader loader) throws IOException {
        named(loader, "Continent", CONTINENTS);
        named(loader, "Country", COUNTRIES);
        named(loader, "City", CITIES);
        named(loader, "TagClass", CLASSES);
        named(loader, "Tag", TAGS);
        named(loader, "University", SCHOOLS);
        named(loader, "Company", COMPANIES);
        links(loader, "Country", "IS_PART_OF", "Continent", COUNTRIES, i -> List.of(i, i % CONTINENTS));
        links(loader, "City", "IS_PART_OF", "Country", CITIES, i -> List.of(i, i % COUNTRIES));
        links(loader, "TagClass", "IS_SUBCLASS_OF", "TagClass", CLASSES - 1, i -> List.of(i + 1, i / 2));
        links(loader, "Tag", "HAS_TYPE", "TagClass", TAGS, i -> List.of(i, (long) pick(CLASSES)));
        links(loader, "University", "IS_LOCATED_IN", "City", SCHOOLS, i -> List.of(i, (long) pick(CITIES)));
        links(loader, "Company", "IS_LOCATED_IN", "Country", COMPANIES, i -> List.of(i, (long) pick(COUNTRIES)));
    }

    private void loadPersons(Loader loader) throws IOException {
        loader.rows(
                "persons",
                persons,
                BATCH,
                "UNWIND $rows AS r CREATE (:Person {id: r[0], firstName: r[1], lastName: r[2], gender: r[3],"
                        + " birthday: date(r[4]), creationDate: r[5], locationIP: r[6], browserUsed: r[7]})",
                this::person);
        links(loader, "Person", "IS_LOCATED_IN", "City", persons, i -> List.of(i, (long) pick(CITIES)));
        links(loader, "Person", "HAS_INTEREST", "Tag", 4 * persons, i -> List.of(i / 4, (long) famous(TAGS)));
        dated(
                loader,
                "Person",
                "STUDY_AT {classYear: r[2]}",
                "University",
                persons,
                i -> List.of((long) pick(persons), (long) pick(SCHOOLS), (long) FIRST_YEAR + pick(YEARS)));
        dated(
                loader,
                "Person",
                "WORK_AT {workFrom: r[2]}",
                "Company",
                2 * persons,
                i -> List.of(i / 2, (long) pick(COMPANIES), (long) FIRST_YEAR + pick(YEARS)));
        dated(loader, "Person", "KNOWS {creationDate: r[2]}", "Person", KNOWN * persons, this::acquaintance);
    }

    /** Each pair at most once, or two servers might not find the same number of shortest paths. */
    private List<Object> acquaintance(long number) {
        long one = number / KNOWN;
        int stripe = (persons / 2 - 1) / KNOWN;
        long distance = 1 + number % KNOWN * stripe + pick(stripe);
        return List.of(one, (one + distance) % persons, moment());
    }

    private List<Object> person(long id) {
        return List.of(
                id,
                "First" + pick(FIRST_NAMES),
                "Last" + pick(persons),
                pick(2) == 0 ? "female" : "male",
                "%04d-%02d-%02d".formatted(1950 + pick(50), 1 + pick(12), 1 + pick(28)),
                moment(),
                "10." + pick(256) + "." + pick(256) + "." + pick(256),
                "Browser" + pick(5));
    }

    private void loadMessages(Loader loader) throws IOException {
        loader.rows(
                "forums",
                persons,
                BATCH,
                "UNWIND $rows AS r MATCH (p:Person {id: r[0]})"
                        + " CREATE (:Forum {id: r[0], title: r[1], creationDate: r[2]})-[:HAS_MODERATOR]->(p)",
                i -> List.of(i, "Forum " + i, moment()));
        dated(
                loader,
                "Forum",
                "HAS_MEMBER {joinDate: r[2]}",
                "Person",
                MEMBERS * persons,
                i -> List.of(i / MEMBERS, (long) famous(persons), moment()));
        loader.rows(
                "posts",
                posts(),
                BATCH,
                "UNWIND $rows AS r MATCH (p:Person {id: r[1]}) MATCH (f:Forum {id: r[2]}) MATCH (c:Country {id: r[3]})"
                        + " CREATE (m:Message:Post {id: r[0], content: r[4], length: size(r[4]), creationDate: r[5]})"
                        + " CREATE (m)-[:HAS_CREATOR]->(p) CREATE (f)-[:CONTAINER_OF]->(m)"
                        + " CREATE (m)-[:IS_LOCATED_IN]->(c)",
                i -> message(i, pick(persons)));
        loader.rows(
                "comments",
                messages() - posts(),
                BATCH / 4,
                "UNWIND $rows AS r MATCH (p:Person {id: r[1]}) MATCH (to:Message {id: r[2]})"
                        + " MATCH (c:Country {id: r[3]})"
                        + " CREATE (m:Message:Comment {id: r[0], content: r[4], length: size(r[4]), creationDate: r[5]})"
                        + " CREATE (m)-[:HAS_CREATOR]->(p) CREATE (m)-[:REPLY_OF]->(to)"
                        + " CREATE (m)-[:IS_LOCATED_IN]->(c)",
                i -> message(i + posts(), random.nextInt((int) (posts() + i / (BATCH / 4) * (BATCH / 4)))));
        links(loader, "Message", "HAS_TAG", "Tag", 2 * posts(), i -> List.of(i / 2, (long) famous(TAGS)));
        dated(
                loader,
                "Person",
                "LIKES {creationDate: r[2]}",
                "Message",
                LIKED * persons,
                i -> List.of(i / LIKED, (long) pick(messages()), moment()));
    }

    /** @param about a forum's id, or that of a message written in a batch before */
    private List<Object> message(long id, long about) {
        return List.of(
                id,
                (long) famous(persons),
                about,
                (long) pick(COUNTRIES),
                "About " + pick(TAGS) + ", " + "words ".repeat(2 + pick(12)),
                moment());
    }

    private static void named(Loader loader, String label, int count) throws IOException {
        loader.rows(
                label,
                count,
                BATCH,
                "UNWIND $rows AS r CREATE (:" + label + " {id: r[0], name: r[1]})",
                i -> List.of(i, label + " " + i));
    }

    private interface Ends {
        List<Object> of(long number);
    }

    private static void links(Loader loader, String from, String type, String to, int count, Ends ends)
            throws IOException {
        dated(loader, from, type, to, count, ends);
    }

    private static void dated(Loader loader, String from, String relationship, String to, int count, Ends ends)
            throws IOException {
        loader.rows(
                relationship.split(" ", 2)[0],
                count,
                BATCH,
                "UNWIND $rows AS r MATCH (a:" + from + " {id: r[0]}) MATCH (b:" + to + " {id: r[1]}) CREATE (a)-[:"
                        + relationship + "]->(b)",
                ends::of);
    }

    /** What query number {@code i} asks about, whichever query it is. */
    Map<String, Object> parameters(long i) {
        List<Object> people = new ArrayList<>();
        people.add(i * 37 % persons);
        people.add((i * 37 + 1 + i * 101 % (persons - 1)) % persons);
        return Map.ofEntries(
                Map.entry("person", people.get(0)),
                Map.entry("other", people.get(1)),
                Map.entry("firstName", "First" + i % FIRST_NAMES),
                Map.entry("country", "Country " + i % COUNTRIES),
                Map.entry("otherCountry", "Country " + (i + 1) % COUNTRIES),
                Map.entry("tag", "Tag " + i % (TAGS / 5)),
                Map.entry("class", "TagClass " + i % (CLASSES / 4)),
                Map.entry("early", FIRST_DAY_MILLIS + DAYS / 3 * DAY_MILLIS),
                Map.entry("late", FIRST_DAY_MILLIS + 2 * DAYS / 3 * DAY_MILLIS),
                Map.entry("month", 1 + i % 12),
                Map.entry("nextMonth", 1 + (i + 1) % 12),
                Map.entry("year", (long) FIRST_YEAR + YEARS / 2),
                Map.entry("message", i * 97 % messages()));
    }
}
