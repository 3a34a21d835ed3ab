package skein.role.core;

/**
 * Whether coordinators say what the instance is.
 *
 * @param managed they do: nobody else may, and nothing is begun by itself
 * @param waiting a MAIN that has started again and has not been told to go on: its reign is not open
 */
record Oversight(boolean managed, boolean waiting) {
    static final Oversight NONE = new Oversight(false, false);

    Oversight reigning() {
        return new Oversight(managed, false);
    }

    Oversight following() {
        return new Oversight(managed, false);
    }
}
