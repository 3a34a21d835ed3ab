package skein.cypher.expression;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import skein.graph.Value;
import skein.storage.api.ConstraintRule;
import skein.storage.api.Direction;
import skein.storage.api.GraphTransaction;
import skein.storage.api.IndexKind;
import skein.storage.api.IndexStatistics;
import skein.storage.api.IndexTarget;
import skein.storage.api.NameKind;
import skein.storage.api.PropertyCondition;
import skein.vocabulary.ErrorCode;
import skein.vocabulary.SkeinException;

/** As much of a graph as expressions read; whatever they must not do fails the test. */
public final class FakeGraph implements GraphTransaction {
    private final List<String> names = new ArrayList<>();
    private final Map<Long, List<String>> labels = new HashMap<>();
    private final Map<Long, Map<String, Value>> nodeProperties = new HashMap<>();
    private final Map<Long, long[]> ends = new HashMap<>();
    private final Map<Long, String> types = new HashMap<>();
    private final Map<Long, Map<String, Value>> relationshipProperties = new HashMap<>();
    private final Set<Long> deletedNodes = new HashSet<>();
    private final Set<Long> deletedRelationships = new HashSet<>();
    private int nameLookUps;

    private FakeGraph() {}

    public static FakeGraph empty() {
        return new FakeGraph();
    }

    public FakeGraph node(long id, List<String> nodeLabels, Map<String, Value> properties) {
        nodeLabels.forEach(label -> tokenFor(NameKind.LABEL, label));
        properties.keySet().forEach(key -> tokenFor(NameKind.PROPERTY_KEY, key));
        labels.put(id, nodeLabels);
        nodeProperties.put(id, new LinkedHashMap<>(properties));
        return this;
    }

    public FakeGraph relationship(long id, long start, String type, long end, Map<String, Value> properties) {
        tokenFor(NameKind.RELATIONSHIP_TYPE, type);
        properties.keySet().forEach(key -> tokenFor(NameKind.PROPERTY_KEY, key));
        ends.put(id, new long[] {start, end});
        types.put(id, type);
        relationshipProperties.put(id, new LinkedHashMap<>(properties));
        return this;
    }

    public FakeGraph deletedNode(long id) {
        deletedNodes.add(id);
        return this;
    }

    public FakeGraph deletedRelationship(long id) {
        deletedRelationships.add(id);
        return this;
    }

    /** How often a name was turned into a token. */
    public int nameLookUps() {
        return nameLookUps;
    }

    @Override
    public int tokenOf(NameKind kind, String name) {
        nameLookUps++;
        int token = names.indexOf(kind + name);
        return token < 0 ? NO_TOKEN : token;
    }

    @Override
    public int tokenFor(NameKind kind, String name) {
        if (!names.contains(kind + name)) {
            names.add(kind + name);
        }
        return names.indexOf(kind + name);
    }

    @Override
    public String nameOf(NameKind kind, int token) {
        return names.get(token).substring(kind.toString().length());
    }

    @Override
    public boolean nodeDeletedHere(long node) {
        return deletedNodes.contains(node);
    }

    @Override
    public boolean relationshipDeletedHere(long relationship) {
        return deletedRelationships.contains(relationship);
    }

    private static <T> T at(Map<Long, T> content, long id) {
        return Objects.requireNonNull(content.get(id), () -> "there is no entity " + id);
    }

    private void requireNode(long node) {
        if (deletedNodes.contains(node)) {
            throw new SkeinException(ErrorCode.ENTITY_NOT_FOUND, "node " + node + " is gone");
        }
    }

    private void requireRelationship(long relationship) {
        if (deletedRelationships.contains(relationship)) {
            throw new SkeinException(ErrorCode.ENTITY_NOT_FOUND, "relationship " + relationship + " is gone");
        }
    }

    @Override
    public boolean hasLabel(long node, int labelToken) {
        requireNode(node);
        return at(labels, node).contains(nameOf(NameKind.LABEL, labelToken));
    }

    @Override
    public int[] labels(long node) {
        requireNode(node);
        return at(labels, node).stream()
                .mapToInt(label -> tokenFor(NameKind.LABEL, label))
                .toArray();
    }

    @Override
    public Value nodeProperty(long node, int keyToken) {
        requireNode(node);
        return at(nodeProperties, node).getOrDefault(nameOf(NameKind.PROPERTY_KEY, keyToken), Value.NULL);
    }

    @Override
    public Value relationshipProperty(long relationship, int keyToken) {
        requireRelationship(relationship);
        return at(relationshipProperties, relationship)
                .getOrDefault(nameOf(NameKind.PROPERTY_KEY, keyToken), Value.NULL);
    }

    @Override
    public void visitNodeProperties(long node, PropertyVisitor visitor) {
        requireNode(node);
        at(nodeProperties, node).forEach((key, value) -> visitor.visit(tokenFor(NameKind.PROPERTY_KEY, key), value));
    }

