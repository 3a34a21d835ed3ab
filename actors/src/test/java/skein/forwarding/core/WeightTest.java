package skein.forwarding.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import skein.graph.Value;
import skein.graph.Value.ListValue;
import skein.graph.Value.MapValue;
import skein.graph.Value.NodeValue;
import skein.vocabulary.ErrorCode;
import skein.vocabulary.SkeinException;

class WeightTest {
    @Test
    void whatIsInsideNodesAndPathsCounts() {
        Value text = Value.of("x".repeat(1000));
        NodeValue node = new NodeValue(1, List.of("L"), new MapValue(Map.of("p", text)));
        Value path = new Value.PathValue(List.of(node, node), List.of());
        assertThat(Weight.ofRow(row(node))).isBetween(2000L, 2500L);
        assertThat(Weight.ofRow(row(path))).isBetween(4000L, 5000L);
    }

    @Test
    void whatIsTooLargeForOneMessageIsRefused() {
        Value large = new Value.BytesValue(new byte[1 << 20]);
        ListValue row = new ListValue(Collections.nCopies(129, large));
        tooMuch(() -> Weight.ofRow(row));
        tooMuch(() -> Weight.ofRequest("", Map.of("p", row)));
        assertThat(Weight.ofRequest("", Map.of("p", large))).isGreaterThan(1 << 20);
    }

    @Test
    void whatIsNestedDeeperThanCanBeReadIsRefused() {
        Value deep = Value.NULL;
        for (int i = 0; i < 480; i++) {
            deep = new ListValue(List.of(deep));
        }
        assertThat(Weight.ofRow(row(deep))).isPositive();
        for (int i = 0; i < 20; i++) {
            deep = new ListValue(List.of(deep));
        }
        Value tooDeep = deep;
        tooMuch(() -> Weight.ofRow(row(tooDeep)));
    }

    private static ListValue row(Value value) {
        return new ListValue(List.of(value));
    }

    private static void tooMuch(ThrowingCallable call) {
        assertThatThrownBy(call)
                .isInstanceOfSatisfying(
                        SkeinException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.LIMIT_EXCEEDED));
    }
}
