package skein.bolt.net;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import skein.bolt.admin.AdminAnswer;
import skein.bolt.admin.AdminPort;
import skein.cypher.syntax.AdminStatement;
import skein.graph.Value;
import skein.session.Client;

/** Answers every admin statement with its own name, except for DROP, which it never answers. */
final class FakeAdmin implements AdminPort {
    @Override
    public CompletionStage<AdminAnswer> execute(AdminStatement statement, Client client) {
        if (statement instanceof AdminStatement.DropReplica) {
            return new CompletableFuture<>();
        }
        String name = statement.getClass().getSimpleName();
        return CompletableFuture.completedFuture(
                new AdminAnswer(List.of("statement"), List.of(List.of(Value.of(name))), List.of()));
    }
}
