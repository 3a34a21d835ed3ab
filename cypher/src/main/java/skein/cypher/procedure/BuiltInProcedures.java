package skein.cypher.procedure;

import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.function.BiFunction;
import java.util.function.Function;
import skein.cypher.expression.function.FunctionLibrary;
import skein.cypher.expression.function.FunctionSignature;
import skein.cypher.procedure.ProcedureSignature.Input;
import skein.cypher.procedure.ProcedureSignature.Type;
import skein.graph.Value;
import skein.graph.Value.ListValue;
import skein.storage.api.NameKind;

/** The procedures that every instance has: what drivers, shells and browsers ask without being told to. */
public final class BuiltInProcedures {
    /** As ROUTE answers it. */
    private static final long ROUTING_TTL_SECONDS = 10;

    private BuiltInProcedures() {}

    public static ProcedureRegistry registry() {
        return registry(List.of(), FunctionLibrary.BUILT_IN);
    }

    /** With procedures and functions of extensions, which the procedures that list them know as well. */
    public static ProcedureRegistry registry(List<Procedure> extensions, FunctionLibrary functions) {
        List<Procedure> all = new ArrayList<>(withoutCatalogues());
        all.addAll(extensions);
        all.addAll(catalogues(all, functions));
        return new ProcedureRegistry(all, functions);
    }

    public static List<Procedure> all() {
        List<Procedure> all = new ArrayList<>(withoutCatalogues());
        all.addAll(catalogues(all, FunctionLibrary.BUILT_IN));
        return all;
    }

    private static List<Procedure> withoutCatalogues() {
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
        all.add(procedure(
                new ProcedureSignature(
                        "db.awaitIndexes",
                        List.of(new Input("timeOutSeconds", Type.INTEGER, Value.of(300))),
                        List.of(),
                        false),
                (arguments, context) -> List.of()));
        all.add(procedure(
                new ProcedureSignature(
                        "dbms.listConfig",
                        List.of(new Input("searchString", Type.STRING, Value.of(""))),
                        List.of("name", "description", "value", "dynamic"),
                        false),
                (arguments, context) -> settings(arguments.getFirst(), context)));
        all.add(routing("dbms.routing.getRoutingTable"));
        all.addAll(SchemaProcedures.all());
        return all;
    }

    /** @param all procedures there are, these included once they are added */
    private static List<Procedure> catalogues(List<Procedure> all, FunctionLibrary functions) {
        return List.of(
                rows(
                        ProcedureSignature.reading("dbms.procedures", "name", "signature", "description", "mode"),
                        context -> each(all, it -> new Value[] {
                            Value.of(it.name()),
                            Value.of(it.text()),
                            Value.of(it.description()),
                            Value.of(it.writes() ? "WRITE" : "READ")
                        })),
                rows(
                        ProcedureSignature.reading(
                                "mg.procedures", "name", "signature", "is_write", "is_editable", "path"),
                        context -> each(all, it -> new Value[] {
                            Value.of(it.name()),
                            Value.of(it.text()),
                            Value.of(it.writes()),
                            Value.FALSE,
                            Value.of("builtin")
                        })),
                rows(
                        ProcedureSignature.reading("dbms.functions", "name", "signature", "description", "aggregating"),
                        context -> functions(functions, it -> new Value[] {
                            Value.of(it.name()),
                            Value.of(it.text()),
                            Value.of(it.description()),
                            Value.of(it.isAggregate())
                        })),
                rows(
                        ProcedureSignature.reading("mg.functions", "name", "signature", "is_editable", "path"),
                        context ->
                                functions(functions, it -> new Value[] {
                                    Value.of(it.name()), Value.of(it.text()), Value.FALSE, Value.of("builtin")
                                })));
    }

    private static List<Value[]> each(List<Procedure> all, Function<ProcedureSignature, Value[]> row) {
        return all.stream()
                .map(Procedure::signature)
                .sorted(Comparator.comparing(signature -> signature.name().toLowerCase(Locale.ROOT)))
                .map(row)
                .toList();
    }

    private static List<Value[]> functions(FunctionLibrary library, Function<FunctionSignature, Value[]> row) {
        return library.all().stream()
                .sorted(Comparator.comparing(FunctionSignature::name))
                .map(row)
                .toList();
    }

    /** What drivers ask of servers that do not know ROUTE, which are those of Bolt before 4.3. */
    private static Procedure routing(String name) {
        return procedure(
                new ProcedureSignature(
                        name,
                        List.of(new Input("context", Type.MAP), new Input("database", Type.STRING, Value.NULL)),
                        List.of("ttl", "servers"),
                        false),
                (arguments, context) -> {
                    Value dialled =
                            arguments.getFirst() instanceof Value.MapValue map ? map.get("address") : Value.NULL;
                    List<Value.MapValue> servers = context.instance().routing(text(dialled), text(arguments.getLast()));
                    Value[] row = {Value.of(ROUTING_TTL_SECONDS), new ListValue(List.copyOf(servers))};
                    return List.<Value[]>of(row);
                });
    }

    private static String text(Value value) {
        return value instanceof Value.StringValue(String text) ? text : "";
    }

    private static List<Value[]> settings(Value wanted, CallContext context) {
        String part = wanted instanceof Value.StringValue(String text) ? text.toLowerCase(Locale.ROOT) : "";
        return context.instance().settings().stream()
                .filter(setting -> setting.get("name") instanceof Value.StringValue(String name)
                        && name.toLowerCase(Locale.ROOT).contains(part))
                .map(setting -> new Value[] {
                    setting.get("name"), setting.get("description"), setting.get("value"), setting.get("dynamic")
                })
                .toList();
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
        return procedure(signature, (arguments, context) -> body.apply(context));
    }

    private static Procedure procedure(
            ProcedureSignature signature, BiFunction<List<Value>, CallContext, List<Value[]>> body) {
        return new Procedure() {
            @Override
            public ProcedureSignature signature() {
                return signature;
            }

            @Override
            public Iterator<Value[]> call(List<Value> arguments, CallContext context) {
                return body.apply(arguments, context).iterator();
            }
        };
    }
}
