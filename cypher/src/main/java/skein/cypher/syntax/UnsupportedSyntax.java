package skein.cypher.syntax;

/** Met while building a tree: syntax that Skein knows and has no node for. Ends as {@link Statement.Unsupported}. */
final class UnsupportedSyntax extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final String feature;

    /** @param feature for people, for example {@code LOAD PARQUET} */
    UnsupportedSyntax(String feature) {
        super(null, null, false, false);
        this.feature = feature;
    }

    String feature() {
        return feature;
    }
}
