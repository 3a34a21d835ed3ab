package skein.storage.api;

import skein.graph.Value;

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
    DURATION;

    /** Whether a value is of this type; an integer is no float. Null, bytes and entities are of none. */
    public boolean includes(Value value) {
        return switch (this) {
            case BOOLEAN -> value instanceof Value.BooleanValue;
            case INTEGER -> value instanceof Value.IntegerValue;
            case FLOAT -> value instanceof Value.FloatValue;
            case STRING -> value instanceof Value.StringValue;
            case LIST -> value instanceof Value.ListValue;
            case MAP -> value instanceof Value.MapValue;
            case POINT -> value instanceof Value.PointValue;
            case DATE -> value instanceof Value.DateValue;
            case LOCAL_TIME -> value instanceof Value.LocalTimeValue;
            case ZONED_TIME -> value instanceof Value.TimeValue;
            case LOCAL_DATE_TIME -> value instanceof Value.LocalDateTimeValue;
            case ZONED_DATE_TIME -> value instanceof Value.DateTimeValue;
            case DURATION -> value instanceof Value.DurationValue;
        };
    }
}
