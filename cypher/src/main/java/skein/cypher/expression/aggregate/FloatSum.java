package skein.cypher.expression.aggregate;

/** A sum of floats with Neumaier's compensation: what rounding loses in each step is summed apart. */
final class FloatSum {
    private double sum;
    private double compensation;

    void add(double number) {
        double next = sum + number;
        compensation += Math.abs(sum) >= Math.abs(number) ? sum - next + number : number - next + sum;
        sum = next;
    }

    double value() {
        double compensated = sum + compensation;
        return Double.isNaN(compensated) ? sum : compensated;
    }
}
