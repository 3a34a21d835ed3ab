package skein.cypher.procedure;

import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.function.Function;
import skein.graph.Value;
import skein.graph.Value.ListValue;
import skein.storage.api.NameKind;

/** The procedures that every instance has: what drivers, shells and browsers ask without being told to. */
public final class BuiltInProcedures {
    private BuiltInProcedures() {}

    public static ProcedureRegistry registry() {
        return new ProcedureRegistry(all());
    }

    public static List<Procedure> all() {
        List<Procedure> all = new ArrayList<>();
        all.add(names("db.labels", "label", NameKind.LABEL));
        all.add(names("db.relationshipTypes", "relationshipType", NameKind.RELATIONSHIP_TYPE));
        all.add(names("db.propertyKeys", "propertyKey", NameKind.PROPERTY_KEY));
        all.add(row(ProcedureSignature.reading("db.ping", "success"), context -> new Value[] {Value.TRUE}));
        all.add(row(ProcedureSignature.reading("db.info", "id", "name", "creationDate"), context -> new Value[] {
            Value.of(context.instance().databaseId()),
            Value.of(context.instance().databaseName()),
            Value.of(context.instance().databaseCreated().format(DateTimeFormatter.ISO_OFFSET_DATE_TIME))
        }));
        all.add(row(
                ProcedureSignature.reading("dbms.components", "name", "versions", "edition"), context -> new Value[] {
                    Value.of("Skein"),
                    new ListValue(List.of(Value.of(context.instance().version()))),
                    Value.of("community")
                }));
        all.add(row(ProcedureSignature.reading("dbms.showCurrentUser", "username", "roles", "flags"), context ->
                new Value[] {Value.of(context.instance().user()), ListValue.EMPTY, ListValue.EMPTY}));
        all.add(rows(ProcedureSignature.reading("dbms.clientConfig", "name", "value"), context -> List.of()));
        all.add(rows(
                ProcedureSignature.reading("db.indexes", "label", "properties", "count"), BuiltInProcedures::indexes));
        all.add(rows(ProcedureSignature.reading("db.awaitIndexes"), context -> List.of()));
        return all;
    }

    private static Procedure names(String name, String column, NameKind kind) {
        return rows(
                ProcedureSignature.reading(name, column),
                context -> context.transaction().namesInUse(kind).stream()
                        .map(each -> new Value[] {Value.of(each)})
                        .toList());
    }

    private static List<Value[]> indexes(CallContext context) {
        return context.transaction().indexes().stream()
                .map(index -> new Value[] {
                    Value.of(index.target().labelOrType()),
                    new ListValue(index.target().propertyKeys().stream()
                            .map(Value::of)
                            .toList()),
                    Value.of(index.count())
                })
                .toList();
    }

    private static Procedure row(ProcedureSignature signature, Function<CallContext, Value[]> body) {
        return rows(signature, context -> {
            List<Value[]> rows = new ArrayList<>();
            rows.add(body.apply(context));
            return rows;
        });
    }

    private static Procedure rows(ProcedureSignature signature, Function<CallContext, List<Value[]>> body) {
        return new Procedure() {
            @Override
            public ProcedureSignature signature() {
                return signature;
            }

            @Override
            public Iterator<Value[]> call(List<Value> arguments, CallContext context) {
                return body.apply(context).iterator();
            }
        };
    }
}
