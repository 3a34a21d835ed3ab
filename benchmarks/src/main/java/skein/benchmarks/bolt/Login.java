package skein.benchmarks.bolt;

/** Who connects; nobody without a name. */
public record Login(String user, String password) {
    public static final Login NOBODY = new Login("", "");
}
