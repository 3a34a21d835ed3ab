package skein.graph;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import skein.graph.Value.ListValue;
import skein.graph.Value.MapValue;

class MapValueTest {
    @ParameterizedTest
    @ValueSource(ints = {0, 1, 7, 8, 9, 1000})
    void aMapOfAnySizeIsTheSameAsThoseOfTheLibrary(int size) {
        Map<String, Value> expected = new LinkedHashMap<>();
        MapBuilder builder = new MapBuilder(size);
        for (int i = size; i > 0; i--) {
            expected.put("key" + i, Value.of((long) i));
            assertThat(builder.put("key" + i, Value.of((long) i))).isTrue();
        }
        MapValue built = builder.build();
        for (MapValue map : List.of(built, new MapValue(expected), new MapValue(built.entries()))) {
            assertThat(map.entries())
                    .isEqualTo(expected)
                    .hasSameHashCodeAs(expected)
                    .hasSize(size);
            assertThat(expected).isEqualTo(map.entries());
            assertThat(List.copyOf(map.entries().keySet())).isEqualTo(List.copyOf(expected.keySet()));
            assertThat(map.entries()).hasToString(expected.toString());
            Map<String, Value> walked = new LinkedHashMap<>();
            map.entries().forEach(walked::put);
            assertThat(walked).isEqualTo(expected);
            assertThat(map).isEqualTo(built).hasSameHashCodeAs(built);
            assertThat(map.get("key1")).isEqualTo(size == 0 ? Value.NULL : Value.of(1L));
            assertThat(map.get("key0")).isEqualTo(Value.NULL);
            assertThat(map.entries()).doesNotContainKey("key0");
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {3, 20})
    void aKeyStandsOnceAndTheFirstStays(int size) {
        MapBuilder builder = new MapBuilder(size);
        assertThat(builder.put("a", Value.of(1L))).isTrue();
        assertThat(builder.put("a", Value.of(2L))).isFalse();
        assertThat(builder.put("b", Value.NULL)).isTrue();
        assertThat(builder.build().entries()).isEqualTo(Map.of("a", Value.of(1L), "b", Value.NULL));
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 20})
    void nobodyCanChangeAMap(int size) {
        Map<String, Value> entries = new LinkedHashMap<>();
        for (int i = 0; i < size; i++) {
            entries.put("key" + i, Value.TRUE);
        }
        MapValue map = new MapValue(entries);
        entries.put("more", Value.TRUE);
        assertThat(map.entries()).hasSize(size);
        assertThatThrownBy(() -> map.entries().put("key0", Value.FALSE))
                .isInstanceOf(UnsupportedOperationException.class);
        assertThatThrownBy(() -> map.entries().clear()).isInstanceOf(UnsupportedOperationException.class);
        assertThatThrownBy(() -> map.entries().entrySet().iterator().next().setValue(Value.FALSE))
                .isInstanceOf(UnsupportedOperationException.class);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 5})
    void aListOfAnArrayThatWasGivenAwayIsTheSameAsACopy(int size) {
        Value[] values = new Value[size];
        for (int i = 0; i < size; i++) {
            values[i] = Value.of((long) i);
        }
        ListValue list = ListValue.ofOwned(values);
        assertThat(list).isEqualTo(new ListValue(List.of(values))).hasSameHashCodeAs(new ListValue(List.of(values)));
        assertThat(List.copyOf(list.values())).isEqualTo(List.of(values));
        assertThatThrownBy(() -> list.values().add(Value.NULL)).isInstanceOf(UnsupportedOperationException.class);
    }
}
