package skein.cypher.syntax;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.antlr.v4.runtime.Token;
import org.jspecify.annotations.Nullable;
import skein.cypher.syntax.CoordinatorStatement.Configuration;
import skein.cypher.syntax.CoordinatorStatement.Text;
import skein.cypher.syntax.grammar.QueryGrammar;

/** Builds statements about a cluster with coordinators. */
final class CoordinationBuilder {
    private final Literals literals;

    CoordinationBuilder(Literals literals) {
        this.literals = literals;
    }

    CoordinatorStatement statement(QueryGrammar.CoordinationContext context) {
        return switch (context) {
            case QueryGrammar.AddCoordinatorContext add ->
                new CoordinatorStatement.AddCoordinator(
                        literals.count(add.INTEGER().getSymbol()), configuration(add.configMap()));
            case QueryGrammar.RemoveCoordinatorContext remove ->
                new CoordinatorStatement.RemoveCoordinator(
                        literals.count(remove.INTEGER().getSymbol()));
            case QueryGrammar.RegisterInstanceContext register ->
                new CoordinatorStatement.RegisterInstance(
                        literals.name(register.name()),
                        mode(register.replicationMode()),
                        configuration(register.configMap()),
                        register.RESYNC() != null);
            case QueryGrammar.RegisterInstanceOnContext register ->
                new CoordinatorStatement.RegisterInstanceOn(
                        literals.name(register.name()),
                        mode(register.replicationMode()),
                        literals.string(register.management),
                        literals.string(register.replication),
                        register.RESYNC() != null);
            case QueryGrammar.UpdateInstanceContext update ->
                new CoordinatorStatement.UpdateInstance(
                        literals.name(update.name()), configuration(update.configMap()));
            case QueryGrammar.UpdateCoordinatorContext update ->
                new CoordinatorStatement.UpdateCoordinator(
                        literals.count(update.INTEGER().getSymbol()), configuration(update.configMap()));
            case QueryGrammar.SetCoordinatorSettingContext set ->
                new CoordinatorStatement.SetSetting(literals.string(set.setting), literals.string(set.settingValue));
            default -> ofRoles(context);
        };
    }

    private CoordinatorStatement ofRoles(QueryGrammar.CoordinationContext context) {
        return switch (context) {
            case QueryGrammar.UnregisterInstanceContext unregister ->
                new CoordinatorStatement.UnregisterInstance(literals.name(unregister.name()));
            case QueryGrammar.SetInstanceToMainContext set ->
                new CoordinatorStatement.SetInstanceToMain(literals.name(set.name()), set.SWITCHOVER() != null);
            case QueryGrammar.DemoteInstanceContext demote ->
                new CoordinatorStatement.DemoteInstance(literals.name(demote.name()));
            case QueryGrammar.ForceResetContext ignored -> new CoordinatorStatement.ForceReset();
            case QueryGrammar.YieldLeadershipContext ignored -> new CoordinatorStatement.YieldLeadership();
            case QueryGrammar.PauseFailoverContext pause ->
                new CoordinatorStatement.PauseFailover(pause.PAUSE() != null);
            case QueryGrammar.ShowCoordinatorSettingsContext ignored -> new CoordinatorStatement.ShowSettings();
            case QueryGrammar.ShowFailoversContext ignored -> new CoordinatorStatement.ShowFailovers();
            case QueryGrammar.ShowFailoverCandidatesContext ignored -> new CoordinatorStatement.ShowCandidates();
            case QueryGrammar.ShowInstanceContext ignored -> new CoordinatorStatement.ShowInstance();
            case QueryGrammar.ShowInstancesContext ignored -> new CoordinatorStatement.ShowInstances();
            case QueryGrammar.ShowRoutingTableContext ignored -> new CoordinatorStatement.ShowRouting();
            default ->
                throw new IllegalStateException(
                        "unknown statement " + context.getClass().getSimpleName());
        };
    }

    private static Optional<String> mode(QueryGrammar.@Nullable ReplicationModeContext context) {
        return Optional.ofNullable(context).map(mode -> mode.getText().toUpperCase(Locale.ROOT));
    }

    private Configuration configuration(QueryGrammar.ConfigMapContext context) {
        List<CoordinatorStatement.Entry> entries =
                context.configEntry().stream().map(this::entry).toList();
        return new Configuration(entries);
    }

    private CoordinatorStatement.Entry entry(QueryGrammar.ConfigEntryContext context) {
        String key = context.key == null ? literals.name(context.name()) : literals.string(context.key);
        return new CoordinatorStatement.Entry(key, text(context));
    }

    private Text text(QueryGrammar.ConfigEntryContext context) {
        QueryGrammar.ParameterContext parameter = context.parameter();
        if (parameter != null) {
            return new Text.Parameter(
                    parameter.name() == null ? parameter.INTEGER().getText() : literals.name(parameter.name()));
        }
        Token settled = context.settled;
        return new Text.Written(
                settled.getType() == QueryGrammar.STRING ? literals.string(settled) : settled.getText());
    }
}
