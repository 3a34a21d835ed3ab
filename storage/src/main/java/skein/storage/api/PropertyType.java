package skein.storage.api;

/** What a type constraint may ask of a property. The order is part of the log's format: add at the end. */
public enum PropertyType {
    BOOLEAN,
    INTEGER,
    FLOAT,
    STRING,
    LIST,
    MAP,
    POINT,
    DATE,
    LOCAL_TIME,
    ZONED_TIME,
    LOCAL_DATE_TIME,
    ZONED_DATE_TIME,
    DURATION
}
