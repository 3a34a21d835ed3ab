package skein.server;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletionException;
import org.apache.pekko.actor.typed.javadsl.AskPattern;
import skein.http.Probe;
import skein.instance.CoordinatorInstance;
import skein.protocol.CoordinatorProtocol;
import skein.protocol.CoordinatorProtocol.Answer;
import skein.protocol.CoordinatorProtocol.InstanceRow;
import skein.protocol.CoordinatorProtocol.Request;

/** What a coordinator says of itself. */
record CoordinatorProbe(CoordinatorInstance instance) implements Probe {
    private static final Duration PATIENCE = Duration.ofSeconds(2);

    @Override
    public Verdict live() {
        return role().isEmpty()
                ? Verdict.no("its actor has not answered for " + PATIENCE.toSeconds() + " s")
                : Verdict.yes(role());
    }

    /** Empty when it does not answer. */
    private String role() {
        return rows(new CoordinatorProtocol.ShowInstance()).stream()
                .map(InstanceRow::role)
                .findFirst()
                .orElse("");
    }

    /** None when nobody answers, or nothing can be shown. */
    List<InstanceRow> rows(Request request) {
        try {
            Answer answer = AskPattern.<CoordinatorProtocol.Message, Answer>ask(
                            instance.coordinator(),
                            replyTo -> new CoordinatorProtocol.Ask(request, replyTo),
                            PATIENCE,
                            instance.system().scheduler())
                    .toCompletableFuture()
                    .join();
            return answer instanceof CoordinatorProtocol.Instances(var rows) ? rows : List.of();
        } catch (CompletionException e) {
            return List.of();
        }
    }

    @Override
    public Verdict started() {
        return Verdict.yes("it has read what it held");
    }

    @Override
    public Verdict ready(long lagMax) {
        return rows(new CoordinatorProtocol.ShowInstances()).isEmpty()
                ? Verdict.no("no coordinator leads that it could ask")
                : Verdict.yes("it answers with what the leader knows");
    }

    @Override
    public Verdict main() {
        return Verdict.no("it is a coordinator");
    }

    @Override
    public Verdict replica(long lagMax) {
        return Verdict.no("it is a coordinator");
    }

    @Override
    public Verdict readable() {
        return Verdict.no("it is a coordinator");
    }

    @Override
    public Verdict leader() {
        String role = role();
        return role.equals("leader") ? Verdict.yes("it leads") : Verdict.no("it is " + role);
    }
}
