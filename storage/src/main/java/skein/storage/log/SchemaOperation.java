package skein.storage.log;

/** One change of the schema. */
public sealed interface SchemaOperation {
    /**
     * Declares an index.
     *
     * @param name what people call it; empty when nobody gave it a name
     */
    record CreateIndex(IndexDefinition index, String name) implements SchemaOperation {}

    record DropIndex(IndexDefinition index) implements SchemaOperation {}

    /**
     * Declares a constraint; whoever wrote the record has seen that it holds.
     *
     * @param name as in {@link CreateIndex}
     */
    record CreateConstraint(ConstraintDefinition constraint, String name) implements SchemaOperation {}

    record DropConstraint(ConstraintDefinition constraint) implements SchemaOperation {}
}
