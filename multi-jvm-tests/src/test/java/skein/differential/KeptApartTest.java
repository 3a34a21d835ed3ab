package skein.differential;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class KeptApartTest {
    private static final String TWICE =
            "expected: [x] 2 rows\n  [1]\n  [NaN]\nanswered: [x] 3 rows\n  [1]\n  [NaN]\n  [NaN]";

    @Test
    void rowsWithNanMayComeMoreOften() {
        assertThat(KeptApart.fits("UNWIND [0.0 / 0.0, 0.0 / 0.0, 1] AS x RETURN DISTINCT x", TWICE))
                .isTrue();
        assertThat(KeptApart.fits("UNWIND [1] AS x RETURN x UNION RETURN 0.0 / 0.0 AS x", TWICE))
                .isTrue();
    }

    @Test
    void whatPutsNoRowsTogetherHasNoReason() {
        assertThat(KeptApart.fits("UNWIND [0.0 / 0.0, 1] AS x RETURN x", TWICE)).isFalse();
        assertThat(KeptApart.fits("RETURN 1 AS x UNION ALL RETURN 0.0 / 0.0 AS x", TWICE))
                .isFalse();
    }

    @Test
    void otherRowsHaveToBeTheSame() {
        String story = "expected: [x] 2 rows\n  [1]\n  [NaN]\nanswered: [x] 2 rows\n  [2]\n  [NaN]";
        assertThat(KeptApart.fits("UNWIND [0.0 / 0.0] AS x RETURN DISTINCT x", story))
                .isFalse();
        assertThat(KeptApart.fits("RETURN DISTINCT 1 AS x", "expected: [x] 1 rows\n  [NaN]\nanswered: broken (x)"))
                .isFalse();
    }
}
