package skein.role.core;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import skein.vocabulary.Notification;
import skein.vocabulary.Notification.Severity;
import skein.vocabulary.ReplicaName;
import skein.vocabulary.ReplicationMode;

/** What people are told when a role command was carried out; the codes are Memgraph's. */
final class RoleNotes {
    private static final int BOLT_PORT = 7687;

    private RoleNotes() {}

    private static Notification information(String code, String text) {
        return new Notification(code, text, text, Severity.INFORMATION);
    }

    static List<Notification> becameMain() {
        return List.of(information("SetReplica", "The replication role is MAIN now."));
    }

    static List<Notification> becameReplica(int port) {
        var notes = new ArrayList<Notification>();
        notes.add(information("SetReplica", "The replication role is REPLICA now, listening on port " + port + "."));
        if (port == BOLT_PORT) {
            String text = "The replication port is " + port
                    + ", the usual port of Bolt. Drivers that connect to it will fail; consider another port, for example"
                    + " 10000.";
            notes.add(new Notification("ReplicaPortWarning", text, text, Severity.WARNING));
        }
        return notes;
    }

    /** @param before those registered before */
    static List<Notification> registered(
            Registration registration, List<Registration> before, MemberBook book, boolean needsQuorum) {
        var notes = new ArrayList<Notification>();
        notes.add(information(
                "RegisterReplica",
                "Replica " + registration.name() + " at " + registration.address() + " is registered as "
                        + registration.mode().name() + "."));
        if (registration.mode() == ReplicationMode.ASYNC && registration.ackTimeout() != null) {
            notes.add(information(
                    "ReplicaTimeoutIgnored",
                    "WITH TIMEOUT has no effect on ASYNC replica " + registration.name()
                            + ": commits do not wait for it."));
        }
        int count = Members.inQuorum(before) + 1;
        if (registration.isInQuorum() && count < book.quorum()) {
            notes.add(quorumIncomplete(count, book, needsQuorum));
        }
        return notes;
    }

    private static Notification quorumIncomplete(int count, MemberBook book, boolean needsQuorum) {
        String text = "replication.quorum is " + book.quorum() + " and " + count
                + (count == 1 ? " QUORUM replica is registered." : " QUORUM replicas are registered.")
                + (needsQuorum
                        ? " Commits wait for " + book.quorumInForce() + ", as before, until " + book.quorum()
                                + " of them have caught up."
                        : " Commits do not wait for QUORUM replicas until " + book.quorum()
                                + " of them have caught up, and warn until then; nor can one of them be promoted"
                                + " before, except by FORCE.");
        return new Notification("ReplicaQuorumIncomplete", text, text, Severity.WARNING);
    }

    /** Among others after a promotion: whoever becomes MAIN takes over the replicas of the one before. */
    static List<Notification> registeredAlready(Registration registration) {
        return List.of(information(
                "RegisterReplica",
                "Replica " + registration.name() + " at " + registration.address() + " is registered as "
                        + registration.mode().name() + " already. Nothing changed."));
    }

    /** On a REPLICA. */
    static List<Notification> registeredBelow(Registration registration) {
        var notes = new ArrayList<>(registered(registration, List.of(), MemberBook.empty(), false));
        if (registration.mode() == ReplicationMode.SYNC) {
            notes.add(information(
                    "ChainedReplica",
                    "Commits on the MAIN do not wait for replica " + registration.name()
                            + "; this instance does before it shows them."));
        }
        return notes;
    }

    static List<Notification> catalogued(CatalogueRecord record) {
        return List.of(
                switch (record) {
                    case CatalogueRecord.Created created ->
                        information(
                                "CreateDatabase",
                                "Database " + created.database().name() + " is created.");
                    case CatalogueRecord.Dropped ignored -> information("DropDatabase", "The database is dropped.");
                    case CatalogueRecord.Replaced ignored ->
                        information("RecoverSnapshot", "The database holds the content of the snapshot.");
                    case CatalogueRecord.Renamed renamed ->
                        information("RenameDatabase", "The database is called " + renamed.to() + " now.");
                });
    }

    /** What a replica loses by following. */
    static List<Notification> givesWay(ReplicaName name, List<String> losses) {
        return losses.stream()
                .map(loss -> {
                    String text = "Replica " + name + " gives way to this MAIN: " + loss + ".";
                    return new Notification("ReplicaResynchronized", text, text, Severity.WARNING);
                })
                .toList();
    }

    static List<Notification> dropped(ReplicaName name) {
        return List.of(information("DropReplica", "Replica " + name + " is dropped."));
    }

    /** QUORUM: a promotion still counts it. */
    static Notification stillRecorded(ReplicaName name) {
        String text = "Some commits may have counted on " + name + " and are not yet on enough of the others. It counts"
                + " for no commit any more, but a promotion still asks for it, until SHOW REPLICAS shows enough of the"
                + " others ready.";
        return new Notification("ReplicaQuorumChanged", text, text, Severity.WARNING);
    }

    /** A promotion goes on with those on whom decisions depended before. */
    static Notification carriedOver(List<Registration> replicas) {
        String names = replicas.stream()
                .map(replica -> replica.name() + " (" + replica.mode() + ", " + replica.address() + ")")
                .collect(Collectors.joining(", "));
        String text = "Registered as before: " + names
                + ". Commits depend on them as they did on the MAIN before; drop those that are gone for good. The MAIN"
                + " before is not registered: make it a REPLICA and register it when it is back.";
        return new Notification("PromotionMembers", text, text, Severity.INFORMATION);
    }

    /** QUORUM: nothing can be decided until others are registered. */
    static Notification quorumMissing(int quorum, int registered) {
        String text = "replication.quorum is " + quorum + " and " + registered
                + " QUORUM replicas are registered here: writes are refused until the members of before are registered,"
                + " the MAIN before among them once it is a REPLICA.";
        return new Notification("ReplicaQuorumIncomplete", text, text, Severity.WARNING);
    }
}
