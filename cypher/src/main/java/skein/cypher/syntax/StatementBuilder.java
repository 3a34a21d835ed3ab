package skein.cypher.syntax;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.antlr.v4.runtime.ParserRuleContext;
import org.jspecify.annotations.Nullable;
import skein.cypher.syntax.grammar.QueryGrammar;
import skein.session.IsolationLevel;

/** Builds statements; the parts of a data query are left to {@link ClauseBuilder}, the rest of them is small. */
final class StatementBuilder {
    private static final long KILOBYTE = 1024;

    private final QuerySource source;
    private final Literals literals;
    private final ClauseBuilder clauses;

    StatementBuilder(QuerySource source) {
        this.source = source;
        this.literals = new Literals(source);
        this.clauses = new ClauseBuilder(source, literals);
    }

    Statement statement(QueryGrammar.ScriptContext script) {
        return switch (script.statement().getChild(0)) {
            case QueryGrammar.DataContext data -> data(data);
            case QueryGrammar.IndexContext index -> new IndexBuilder(source, literals).index(index);
            case QueryGrammar.ConstraintContext constraint ->
                new ConstraintBuilder(source, literals).statement(constraint);
            case QueryGrammar.ShowContext show -> show(show);
            case QueryGrammar.TransactionContext transaction ->
                new Statement.Transaction(
                        Statement.Transaction.Kind.valueOf(words(transaction).getFirst()));
            case QueryGrammar.UseDatabaseContext use -> new Statement.UseDatabase(literals.name(use.name()));
            case QueryGrammar.SnapshotContext snapshot -> snapshot(snapshot);
            case QueryGrammar.IsolationContext isolation ->
                new Statement.Isolation(
                        Statement.Isolation.Scope.valueOf(
                                isolation.scope.getText().toUpperCase(Locale.ROOT)),
                        IsolationLevel.valueOf(String.join("_", words(isolation.isolationLevel()))));
            case QueryGrammar.TerminateContext terminate -> terminate(terminate);
            case QueryGrammar.UpkeepContext upkeep -> upkeep(upkeep);
            case QueryGrammar.AdministrationContext administration ->
                new AdminBuilder(source, literals).administration(administration);
            case QueryGrammar.CoordinationContext coordination ->
                new CoordinationBuilder(literals).statement(coordination);
            case QueryGrammar.KnownElsewhereContext known ->
                new Statement.Unsupported(String.join(" ", words(known.feature())));
            default -> throw new IllegalStateException("unknown statement " + script.getText());
        };
    }

    /** The words of a context in upper case. */
    static List<String> words(ParserRuleContext context) {
        List<String> words = new ArrayList<>();
        for (int i = 0; i < context.getChildCount(); i++) {
            if (context.getChild(i) instanceof ParserRuleContext inner) {
                words.addAll(words(inner));
            } else {
                words.add(context.getChild(i).getText().toUpperCase(Locale.ROOT));
            }
        }
        return words;
    }

    private Statement data(QueryGrammar.DataContext context) {
        Statement.PlanMode mode = context.planMode == null
                ? Statement.PlanMode.EXECUTE
                : Statement.PlanMode.valueOf(context.planMode.getText().toUpperCase(Locale.ROOT));
        List<QueryGrammar.DirectiveContext> directives =
                context.directives() == null ? List.of() : context.directives().directive();
        OptionalInt commitRows = OptionalInt.empty();
        OptionalInt hops = OptionalInt.empty();
        List<Clause.IndexHint> hints = new ArrayList<>();
        for (QueryGrammar.DirectiveContext directive : directives) {
            switch (directive) {
                case QueryGrammar.HintDirectiveContext hint ->
                    hint.indexHint().forEach(index -> hints.add(clauses.hint(index)));
                case QueryGrammar.PeriodicCommitDirectiveContext commit ->
                    commitRows = OptionalInt.of(literals.count(commit.INTEGER().getSymbol()));
                case QueryGrammar.HopsLimitDirectiveContext limit ->
                    hops = OptionalInt.of(literals.count(limit.INTEGER().getSymbol()));
                default -> throw new UnsupportedSyntax("USING PARALLEL EXECUTION");
            }
        }
        Query query = withHints(clauses.query(context.query()), hints);
        return new Statement.Data(mode, query, commitRows, hops, memoryLimit(context.memoryLimit()));
    }

    /** Hints that stand before a query are for every MATCH of it. */
    private static Query withHints(Query query, List<Clause.IndexHint> hints) {
        if (hints.isEmpty()) {
            return query;
        }
        return switch (query) {
            case Query.Single single -> withHints(single, hints);
            case Query.Union union ->
                new Query.Union(
                        union.branches().stream()
                                .map(branch -> withHints(branch, hints))
                                .toList(),
                        union.kinds(),
                        union.span());
        };
    }

    private static Query.Single withHints(Query.Single query, List<Clause.IndexHint> hints) {
        List<Clause> hinted = new ArrayList<>();
        for (Clause clause : query.clauses()) {
            hinted.add(clause instanceof Clause.Match match ? withHints(match, hints) : clause);
        }
        return new Query.Single(hinted, query.span());
    }