    @Override
    public void visitRelationshipProperties(long relationship, PropertyVisitor visitor) {
        requireRelationship(relationship);
        at(relationshipProperties, relationship)
                .forEach((key, value) -> visitor.visit(tokenFor(NameKind.PROPERTY_KEY, key), value));
    }

    @Override
    public int typeOf(long relationship) {
        return tokenFor(NameKind.RELATIONSHIP_TYPE, at(types, relationship));
    }

    @Override
    public long startOf(long relationship) {
        return at(ends, relationship)[0];
    }

    @Override
    public long endOf(long relationship) {
        return at(ends, relationship)[1];
    }

    @Override
    public long degree(long node, Direction direction, int[] typeTokens) {
        return ends.entrySet().stream()
                .filter(entry -> !deletedRelationships.contains(entry.getKey()))
                .map(Map.Entry::getValue)
                .filter(pair -> direction != Direction.INCOMING && pair[0] == node
                        || direction != Direction.OUTGOING && pair[1] == node)
                .count();
    }

    private static AssertionError unexpected() {
        return new AssertionError("expressions do not ask for this");
    }

    @Override
    public boolean nodeExists(long node) {
        throw unexpected();
    }

    @Override
    public boolean relationshipExists(long relationship) {
        throw unexpected();
    }

    @Override
    public EntityCursor nodes() {
        throw unexpected();
    }

    @Override
    public EntityCursor nodesWithLabel(int labelToken) {
        throw unexpected();
    }

    @Override
    public EntityCursor relationships() {
        throw unexpected();
    }

    @Override
    public EntityCursor relationshipsWithType(int typeToken) {
        throw unexpected();
    }

    @Override
    public boolean hasIndex(IndexKind kind, int token, int[] keyTokens) {
        throw unexpected();
    }

    @Override
    public List<int[]> indexedKeys(IndexKind kind, int token) {
        throw unexpected();
    }

    @Override
    public Optional<IndexStatistics> indexStatistics(IndexKind kind, int token, int[] keyTokens) {
        throw unexpected();
    }

    @Override
    public EntityCursor nodesWhere(int labelToken, int[] keyTokens, List<PropertyCondition> conditions) {
        throw unexpected();
    }

    @Override
    public EntityCursor relationshipsWhere(int typeToken, int[] keyTokens, List<PropertyCondition> conditions) {
        throw unexpected();
    }

    @Override
    public RelationshipCursor expand(long node, Direction direction, int[] typeTokens) {
        throw unexpected();
    }

    @Override
    public long nodeCount() {
        throw unexpected();
    }

    @Override
    public long nodeCount(int labelToken) {
        throw unexpected();
    }

    @Override
    public long relationshipCount() {
        throw unexpected();
    }

    @Override
    public long relationshipCount(int typeToken) {
        throw unexpected();
    }

    @Override
    public long[] sampleRelationships(int typeToken, int count) {
        throw unexpected();
    }

    @Override
    public List<String> namesInUse(NameKind kind) {
        throw unexpected();
    }

    @Override
    public long createNode(int[] labelTokens) {
        throw unexpected();
    }

    @Override
    public long createRelationship(int typeToken, long startNode, long endNode) {
        throw unexpected();
    }

    @Override
    public boolean addLabel(long node, int labelToken) {
        throw unexpected();
    }

    @Override
    public boolean removeLabel(long node, int labelToken) {
        throw unexpected();
    }

    @Override
    public Value setNodeProperty(long node, int keyToken, Value value) {
        throw unexpected();
    }

    @Override
    public Value setRelationshipProperty(long relationship, int keyToken, Value value) {
        throw unexpected();
    }

    @Override
    public boolean deleteNode(long node) {
        throw unexpected();
    }

    @Override
    public boolean deleteRelationship(long relationship) {
        throw unexpected();
    }

    @Override
    public boolean hasChanges() {
        throw unexpected();
    }

    @Override
    public boolean createIndex(IndexTarget target, String name) {
        throw unexpected();
    }

    @Override
    public boolean dropIndex(IndexTarget target) {
        throw unexpected();
    }

    @Override
    public boolean dropIndexNamed(String name) {
        throw unexpected();
    }

    @Override
    public List<IndexAnalysis> analyzeIndexes(List<String> labelsOrTypes) {
        throw unexpected();
    }

    @Override
    public List<IndexTarget> forgetStatistics(List<String> labelsOrTypes) {
        throw unexpected();
    }

    @Override
    public List<IndexDescription> indexes() {
        throw unexpected();
    }

    @Override
    public boolean createConstraint(String name, ConstraintRule rule) {
        throw unexpected();
    }

    @Override
    public boolean dropConstraint(ConstraintRule rule) {
        throw unexpected();
    }

    @Override
    public List<Constraint> constraints() {
        throw unexpected();
    }
}
