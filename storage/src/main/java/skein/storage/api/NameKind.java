package skein.storage.api;

/** The three kinds of names in a graph; each has tokens of its own. */
public enum NameKind {
    LABEL,
    RELATIONSHIP_TYPE,
    PROPERTY_KEY
}
