package skein.cypher.extension;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import skein.cypher.expression.EvaluationContext;
import skein.cypher.procedure.CallContext;
import skein.extension.ExtensionContext;
import skein.extension.Graph;
import skein.extension.GraphNode;
import skein.extension.GraphRelationship;
import skein.graph.Value;
import skein.storage.api.Direction;
import skein.storage.api.GraphReads;
import skein.storage.api.GraphReads.EntityCursor;
import skein.storage.api.GraphReads.RelationshipCursor;
import skein.storage.api.GraphTransaction;
import skein.storage.api.NameKind;
import skein.vocabulary.ErrorCode;
import skein.vocabulary.SkeinException;

/** The graph of one call. */
final class ContextGraph implements ExtensionContext, Graph {
    private final EvaluationContext context;
    private final GraphTransaction graph;
    private final String what;
    private final boolean writes;

    /** @param what for messages, for example {@code Procedure words.split} */
    ContextGraph(EvaluationContext context, String what, boolean writes) {
        this.context = context;
        this.graph = context.transaction();
        this.what = what;
        this.writes = writes;
    }

    @Override
    public Graph graph() {
        return this;
    }

    @Override
    public void checkTermination() {
        context.checkTermination();
    }

    @Override
    public void reserveMemory(long bytes) {
        context.reserveMemory(bytes);
    }

    @Override
    public String databaseName() {
        return context instanceof CallContext call ? call.instance().databaseName() : "";
    }

    @Override
    public String userName() {
        return context instanceof CallContext call ? call.instance().user() : "";
    }

    private void requireWriting() {
        if (!writes) {
            throw new SkeinException(
                    ErrorCode.PROCEDURE_CALL_FAILED,
                    what + " changes the graph but does not say so [ProcedureCallFailed]. Its author has to set writes"
                            + " = true in @Procedure; functions never write.");
        }
    }

    @Override
    public Iterable<GraphNode> nodes() {
        return () -> nodes(graph.nodes());
    }

    @Override
    public Iterable<GraphNode> nodes(String label) {
        int token = graph.tokenOf(NameKind.LABEL, label);
        return token == GraphReads.NO_TOKEN ? List.of() : () -> nodes(graph.nodesWithLabel(token));
    }

    private Iterator<GraphNode> nodes(EntityCursor cursor) {
        return new Walk<>() {
            @Override
            @Nullable
            GraphNode advance() {
                context.checkTermination();
                return cursor.next() ? nodeOf(cursor.id()) : null;
            }
        };
    }

    @Override
    public Optional<GraphNode> node(long id) {
        return graph.nodeExists(id) ? Optional.of(nodeOf(id)) : Optional.empty();
    }

    GraphNode nodeOf(long id) {
        return new NodeOf(id);
    }

    GraphRelationship relationship(long id) {
        return new RelationshipOf(id);
    }

    @Override
    public GraphNode createNode(List<String> labels, Map<String, ? extends @Nullable Object> properties) {
        requireWriting();
        int[] tokens = labels.stream()
                .distinct()
                .mapToInt(label -> graph.tokenFor(NameKind.LABEL, label))
                .toArray();
        GraphNode node = nodeOf(graph.createNode(tokens));
        properties.forEach(node::setProperty);
        return node;
    }

    @Override
    public GraphRelationship createRelationship(
            GraphNode start, String type, GraphNode end, Map<String, ? extends @Nullable Object> properties) {
        requireWriting();
        int token = graph.tokenFor(NameKind.RELATIONSHIP_TYPE, type);
        GraphRelationship made = relationship(graph.createRelationship(token, start.id(), end.id()));
        properties.forEach(made::setProperty);
        return made;
    }

    private int key(String name) {
        return graph.tokenOf(NameKind.PROPERTY_KEY, name);
    }

    private Object present(Value value) {
        return Objects.requireNonNull(JavaValues.toJava(value, this));
    }

    /** An iterator whose end is found by trying. */
    private abstract static class Walk<T> implements Iterator<T> {
        private @Nullable T next;

        abstract @Nullable T advance();