    private static Clause.Match withHints(Clause.Match match, List<Clause.IndexHint> hints) {
        List<Clause.IndexHint> all = new ArrayList<>(hints);
        all.addAll(match.hints());
        return new Clause.Match(match.optional(), match.pattern(), match.where(), all, match.span());
    }

    private OptionalLong memoryLimit(QueryGrammar.@Nullable MemoryLimitContext context) {
        if (context == null || context.INTEGER() == null) {
            return OptionalLong.empty();
        }
        int amount = literals.count(context.INTEGER().getSymbol());
        return OptionalLong.of(amount * (context.KB() != null ? KILOBYTE : KILOBYTE * KILOBYTE));
    }

    private Statement upkeep(QueryGrammar.UpkeepContext context) {
        return switch (context) {
            case QueryGrammar.DumpDatabaseContext dump -> new Statement.Dump();
            case QueryGrammar.FreeMemoryContext free -> new Statement.FreeMemory();
            case QueryGrammar.StorageModeContext mode -> {
                String name = literals.name(mode.name()).toUpperCase(Locale.ROOT);
                if (!name.equals("IN_MEMORY_TRANSACTIONAL")) {
                    throw new UnsupportedSyntax("STORAGE MODE " + name);
                }
                yield new Statement.StorageMode();
            }
            default -> throw new IllegalStateException("unknown statement " + context.getText());
        };
    }

    private Statement show(QueryGrammar.ShowContext context) {
        if (!context.showSubject().transactionStatus().isEmpty()) {
            return showTransactions(context);
        }
        String words = String.join("_", words(context.showSubject()));
        if (context.showSubject().name() != null
                && !words.equals("DEFAULT_DATABASE")
                && !words.equals("HOME_DATABASE")) {
            throw new UnsupportedSyntax("SHOW " + String.join(" ", words(context.showSubject())));
        }
        Statement.Show.Subject subject = switch (words) {
            case "INDEX" -> Statement.Show.Subject.INDEXES;
            case "DATABASE" -> Statement.Show.Subject.CURRENT_DATABASE;
            case "STORAGE_INFO_ON_CURRENT_DATABASE" -> Statement.Show.Subject.STORAGE_INFO;
            case "DEFAULT_DATABASE" -> Statement.Show.Subject.DEFAULT_DATABASE;
            case "HOME_DATABASE" -> Statement.Show.Subject.HOME_DATABASE;
            case "TRANSACTION" -> Statement.Show.Subject.TRANSACTIONS;
            default -> Statement.Show.Subject.valueOf(words);
        };
        return new Statement.Show(
                subject, Optional.ofNullable(context.showTail()).map(clauses::showTail));
    }

    /** {@code SHOW RUNNING, COMMITTING TRANSACTIONS}: those with one of the statuses. */
    private Statement showTransactions(QueryGrammar.ShowContext context) {
        if (context.showTail() != null) {
            throw new UnsupportedSyntax("YIELD and WHERE beside a status of SHOW TRANSACTIONS");
        }
        Span span = source.span(context);
        List<Expression> statuses = context.showSubject().transactionStatus().stream()
                .map(status -> (Expression)
                        new Expression.StringLiteral(status.getText().toLowerCase(Locale.ROOT), source.span(status)))
                .toList();
        Expression test = new Expression.Binary(
                Expression.BinaryOperator.IN,
                new Expression.Variable("status", span),
                new Expression.ListLiteral(statuses, span),
                span);
        Clause.Projection all =
                new Clause.Projection(false, true, List.of(), List.of(), Optional.empty(), Optional.empty());
        return new Statement.Show(
                Statement.Show.Subject.TRANSACTIONS,
                Optional.of(new Statement.Show.Tail(List.of(), all, Optional.of(test), Optional.empty(), span)));
    }

    private Statement terminate(QueryGrammar.TerminateContext context) {
        return new Statement.TerminateTransactions(
                context.terminated().stream().map(this::terminated).toList());
    }

    private Statement.TerminateTransactions.Target terminated(QueryGrammar.TerminatedContext context) {
        return context.STRING() == null
                ? new Statement.TerminateTransactions.FromParameter(
                        literals.name(context.parameter().getStop()))
                : new Statement.TerminateTransactions.Literal(
                        literals.string(context.STRING().getSymbol()));
    }

    private Statement snapshot(QueryGrammar.SnapshotContext context) {
        if (context.RECOVER() != null) {
            return new Statement.RecoverSnapshot(
                    literals.string(context.STRING().getSymbol()), context.FORCE() != null);
        }
        if (context.CREATE() != null) {
            return new Statement.Snapshot(Statement.Snapshot.Action.CREATE);
        }
        return new Statement.Snapshot(
                context.NEXT() == null ? Statement.Snapshot.Action.SHOW : Statement.Snapshot.Action.SHOW_NEXT);
    }
}
