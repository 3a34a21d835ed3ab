package skein.cypher.tck;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import skein.cypher.CypherEngine;
import skein.cypher.fixture.TestDatabase;
import skein.cypher.procedure.BuiltInProcedures;
import skein.cypher.procedure.Procedure;
import skein.cypher.procedure.ProcedureRegistry;
import skein.graph.Value;
import skein.storage.tx.StoreTransaction;
import skein.tck.DeclaredProcedure;
import skein.tck.TckGraph;
import skein.vocabulary.ErrorCode;
import skein.vocabulary.SkeinException;

/** The engine in this process, over a real database. */
final class EngineGraph implements TckGraph.WithProcedures, AutoCloseable {
    private final TestDatabase database;
    private CypherEngine engine;

    EngineGraph(Path directory) {
        database = new TestDatabase(directory);
        engine = database.engine();
    }

    @Override
    public Answer run(String query, Map<String, Value> parameters) {
        try (StoreTransaction transaction = database.begin()) {
            Answer answer = answer(engine, query, parameters, transaction);
            if (answer instanceof Rows) {
                database.commit(transaction);
            }
            return answer;
        } catch (SkeinException refused) {
            return new Failure(refused.code().status(), String.valueOf(refused.getMessage()));
        }
    }

    /** What a query answers inside a transaction that stays open; after a failure that transaction is to be closed. */
    static Answer answer(
            CypherEngine engine, String query, Map<String, Value> parameters, StoreTransaction transaction) {
        try {
            TestDatabase.Answer answer = TestDatabase.run(engine.prepare(query), transaction, parameters);
            return new Rows(answer.columns(), answer.rows());
        } catch (SkeinException refused) {
            return new Failure(refused.code().status(), String.valueOf(refused.getMessage()));
        } catch (RuntimeException | StackOverflowError broken) {
            StackTraceElement[] trace = broken.getStackTrace();
            return new Failure(ErrorCode.INTERNAL.status(), broken + (trace.length == 0 ? "" : " at " + trace[0]));
        }
    }

    @Override
    public void declare(List<DeclaredProcedure> declared) {
        engine = with(declared, database.engine());
    }

    /** An engine that has these procedures too; the standard one when there are none. */
    static CypherEngine with(List<DeclaredProcedure> declared, CypherEngine standard) {
        if (declared.isEmpty()) {
            return standard;
        }
        List<Procedure> procedures = new ArrayList<>(BuiltInProcedures.all());
        declared.forEach(procedure -> procedures.add(TableProcedure.of(procedure)));
        return new CypherEngine(new ProcedureRegistry(procedures), 1);
    }

    @Override
    public void close() {
        database.close();
    }
}