        @Override
        public boolean hasNext() {
            if (next == null) {
                next = advance();
            }
            return next != null;
        }

        @Override
        public T next() {
            T found = hasNext() ? next : null;
            if (found == null) {
                throw new NoSuchElementException();
            }
            next = null;
            return found;
        }
    }

    private final class NodeOf implements GraphNode {
        private final long id;

        NodeOf(long id) {
            this.id = id;
        }

        @Override
        public long id() {
            return id;
        }

        @Override
        public @Nullable Object property(String key) {
            return key(key) == GraphReads.NO_TOKEN
                    ? null
                    : JavaValues.toJava(graph.nodeProperty(id, key(key)), ContextGraph.this);
        }

        @Override
        public Map<String, Object> properties() {
            Map<String, Object> all = new LinkedHashMap<>();
            graph.visitNodeProperties(
                    id, (key, value) -> all.put(graph.nameOf(NameKind.PROPERTY_KEY, key), present(value)));
            return all;
        }

        @Override
        public void setProperty(String key, @Nullable Object value) {
            requireWriting();
            graph.setNodeProperty(id, graph.tokenFor(NameKind.PROPERTY_KEY, key), JavaValues.toValue(what, value));
        }

        @Override
        public List<String> labels() {
            List<String> names = new ArrayList<>();
            for (int label : graph.labels(id)) {
                names.add(graph.nameOf(NameKind.LABEL, label));
            }
            return names;
        }

        @Override
        public Iterable<GraphRelationship> outgoing(String... types) {
            return relationships(Direction.OUTGOING, types);
        }

        @Override
        public Iterable<GraphRelationship> incoming(String... types) {
            return relationships(Direction.INCOMING, types);
        }

        private Iterable<GraphRelationship> relationships(Direction direction, String... types) {
            int[] tokens = Arrays.stream(types)
                    .mapToInt(type -> graph.tokenOf(NameKind.RELATIONSHIP_TYPE, type))
                    .filter(token -> token != GraphReads.NO_TOKEN)
                    .toArray();
            if (types.length > 0 && tokens.length == 0) {
                return List.of();
            }
            return () -> {
                RelationshipCursor cursor = graph.expand(id, direction, tokens);
                return new Walk<>() {
                    @Override
                    @Nullable
                    GraphRelationship advance() {
                        context.checkTermination();
                        return cursor.next() ? relationship(cursor.relationship()) : null;
                    }
                };
            };
        }

        @Override
        public boolean equals(@Nullable Object other) {
            return other instanceof NodeOf node && node.id == id;
        }

        @Override
        public int hashCode() {
            return Long.hashCode(id);
        }
    }

    private final class RelationshipOf implements GraphRelationship {
        private final long id;

        RelationshipOf(long id) {
            this.id = id;
        }

        @Override
        public long id() {
            return id;
        }

        @Override
        public @Nullable Object property(String key) {
            return key(key) == GraphReads.NO_TOKEN
                    ? null
                    : JavaValues.toJava(graph.relationshipProperty(id, key(key)), ContextGraph.this);
        }

        @Override
        public Map<String, Object> properties() {
            Map<String, Object> all = new LinkedHashMap<>();
            graph.visitRelationshipProperties(
                    id, (key, value) -> all.put(graph.nameOf(NameKind.PROPERTY_KEY, key), present(value)));
            return all;
        }

        @Override
        public void setProperty(String key, @Nullable Object value) {
            requireWriting();
            graph.setRelationshipProperty(
                    id, graph.tokenFor(NameKind.PROPERTY_KEY, key), JavaValues.toValue(what, value));
        }

        @Override
        public String type() {
            return graph.nameOf(NameKind.RELATIONSHIP_TYPE, graph.typeOf(id));
        }

        @Override
        public GraphNode start() {
            return nodeOf(graph.startOf(id));
        }

        @Override
        public GraphNode end() {
            return nodeOf(graph.endOf(id));
        }

        @Override
        public boolean equals(@Nullable Object other) {
            return other instanceof RelationshipOf relationship && relationship.id == id;
        }

        @Override
        public int hashCode() {
            return Long.hashCode(id);
        }
    }
}
