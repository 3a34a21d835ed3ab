package skein.tck;

import skein.tck.TckGraph.Failure;

/**
 * How an error that a scenario asks for came. Any client error passes the scenario; these are the finer points.
 *
 * @param early {@code EXPLAIN} of the query fails as well: nothing had to run
 */
public record RaisedError(ExpectedError expected, Failure failure, boolean early) {
    /** The last part of the status is the class the TCK names. */
    public boolean hasExactClass() {
        return expected.hasClassOf(failure);
    }

    /** It comes before anything runs exactly if the TCK says so. */
    public boolean hasExactPhase() {
        return switch (expected.phase()) {
            case "compile time" -> early;
            case "runtime" -> !early;
            default -> true;
        };
    }

    /** The message has the TCK's word for what is wrong, in square brackets. */
    public boolean namesDetail() {
        return expected.detail().equals("*") || failure.message().contains("[" + expected.detail() + "]");
    }

    @Override
    public String toString() {
        return expected + " expected, got" + (early ? " before running " : " while running ") + failure;
    }
}
