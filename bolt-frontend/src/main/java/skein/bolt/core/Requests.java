package skein.bolt.core;

import skein.bolt.message.BoltRequest;
import skein.bolt.message.BoltResponse;
import skein.bolt.message.BoltVersion;
import skein.graph.Value.MapValue;
import skein.session.TransactionOptions;
import skein.vocabulary.DatabaseName;
import skein.vocabulary.ErrorCode;
import skein.vocabulary.SkeinException;

/** What a request means in each phase, now that nothing runs. */
final class Requests {
    private final Turn turn;

    Requests(Turn turn) {
        this.turn = turn;
    }

    void answer(BoltRequest request) {
        try {
            dispatch(request);
        } catch (SkeinException e) {
            refuse(e);
        }
    }

    private void dispatch(BoltRequest request) {
        Phase phase = turn.phase();
        if (request instanceof BoltRequest.Reset && isLoggedIn(phase)) {
            reset();
        } else if (turn.isInterrupted() && isLoggedIn(phase)) {
            turn.send(new BoltResponse.Ignored());
        } else {
            byPhase(phase, request);
        }
    }

    private void byPhase(Phase phase, BoltRequest request) {
        switch (phase) {
            case Phase.Negotiation ignored -> inNegotiation(request);
            case Phase.Authentication ignored -> inAuthentication(request);
            case Phase.Ready(boolean textTransaction) -> inReady(textTransaction, request);
            case Phase.Streaming streaming -> inStreaming(streaming, request);
            case Phase.InTransaction transaction -> inTransaction(transaction, request);
            case Phase.Failed ignored -> turn.send(new BoltResponse.Ignored());
            case Phase.Expired(SkeinException reason) -> turn.fail(reason);
            case Phase.Defunct ignored -> throw new IllegalStateException("a closed connection answers nothing");
        }
    }

    private static boolean isLoggedIn(Phase phase) {
        return !(phase instanceof Phase.Negotiation) && !(phase instanceof Phase.Authentication);
    }

    /** A connection that cannot even introduce itself has no future; later failures are forgiven by RESET. */
    private void refuse(SkeinException reason) {
        if (isLoggedIn(turn.phase())) {
            turn.fail(reason);
        } else {
            turn.failAndClose(reason);
        }
    }

    private void inNegotiation(BoltRequest request) {
        switch (request) {
            case BoltRequest.Hello(MapValue extra) -> hello(extra);
            case BoltRequest.Unreadable unreadable -> refuse(unreadable(unreadable));
            default -> outOfPlace(request);
        }
    }

    private void hello(MapValue extra) {
        BoltVersion version = turn.state().facts().version();
        if (RequestExtra.text(extra, "user_agent") == null) {
            throw RequestExtra.invalid("HELLO needs a user_agent");
        }
        boolean utcPatch = version.hasUtcPatch()
                && RequestExtra.texts(extra.get("patch_bolt"), "patch_bolt").contains("utc");
        boolean routed = !extra.get("routing").isNull();
        turn.agree(utcPatch, routed, filter(turn.state().filter(), extra));
        if (version.hasLogon()) {
            turn.send(Metadata.hello(turn.state().facts(), utcPatch));
            turn.phase(new Phase.Authentication());
        } else {
            logIn(extra);
        }
    }

    private void inAuthentication(BoltRequest request) {
        switch (request) {
            case BoltRequest.Logon(MapValue token) -> logIn(token);
            case BoltRequest.Unreadable unreadable -> refuse(unreadable(unreadable));
            default -> outOfPlace(request);
        }
    }

    private void logIn(MapValue token) {
        begin(new Job.LogIn(AuthenticationToken.read(token)), NotificationFilter.ALL);
    }

    private void inReady(boolean textTransaction, BoltRequest request) {
        if (textTransaction && request instanceof BoltRequest.Logoff) {
            outOfPlace(request);
            return;
        }
        switch (request) {
            case BoltRequest.Run(var query, var parameters, var extra) -> {
                NotificationFilter filter = filter(turn.state().filter(), extra);
                TransactionOptions options = RequestExtra.transaction(extra);
                begin(new Job.Run(query, parameters.entries(), options), filter);
            }
            case BoltRequest.Begin(var extra) -> {
                NotificationFilter filter = filter(turn.state().filter(), extra);
                begin(new Job.Begin(RequestExtra.transaction(extra)), filter);
            }
            case BoltRequest.Route route -> route(route);
            case BoltRequest.Telemetry ignored -> turn.send(BoltResponse.Success.EMPTY);
            case BoltRequest.Logoff ignored -> {
                turn.perform(new ConnectionEffect.LoggedOut());
                turn.send(BoltResponse.Success.EMPTY);
                turn.phase(new Phase.Authentication());
            }
            case BoltRequest.Unreadable unreadable -> refuse(unreadable(unreadable));
            default -> outOfPlace(request);
        }
    }

    private void inStreaming(Phase.Streaming streaming, BoltRequest request) {
        switch (request) {
            case BoltRequest.Pull(long count, long stream) ->
                begin(new Job.Pull(singleResult(stream), count), streaming.filter());
            case BoltRequest.Discard(long count, long stream) ->
                begin(new Job.Discard(singleResult(stream), count), streaming.filter());
            case BoltRequest.Unreadable unreadable -> refuse(unreadable(unreadable));
            default -> outOfPlace(request);
        }
    }

