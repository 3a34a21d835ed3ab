package skein.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvFileSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.neo4j.driver.Driver;
import org.neo4j.driver.GraphDatabase;
import org.neo4j.driver.Record;
import org.neo4j.driver.Result;
import org.neo4j.driver.Session;
import org.neo4j.driver.exceptions.ClientException;
import org.neo4j.driver.types.Relationship;
import skein.config.ResolvedSettings;
import skein.config.SettingSources;

/** What drivers, shells and browsers send without being told to answers sensibly, on a whole instance. */
final class WhatToolsSendTest {
    @TempDir
    private static Path directory;

    private static @Nullable Node started;
    private static @Nullable Driver connected;

    @BeforeAll
    static void start() {
        Node node = Node.start(ResolvedSettings.resolve(new SettingSources(
                Map.of("bolt-port", "0", "data-directory", directory.toString()),
                Map.of(),
                Optional.empty(),
                Optional.empty())));
        started = node;
        connected = GraphDatabase.driver("bolt://" + node.boltAddress());
        run("CREATE (:Person {name: 'Ada', born: 1815})-[:WROTE {year: 1843}]->(:Note {text: 'G'}),"
                + " (:Person {name: 'Charles'})");
        run("CREATE INDEX person_name FOR (p:Person) ON (p.name)");
        run("CREATE CONSTRAINT note_text FOR (n:Note) REQUIRE n.text IS UNIQUE");
    }

    @AfterAll
    static void stop() {
        Objects.requireNonNull(connected).close();
        Objects.requireNonNull(started).close();
    }

    private static List<Record> run(String query) {
        try (Session session = Objects.requireNonNull(connected).session()) {
            return session.run(query).list();
        }
    }

    /** A line of the file: the statement, the columns that tools look up, whether there must be rows. */
    @ParameterizedTest
    @CsvFileSource(resources = "/skein/server/what-tools-send.txt", delimiter = '~', quoteCharacter = '\0')
    void isAnsweredWithTheColumnsTheyLookUp(String statement, @Nullable String columns, @Nullable String rows) {
        try (Session session = Objects.requireNonNull(connected).session()) {
            Result result = session.run(statement);
            if (columns != null) {
                assertThat(result.keys()).contains(columns.split(" *, *", -1));
            }
            if ("rows".equals(rows)) {
                assertThat(result.list()).isNotEmpty();
            }
            result.consume();
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "CALL dbms.licenseAgreementDetails()",
                "CALL dbms.queryJmx('x')",
                "CALL apoc.meta.schema()",
                "CALL dbms.cluster.routing.getRoutingTable({}, 'neo4j')"
            })
    void proceduresOfOthersAreUnknownAndTheConnectionGoesOn(String statement) {
        try (Session session = Objects.requireNonNull(connected).session()) {
            assertThatThrownBy(() -> session.run(statement).consume())
                    .isInstanceOfSatisfying(
                            ClientException.class,
                            told -> assertThat(told.code()).isEqualTo("Neo.ClientError.Procedure.ProcedureNotFound"));
            assertThat(session.run("RETURN 1 AS one").single().get("one").asInt())
                    .isEqualTo(1);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"SHOW SCHEMA INFO", "SHOW ACTIVE USERS INFO", "SHOW SETTINGS"})
    void whatIsNotOfferedIsRefusedByName(String statement) {
        assertThatThrownBy(() -> run(statement))
                .isInstanceOf(ClientException.class)
                .hasMessageContaining(statement.replace(" INFO", ""));
    }

    @Test
    void theSchemaIsDrawnAsNodesAndRelationships() {
        Record drawn = run("CALL db.schema.visualization()").getFirst();
        assertThat(drawn.get("nodes")
                        .asList(node -> node.asNode().labels().iterator().next()))
                .containsExactlyInAnyOrder("Person", "Note");
        Relationship wrote = drawn.get("relationships")
                .asList(org.neo4j.driver.Value::asRelationship)
                .getFirst();
        assertThat(wrote.type()).isEqualTo("WROTE");
        assertThat(drawn.get("nodes").asList(node -> node.asNode().elementId()))
                .contains(wrote.startNodeElementId(), wrote.endNodeElementId());
    }

    @Test
    void thePropertiesOfLabelsAndTypesAreDescribed() {
        assertThat(run("CALL db.schema.nodeTypeProperties() YIELD nodeType, propertyName, propertyTypes, mandatory"
                        + " RETURN nodeType, propertyName, propertyTypes[0] AS type, mandatory ORDER BY nodeType,"
                        + " propertyName"))
                .extracting(row -> row.values().stream()
                        .map(value -> value.asObject().toString())
                        .toList())
                .containsExactly(
                        List.of(":`Note`", "text", "String", "true"),
                        List.of(":`Person`", "born", "Long", "false"),
                        List.of(":`Person`", "name", "String", "true"));
        Record wrote = run("CALL db.schema.relTypeProperties()").getFirst();
        assertThat(wrote.get("relType").asString()).isEqualTo(":`WROTE`");
        assertThat(wrote.get("mandatory").asBoolean()).isTrue();
    }

    @Test
    void theListsOfProceduresAndFunctionsAreWhatCanBeCalled() {
        List<String> procedures = run("SHOW PROCEDURES YIELD name RETURN name").stream()
                .map(row -> row.get("name").asString())
                .toList();
        assertThat(procedures).contains("db.labels", "db.schema.visualization", "dbms.components", "mg.procedures");
        assertThat(run("CALL mg.procedures() YIELD name RETURN name"))
                .extracting(row -> row.get("name").asString())
                .containsExactlyElementsOf(procedures);
        assertThat(run("SHOW FUNCTIONS YIELD name RETURN name"))
                .extracting(row -> row.get("name").asString())
                .contains("toInteger", "count", "point.distance")
                .containsExactlyInAnyOrderElementsOf(run("CALL mg.functions() YIELD name RETURN name").stream()
                        .map(row -> row.get("name").asString())
                        .toList());
    }
}
