package skein.server.demo;

/** Where the demo writes while somebody may be typing. Thread-safe. */
interface Screen {
    /** One or more lines, above what is being typed. */
    void print(String text);

    /** A line that stays and changes; empty for none. */
    void status(String text);
}
