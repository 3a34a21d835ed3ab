package skein.vocabulary;

import java.util.List;

/**
 * What a deterministic core answers to one input: its next state and what the shell must do, in this order. The shell
 * performs effects in the order given, so a core puts persistence before any message that depends on it.
 *
 * @param <S> state of the core
 * @param <E> effects of the core
 */
public record Step<S, E>(S state, List<E> effects) {
    public Step {
        effects = List.copyOf(effects);
    }

    /** A step that only changes state. */
    public static <S, E> Step<S, E> to(S state) {
        return new Step<>(state, List.of());
    }
}
