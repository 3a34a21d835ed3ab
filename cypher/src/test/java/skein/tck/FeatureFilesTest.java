package skein.tck;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URISyntaxException;
import java.util.List;
import org.junit.jupiter.api.Test;

/** All of the TCK is read; fewer scenarios would pass more easily. */
class FeatureFilesTest {
    @Test
    void readsEveryScenarioWithOutlinesExpanded() throws IOException, URISyntaxException {
        List<Scenario> scenarios = FeatureFiles.all();
        assertThat(scenarios).hasSize(3_897);
        assertThat(scenarios.stream().map(Scenario::id).distinct()).hasSize(3_897);
        assertThat(scenarios).filteredOn(Scenario::needsProcedures).hasSize(50);
        assertThat(scenarios).filteredOn(Scenario::isIgnored).hasSize(1);
        assertThat(scenarios).filteredOn(Scenario::expectsError).hasSize(695);
        assertThat(scenarios)
                .allSatisfy(scenario -> assertThat(scenario.queries()).isNotEmpty());
    }

    @Test
    void examplesOfAnOutlineAreNumbered() throws IOException, URISyntaxException {
        assertThat(FeatureFiles.all().stream().map(Scenario::id))
                .contains(
                        "clauses/match/Match3.feature :: [29] Fail when re-using a relationship in the same pattern",
                        "expressions/list/List11.feature :: [2] Create list from `range()` with explicitly given step #11");
    }
}
