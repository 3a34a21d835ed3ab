package skein.benchmarks.bolt;

/** Who connects; nobody without a name. */
record Login(String user, String password) {
    static final Login NOBODY = new Login("", "");
}
