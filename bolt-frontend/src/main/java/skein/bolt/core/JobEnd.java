package skein.bolt.core;

import java.util.Collections;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import skein.bolt.message.BoltResponse;
import skein.session.Authentication;
import skein.session.ClusterTable;
import skein.session.Route;
import skein.vocabulary.DatabaseName;
import skein.vocabulary.Invariant;

/** What follows from the end of a job. */
final class JobEnd {
    private final Turn turn;

    JobEnd(Turn turn) {
        this.turn = turn;
    }

    void take(JobOutcome outcome) {
        @Nullable Running ended = turn.stop();
        Invariant.check(ended != null, "%s of a job that nobody started", outcome);
        switch (Objects.requireNonNull(ended)) {
            case Running.Answering(Job job, NotificationFilter filter) -> answer(job, filter, outcome);
            case Running.Resetting ignored -> resetDone(outcome);
            case Running.CleaningUp(Job job) -> cleanedUp(job, outcome);
        }
    }

    private void answer(Job job, NotificationFilter filter, JobOutcome outcome) {
        switch (outcome) {
            case JobOutcome.LoggedIn(var login) -> loggedIn(login);
            case JobOutcome.Ran ran -> opened(job, filter, ran);
            case JobOutcome.HasMore ignored -> turn.send(Metadata.hasMore());
            case JobOutcome.Drained drained -> drained(job, filter, drained);
            case JobOutcome.Committed(var summary) -> {
                turn.send(
                        Metadata.committed(summary, filter, turn.state().facts().version()));
                turn.phase(Phase.ready());
            }
            case JobOutcome.Routed(var route) -> routed(job, route);
            case JobOutcome.RoutedByCluster(var table) -> routed(job, table);
            case JobOutcome.Begun(DatabaseName chosen) -> {
                turn.send(Metadata.begun(turn.state().facts(), home(job, chosen)));
                turn.phase(new Phase.InTransaction(filter, Collections.emptySortedSet(), 0));
            }
            case JobOutcome.Done ignored -> {
                turn.send(BoltResponse.Success.EMPTY);
                turn.phase(Phase.ready());
            }
            case JobOutcome.Failed(var reason) when job instanceof Job.LogIn -> turn.failAndClose(reason);
            case JobOutcome.Failed(var reason) -> {
                // the session has ended its work already, so there is nothing for fail() to clean up
                turn.phase(Phase.ready());
                turn.fail(reason);
            }
        }
    }

    private void loggedIn(Authentication.Login login) {
        ConnectionState state = turn.state();
        turn.send(
                state.facts().version().hasLogon()
                        ? Metadata.loggedOn(state.facts(), login)
                        : Metadata.hello(state.facts(), state.utcPatch(), login));
        turn.perform(new ConnectionEffect.LoggedIn(login.identity(), state.routed()));
        turn.phase(Phase.ready());
    }

    private void opened(Job job, NotificationFilter filter, JobOutcome.Ran ran) {
        if (job instanceof Job.RunInTransaction inTransaction) {
            turn.send(Metadata.ran(turn.state().facts(), ran, inTransaction.result(), null));
            turn.phase(transaction().opened(inTransaction.result()));
        } else {
            turn.send(Metadata.ran(turn.state().facts(), ran, null, home(job, ran.chosenDatabase())));
            turn.phase(new Phase.Streaming(filter));
        }
    }

    /**
     * Where a client works that began something and named no database; null for one that named it.
     *
     * @param chosen by the session with USE DATABASE; null for the default
     */
    private @Nullable DatabaseName home(Job job, @Nullable DatabaseName chosen) {
        boolean unnamed = switch (job) {
            case Job.Run(_, _, var options) -> options.database() == null;
            case Job.Begin(var options) -> options.database() == null;
            case Job.RunInTransaction _, Job.Pull _, Job.Discard _, Job.Commit _ -> false;
            case Job.LogIn _, Job.Rollback _, Job.FindRole _, Job.CheckWork _, Job.EndWork _ -> false;
        };
        if (!unnamed) {
            return null;
        }
        return chosen == null ? turn.state().facts().defaultDatabase() : chosen;
    }

    private void drained(Job job, NotificationFilter filter, JobOutcome.Drained drained) {
        turn.send(Metadata.drained(drained, filter, turn.state().facts().version()));
        turn.phase(
                turn.phase() instanceof Phase.Streaming
                        ? new Phase.Ready(drained.transactionOpen())
                        : transaction().drained(result(job)));
    }

    private static long result(Job job) {
        return switch (job) {
            case Job.Pull pull -> pull.result();
            case Job.Discard discard -> discard.result();
            default -> throw new IllegalStateException(job + " drains no result");
        };
    }

    private Phase.InTransaction transaction() {
        Phase phase = turn.phase();
        Invariant.check(phase instanceof Phase.InTransaction, "%s is no transaction", phase.title());
        return (Phase.InTransaction) phase;
    }

    private void routed(Job job, Route found) {
        turn.send(Metadata.route(turn.state().facts(), askedForRole(job), found));
    }

    private void routed(Job job, ClusterTable found) {
        turn.send(Metadata.route(turn.state().facts(), askedForRole(job), found));
    }

    private static Job.FindRole askedForRole(Job job) {
        Invariant.check(job instanceof Job.FindRole, "%s found a role", job);
        return (Job.FindRole) job;
    }

    /** A session that cannot even give up what it holds is of no further use. */
    private void resetDone(JobOutcome outcome) {
        if (outcome instanceof JobOutcome.Failed(var reason)) {
            turn.failAndClose(reason);
            return;
        }
        turn.answeredReset();
        turn.send(BoltResponse.Success.EMPTY);
        turn.phase(Phase.ready());
    }

    private void cleanedUp(Job job, JobOutcome outcome) {
        if (outcome instanceof JobOutcome.Failed(var reason)) {
            if (job instanceof Job.CheckWork) {
                turn.phase(new Phase.Expired(reason));
            } else {
                turn.close();
            }
        }
    }
}
