package skein.graph;

/**
 * What every value can be asked, apart from {@link Value}: an interface whose methods have bodies is initialized before
 * its implementations. Were these in Value, a thread that meets a value's class first and one that meets
 * {@link Value#NULL} first would wait for each other for ever.
 */
sealed interface Nullness permits Value {
    /** True for the one null. */
    default boolean isNull() {
        return this instanceof Value.NullValue;
    }
}