    private static long singleResult(long stream) {
        if (stream != BoltRequest.LATEST && stream != Job.SINGLE_RESULT) {
            throw unknownResult(stream);
        }
        return Job.SINGLE_RESULT;
    }

    private void inTransaction(Phase.InTransaction transaction, BoltRequest request) {
        NotificationFilter filter = transaction.filter();
        switch (request) {
            case BoltRequest.Run(var query, var parameters, var ignored) -> {
                checkOpenResults(transaction);
                begin(new Job.RunInTransaction(query, parameters.entries(), transaction.nextResult()), filter);
            }
            case BoltRequest.Pull(long count, long stream) ->
                begin(new Job.Pull(openResult(transaction, stream), count), filter);
            case BoltRequest.Discard(long count, long stream) ->
                begin(new Job.Discard(openResult(transaction, stream), count), filter);
            case BoltRequest.Commit ignored -> begin(new Job.Commit(), filter);
            case BoltRequest.Rollback ignored -> begin(new Job.Rollback(), filter);
            case BoltRequest.Unreadable unreadable -> refuse(unreadable(unreadable));
            default -> outOfPlace(request);
        }
    }

    private void checkOpenResults(Phase.InTransaction transaction) {
        int max = turn.state().facts().openResultsMax();
        if (transaction.openResults().size() >= max) {
            throw new SkeinException(
                    ErrorCode.LIMIT_EXCEEDED,
                    "The transaction has " + max + " open results, which is the limit. Read or discard one before"
                            + " running another query.");
        }
    }

    private static long openResult(Phase.InTransaction transaction, long stream) {
        long result = stream == BoltRequest.LATEST ? transaction.nextResult() - 1 : stream;
        if (!transaction.openResults().contains(result)) {
            throw unknownResult(stream);
        }
        return result;
    }

    private static SkeinException unknownResult(long stream) {
        return new SkeinException(
                ErrorCode.REQUEST_INVALID_FORMAT,
                "There is no open result with qid " + stream
                        + "; it was never opened or is already drained. Use the qid that RUN answered.");
    }

    /** The client is told the very address it used, so that port forwards and proxies keep working. */
    private void route(BoltRequest.Route route) {
        RequestExtra.refuseImpersonation(route.impersonatedUser());
        ConnectionFacts facts = turn.state().facts();
        DatabaseName database = RequestExtra.database(route.database());
        String dialled = RequestExtra.text(route.context(), "address");
        begin(
                new Job.FindRole(
                        dialled == null || dialled.isEmpty() ? facts.advertisedAddress() : dialled,
                        (database == null ? facts.defaultDatabase() : database).value()),
                NotificationFilter.ALL);
    }

    /** RESET in a connection at rest costs nothing: pools use it to see whether the peer is alive. */
    private void reset() {
        if (turn.phase().holdsWork()) {
            turn.start(new Running.Resetting(new Job.EndWork()));
        } else {
            turn.answeredReset();
            turn.send(BoltResponse.Success.EMPTY);
            turn.phase(Phase.ready());
        }
    }

    /** A job that runs notices by itself what has become of its work; only what waits for the client has to be told. */
    void lookAfterWork() {
        if (turn.state().isIdleWithWork()) {
            turn.start(new Running.CleaningUp(new Job.CheckWork()));
        }
    }

    /** Of a query that runs and a request that waits for nothing but its end, what follows can be told. */
    void foresee(BoltRequest request) {
        if (turn.isInterrupted() || !(turn.state().running() instanceof Running.Answering(Job running, _))) {
            return;
        }
        switch (running) {
            case Job.Run _ -> foresee(request, Job.SINGLE_RESULT);
            case Job.RunInTransaction(_, _, long result) -> foresee(request, result);
            default -> {}
        }
    }

    private void foresee(BoltRequest request, long result) {
        switch (request) {
            case BoltRequest.Pull(long count, long stream)
            when stream == BoltRequest.LATEST || stream == result ->
                turn.perform(new ConnectionEffect.Foresee(new Job.Pull(result, count)));
            case BoltRequest.Discard(long count, long stream)
            when stream == BoltRequest.LATEST || stream == result ->
                turn.perform(new ConnectionEffect.Foresee(new Job.Discard(result, count)));
            default -> {}
        }
    }

    private void begin(Job job, NotificationFilter filter) {
        turn.start(new Running.Answering(job, filter));
    }

    private NotificationFilter filter(NotificationFilter base, MapValue extra) {
        return base.changedBy(extra, turn.state().facts().version());
    }

    private static SkeinException unreadable(BoltRequest.Unreadable request) {
        return new SkeinException(request.code(), request.message());
    }

    private void outOfPlace(BoltRequest request) {
        turn.failAndClose(new SkeinException(
                ErrorCode.REQUEST_INVALID,
                request.title() + " is not possible in the state "
                        + turn.phase().title()
                        + ", so the connection is closed. This is a fault of the client's driver."));
    }
}
