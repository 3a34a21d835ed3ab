package skein.cypher.expression.function;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import skein.cypher.expression.Evaluate;
import skein.cypher.expression.FakeGraph;
import skein.graph.Value;
import skein.graph.Value.FloatValue;
import skein.graph.Value.ListValue;
import skein.graph.Value.NodeReference;
import skein.graph.Value.PathReference;
import skein.graph.Value.RelationshipReference;
import skein.graph.Value.StringValue;

final class FunctionsTest {
    private static final FakeGraph GRAPH = FakeGraph.empty()
            .node(1, List.of("A", "B"), Map.of("name", Value.of("one")))
            .node(2, List.of(), Map.of())
            .relationship(7, 1, "T", 2, Map.of("since", Value.of(1999L)))
            .relationship(8, 1, "U", 1, Map.of())
            .deletedNode(3)
            .relationship(9, 1, "V", 3, Map.of())
            .deletedRelationship(9);
    private static final Map<String, Value> VARIABLES = Map.of(
            "n", new NodeReference(1),
            "m", new NodeReference(2),
            "r", new RelationshipReference(7),
            "p", new PathReference(List.of(1L, 2L), List.of(7L)),
            "gone", new NodeReference(3),
            "goneToo", new RelationshipReference(9));

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '"', textBlock = """
                    id(n)                | 1
                    elementId(r)         | '7'
                    labels(n)            | ['A', 'B']
                    type(r)              | 'T'
                    type(goneToo)        | 'V'
                    keys(n)              | ['name']
                    keys({a: null})      | ['a']
                    properties(r)        | {since: 1999}
                    properties({a: 1})   | {a: 1}
                    values({a: 1, b: 2}) | [1, 2]
                    values(r)            | [1999]
                    id(startNode(r))     | 1
                    id(endNode(r))       | 2
                    degree(n)            | 2
                    inDegree(n)          | 1
                    outDegree(n)         | 2
                    degree(m)            | 1
                    length(p)            | 1
                    size(p)              | 1
                    [x IN nodes(p) ¦ id(x)]         | [1, 2]
                    [x IN relationships(p) ¦ id(x)] | [7]
                    labels(null)         | null
                    type(null)           | null
                    exists(n.name)       | true
                    exists(n.none)       | false
                    """)
    void ofEntities(String call, String expected) {
        assertThat(Evaluate.text(call.replace('¦', '|'), VARIABLES, GRAPH)).isEqualTo(Evaluate.text(expected));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '"', textBlock = """
                    size([1, null])      | 2
                    size('a😀')          | 2
                    size(null)           | null
                    isEmpty('')          | true
                    isEmpty([0])         | false
                    head([])             | null
                    head([1, 2])         | 1
                    last([1, 2])         | 2
                    tail([1, 2])         | [2]
                    tail([])             | []
                    reverse([1, 2])      | [2, 1]
                    reverse('ab')        | 'ba'
                    toSet([1, 1.0, null, 'a', null]) | [1, null, 'a']
                    range(0, 3)          | [0, 1, 2, 3]
                    range(3, 0)          | []
                    range(3, 0, -2)      | [3, 1]
                    range(0, 10, 4)      | [0, 4, 8]
                    range(0, 3, -1)      | []
                    range(9223372036854775806, 9223372036854775807) | [9223372036854775806, 9223372036854775807]
                    range(-9223372036854775808, 9223372036854775807, 9223372036854775807) | [-9223372036854775808, -1, 9223372036854775806]
                    range(0, -9223372036854775808, -9223372036854775808) | [0, -9223372036854775808]
                    uniformSample([], 2) | null
                    size(uniformSample([1, 2], 5)) | 5
                    coalesce(null, 2, 1 / 0) | 2
                    coalesce(null)       | null
                    nullIf(1, 1.0)       | null
                    nullIf(1, 2)         | 1
                    assert(true)         | true
                    valueType(1.0)       | 'FLOAT'
                    valueType(null)      | 'NULL'
                    timestamp()          | datetime('2024-02-29T23:59:59Z').epochMillis
                    """)
    void ofListsAndAnyValue(String call, String expected) {
        assertThat(Evaluate.text(call)).isEqualTo(Evaluate.text(expected));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '"', textBlock = """
                    abs(-1)          | 1
                    abs(-1.5)        | 1.5
                    sign(-0.1)       | -1
                    sign(0.0)        | 0
                    ceil(0.1)        | 1.0
                    floor(-0.1)      | -1.0
                    round(2.5)       | 3.0
                    round(-2.5)      | -2.0
                    round(3)         | 3.0
                    round(1e300)     | 1e300
                    round(1.005, 2)  | 1.01
                    round(-2.5, 0)   | -3.0
                    round(2.5, 0, 'HALF_EVEN') | 2.0
                    sqrt(4)          | 2.0
                    exp(0)           | 1.0
                    log(e())         | 1.0
                    log10(1000)      | 3.0
                    atan2(0, 1)      | 0.0
                    degrees(pi())    | 180.0
                    isNaN(sqrt(-1))  | true
                    sin(null)        | null
                    toUpper('aß')    | 'ASS'
                    toLower('AB')    | 'ab'
                    trim('  a ')     | 'a'
                    lTrim(' a ')     | 'a '
                    rTrim(' a ')     | ' a'
                    substring('hello', 1)    | 'ello'
                    substring('hello', 1, 3) | 'ell'
                    substring('hello', 9)    | ''
                    substring('a😀b', 1, 1)  | '😀'
                    left('hello', 2)  | 'he'
                    left('hello', 9)  | 'hello'
                    right('hello', 2) | 'lo'
                    right('hello', 9) | 'hello'
                    left(null, 1)     | null
                    replace('banana', 'an', 'x') | 'bxxa'
                    split('a,,b', ',') | ['a', '', 'b']
                    split('abc', '')   | ['a', 'b', 'c']
                    split(',', ',')    | ['', '']
                    split(null, ',')   | null
                    """)
    void ofNumbersAndStrings(String call, String expected) {
        assertThat(Evaluate.text(call)).isEqualTo(Evaluate.text(expected));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '"', textBlock = """
                    toInteger(82.9)       | 82
                    toInteger('1.7')      | 1
                    toInteger(' 1 ')      | 1
                    toInteger('1e3')      | 1000
                    toInteger('foo')      | null
                    toInteger('0x1p3')    | null
                    toInteger('1d')       | null
                    toInteger('9223372036854775808') | null
                    toInteger(true)       | 1
                    toFloat('1')          | 1.0
                    toFloat(' .5')        | 0.5
                    toFloat('foo')        | null
                    toFloat(2)            | 2.0
                    toString(1.0)         | '1.0'
                    toString(true)        | 'true'
                    toString(date('2024-01-01')) | '2024-01-01'
                    toString(duration('P1D'))    | 'P1D'
                    toString(point({x: 1, y: 2})) | "point({x: 1.0, y: 2.0, crs: 'cartesian'})"
                    toBoolean(' TRUE')    | true
                    toBoolean('tru')      | null
                    toBoolean(0)          | false
                    toIntegerOrNull([])   | null
                    toIntegerOrNull(1e30) | null
                    toFloatOrNull(true)   | null
                    toBooleanOrNull(1.5)  | null
                    toStringOrNull({})    | null
                    toIntegerList(['1', [], null, 2.5]) | [1, null, null, 2]
                    toFloatList([1, 'a'])   | [1.0, null]
                    toBooleanList(['true']) | [true]
                    toStringList([1, {}])   | ['1', null]
                    """)
    void ofConversion(String call, String expected) {
        String text = expected.contains("crs") ? '"' + expected + '"' : expected;
        assertThat(Evaluate.text(call)).isEqualTo(Evaluate.text(text));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '"', textBlock = """
                    labels(1)              | TYPE_ERROR [InvalidArgumentValue]
                    type(n)                | TYPE_ERROR [InvalidArgumentValue]
                    labels(gone)           | ENTITY_NOT_FOUND [DeletedEntityAccess]
                    keys(gone)             | ENTITY_NOT_FOUND [DeletedEntityAccess]
                    properties(goneToo)    | ENTITY_NOT_FOUND [DeletedEntityAccess]
                    size(1)                | TYPE_ERROR [InvalidArgumentValue]
                    length('a')            | TYPE_ERROR [InvalidArgumentValue]
                    range(0, 1, 0)         | ARGUMENT_ERROR [NumberOutOfRange]
                    range(0, 1.0)          | ARGUMENT_ERROR [InvalidArgumentType]
                    range(0, null)         | ARGUMENT_ERROR [InvalidArgumentType]
                    range(0, 9223372036854775807) | ARGUMENT_ERROR [NumberOutOfRange]
                    toInteger([])          | TYPE_ERROR [InvalidArgumentValue]
                    toInteger(1e30)        | ARITHMETIC_ERROR [IntegerOverflow]
                    toFloat(true)          | TYPE_ERROR [InvalidArgumentValue]
                    toBoolean(1.0)         | TYPE_ERROR [InvalidArgumentValue]
                    toString({})           | TYPE_ERROR [InvalidArgumentValue]
                    abs(-9223372036854775808) | ARITHMETIC_ERROR [IntegerOverflow]
                    sqrt('a')              | TYPE_ERROR [InvalidArgumentValue]
                    left('a', -1)          | ARGUMENT_ERROR [NumberOutOfRange]
                    assert(1 = 2)          | ARGUMENT_ERROR [AssertionFailed]
                    assert(null, 'why')    | ARGUMENT_ERROR [AssertionFailed]
                    round(1.5, 0, 'UPWARD') | ARGUMENT_ERROR [InvalidArgumentValue]
                    point({x: 1})          | ARGUMENT_ERROR [InvalidArgumentValue]
                    point({latitude: 91, longitude: 0}) | ARGUMENT_ERROR [InvalidArgumentValue]
                    point({x: 1, y: 2, srid: 1}) | ARGUMENT_ERROR [InvalidArgumentValue]
                    point({x: 1, y: 2}).longitude | ARGUMENT_ERROR [InvalidArgumentValue]
                    """)
    void refuseWhatTheyCannotTake(String call, String expected) {
        assertThat(Evaluate.failure(call, VARIABLES, GRAPH)).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '"', textBlock = """
                    point({x: 1, y: 2}).x                      | 1.0
                    point({x: 1, y: 2}).crs                    | 'cartesian'
                    point({x: 1, y: 2, z: 3}).srid             | 9157
                    point({latitude: 1, longitude: 2}).srid    | 4326
                    point({x: 2, y: 1, crs: 'WGS-84'}).latitude | 1.0
                    point({latitude: 1, longitude: 2, height: 3}).z | 3.0
                    point({x: 1, y: null})                     | null
                    distance(point({x: 0, y: 0}), point({x: 3, y: 4})) | 5.0
                    point.distance(point({x: 0, y: 0}), point({longitude: 3, latitude: 4})) | null
                    point.distance(point({x: 0, y: 0}), null)  | null
                    point.withinbbox(point({x: 1, y: 1}), point({x: 0, y: 0}), point({x: 1, y: 1})) | true
                    point.withinbbox(point({x: 2, y: 1}), point({x: 0, y: 0}), point({x: 1, y: 1})) | false
                    point.withinbbox(point({longitude: 179, latitude: 0}), point({longitude: 170, latitude: -1}), point({longitude: -170, latitude: 1})) | true
                    """)
    void ofPoints(String call, String expected) {
        assertThat(Evaluate.text(call)).isEqualTo(Evaluate.text(expected));
    }

    @Test
    void distancesOnEarthFollowAGreatCircle() {
        FloatValue quarter = (FloatValue) Evaluate.text(
                "point.distance(point({longitude: 0, latitude: 0}), point({longitude: 0, latitude: 90}))");

        assertThat(quarter.value()).isCloseTo(6_378_140 * Math.PI / 2, within(1e-3));
    }

    @Test
    void randomNumbersComeFromTheRun() {
        FloatValue number = (FloatValue) Evaluate.text("rand()");

        assertThat(number.value()).isBetween(0.0, 1.0);
        assertThat(Evaluate.text("rand()")).isEqualTo(number);
        assertThat(((ListValue) Evaluate.text("[rand(), rand()]")).values()).doesNotHaveDuplicates();
        assertThat(((StringValue) Evaluate.text("randomUUID()")).value())
                .matches("[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "id(x)",
                "keys(x)",
                "size(x)",
                "head(x)",
                "reverse(x)",
                "abs(x)",
                "round(x)",
                "toUpper(x)",
                "trim(x)",
                "split(x, ',')",
                "substring(x, 1)",
                "replace(x, 'a', 'b')",
                "toInteger(x)",
                "toString(x)",
                "date(x)",
                "duration(x)",
                "point(x)",
                "nodes(x)",
                "length(x)",
                "startNode(x)",
                "toSet(x)",
                "degree(x)"
            })
    void nullGoesThrough(String call) {
        assertThat(Evaluate.text(call, Map.of("x", Value.NULL))).isEqualTo(Value.NULL);
    }
}
