package skein.role.core;

import java.util.UUID;
import skein.vocabulary.DatabaseName;

/** What an operator wants of a database. */
public sealed interface DatabaseWish {
    /**
     * @param freshId random, for the new database
     * @param nowMillis the time, in milliseconds since 1970 UTC
     */
    record Create(DatabaseName name, boolean ifNotExists, UUID freshId, long nowMillis) implements DatabaseWish {}

    record Drop(DatabaseName name, boolean ifExists, boolean force) implements DatabaseWish {}

    record Rename(DatabaseName from, DatabaseName to) implements DatabaseWish {}

    /** @param id of a database that was made of a snapshot and lies ready */
    record Recover(DatabaseName name, UUID id) implements DatabaseWish {}

    /** How people write it. */
    default String command() {
        return switch (this) {
            case Create ignored -> "CREATE DATABASE";
            case Drop ignored -> "DROP DATABASE";
            case Rename ignored -> "RENAME DATABASE";
            case Recover ignored -> "RECOVER SNAPSHOT";
        };
    }
}
