package skein.history;

import java.util.List;
import skein.history.Isolation.Strictness;

/**
 * One anomaly.
 *
 * @param strictness the weakest demand on order that makes it one
 * @param transactions their places in the history
 */
public record Finding(Anomaly anomaly, Strictness strictness, List<Integer> transactions, String explanation) {
    public Finding {
        transactions = List.copyOf(transactions);
    }

    static Finding inData(Anomaly anomaly, List<Integer> transactions, String explanation) {
        return new Finding(anomaly, Strictness.DATA, transactions, explanation);
    }
}
