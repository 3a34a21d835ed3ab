package skein.cypher.expression.function;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import skein.cypher.expression.function.FunctionSignature.Kind;
import skein.vocabulary.ErrorCode;
import skein.vocabulary.SkeinException;

final class FunctionCatalogueTest {
    @Test
    void namesAreFoundInAnyCase() {
        FunctionSignature signature = FunctionCatalogue.find("TOUPPER").orElseThrow();

        assertThat(signature.name()).isEqualTo("toUpper");
        assertThat(FunctionCatalogue.find("Duration.INMONTHS")).isPresent();
        assertThat(FunctionCatalogue.find("noSuchFunction")).isEmpty();
    }

    @Test
    void signaturesTellHowManyArgumentsAreAccepted() {
        FunctionSignature round = FunctionCatalogue.find("round").orElseThrow();
        FunctionSignature coalesce = FunctionCatalogue.find("coalesce").orElseThrow();

        assertThat(round.accepts(0)).isFalse();
        assertThat(round.accepts(2)).isTrue();
        assertThat(round.accepts(4)).isFalse();
        assertThat(coalesce.accepts(100)).isTrue();
    }

    @Test
    void signaturesTellWhatAnAnswerDependsOn() {
        assertThat(FunctionCatalogue.find("count").orElseThrow().isAggregate()).isTrue();
        assertThat(FunctionCatalogue.find("rand").orElseThrow().isDeterministic())
                .isFalse();
        assertThat(FunctionCatalogue.find("date").orElseThrow().isDeterministic())
                .isTrue();
        assertThat(FunctionCatalogue.find("date.realtime").orElseThrow().kind()).isEqualTo(Kind.VOLATILE);
    }

    @Test
    void theNearestNameIsSuggestedOnlyWhenItIsNear() {
        assertThat(FunctionCatalogue.nearest("tolowr")).contains("toLower");
        assertThat(FunctionCatalogue.nearest("colect")).contains("collect");
        assertThat(FunctionCatalogue.nearest("datetime.truncat")).contains("datetime.truncate");
        assertThat(FunctionCatalogue.nearest("fibonacci")).isEmpty();
    }

    @Test
    void aCallThatNoCheckHasSeenIsRefused() {
        assertThatThrownBy(() -> FunctionCatalogue.bind("fibonacci", List.of()))
                .isInstanceOfSatisfying(
                        SkeinException.class,
                        failure -> assertThat(failure.code()).isEqualTo(ErrorCode.SYNTAX_ERROR));
        assertThatThrownBy(() -> FunctionCatalogue.bind("abs", List.of())).isInstanceOf(SkeinException.class);
    }
}
