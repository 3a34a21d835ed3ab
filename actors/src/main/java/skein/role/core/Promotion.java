package skein.role.core;

import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import skein.protocol.ReplicationProtocol;
import skein.protocol.ReplicationProtocol.Pledge;
import skein.protocol.ReplicationProtocol.Report;
import skein.role.core.PeerAnswer.Awaited;
import skein.role.core.PeerAnswer.Given;
import skein.role.core.RoleState.Promise;
import skein.vocabulary.Notification;

/**
 * A promotion before its reign opens.
 *
 * @param force whether an operator takes the loss upon himself
 * @param promise what this instance has promised to itself: its tenure and epoch if all goes well
 * @param memberships as the system database names them
 * @param rounds how often the epoch was raised
 * @param own null before this instance's logs stand still
 * @param settled whether what others know to be decided in the system database is applied here
 * @param working a tail is being taken over or applied
 * @param notes what the operator is told in the end
 */
record Promotion(
        long ticket,
        boolean force,
        Promise promise,
        Memberships memberships,
        int rounds,
        List<Asked> asked,
        @Nullable OwnLogs own,
        boolean settled,
        boolean working,
        List<Notification> notes) {

    /** A member and what it answered. */
    record Asked(Peer peer, PeerAnswer answer) {}

    Promotion {
        asked = List.copyOf(asked);
        notes = List.copyOf(notes);
    }

    Pledge pledge(UUID system) {
        return new Pledge(
                ReplicationProtocol.VERSION,
                promise.instance(),
                promise.name(),
                promise.tenure(),
                promise.epoch(),
                system);
    }

    boolean isWaiting() {
        return own == null || working || asked.stream().anyMatch(one -> one.answer() instanceof Awaited);
    }

    /** By which records enough have to be heard: by all, as soon as it is known which of them are decided. */
    List<Members> counted() {
        return settled ? memberships.all() : List.of(memberships.newest());
    }

    /** All who were asked: one that has not answered may have pledged nevertheless. */
    List<Peer> peers() {
        return asked.stream().map(Asked::peer).toList();
    }

    /** Members of which nobody knew before that they are. */
    List<Peer> unasked() {
        return memberships.peersOf(promise.instance()).stream()
                .filter(peer ->
                        asked.stream().noneMatch(one -> one.peer().instance().equals(peer.instance())))
                .toList();
    }

    /** Of the n + 1 instances that QUORUM counts by this record, those that have pledged, this one included. */
    int answers(Members members) {
        long others = asked.stream()
                .flatMap(one ->
                        one.answer() instanceof Given(Report report) ? Stream.of(report.instance()) : Stream.of())
                .distinct()
                .filter(members::votes)
                .count();
        return (int) others + (members.votes(promise.instance()) ? 1 : 0);
    }

    /** True when nobody else may answer for this member. */
    boolean isKnown(UUID peer) {
        return asked.stream().map(Asked::peer).anyMatch(one -> one.instance().equals(peer) && one.isKnown());
    }

    Promotion asking(List<Peer> more) {
        List<Asked> all = new ArrayList<>(asked);
        more.forEach(peer -> all.add(new Asked(peer, new Awaited())));
        return withAsked(all);
    }

    Promotion answered(UUID peer, PeerAnswer answer) {
        return withAsked(asked.stream()
                .map(one -> one.peer().instance().equals(peer) ? new Asked(one.peer(), answer) : one)
                .toList());
    }

    /** Asks those again who have answered anything: the rest would only take their time again. */
    Promotion rising(Promise higher) {
        List<Asked> again = asked.stream()
                .map(one -> one.answer() instanceof PeerAnswer.Silent ? one : new Asked(one.peer(), new Awaited()))
                .toList();
        return new Promotion(ticket, force, higher, memberships, rounds + 1, again, own, settled, working, notes);
    }

    List<Peer> awaited() {
        return asked.stream()
                .filter(one -> one.answer() instanceof Awaited)
                .map(Asked::peer)
                .toList();
    }

    private Promotion withAsked(List<Asked> all) {
        return new Promotion(ticket, force, promise, memberships, rounds, all, own, settled, working, notes);
    }

    Promotion with(List<Members> newest) {
        return new Promotion(
                ticket, force, promise, new Memberships(newest), rounds, asked, own, settled, working, notes);
    }

    Promotion with(OwnLogs logs) {
        return new Promotion(ticket, force, promise, memberships, rounds, asked, logs, settled, working, notes);
    }

    Promotion isSettled() {
        return new Promotion(ticket, force, promise, memberships, rounds, asked, own, true, working, notes);
    }

    Promotion working(boolean isWorking) {
        return new Promotion(ticket, force, promise, memberships, rounds, asked, own, settled, isWorking, notes);
    }

    Promotion noting(Notification note) {
        if (notes.contains(note)) {
            return this;
        }
        List<Notification> all = new ArrayList<>(notes);
        all.add(note);
        return new Promotion(ticket, force, promise, memberships, rounds, asked, own, settled, working, all);
    }
}
