package skein.cypher.syntax;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import org.antlr.v4.runtime.Token;
import org.jspecify.annotations.Nullable;
import skein.cypher.syntax.grammar.QueryGrammar;
import skein.vocabulary.ErrorCode;
import skein.vocabulary.SkeinException;

/** Builds statements about roles, replicas and databases. */
final class AdminBuilder {
    private static final BigDecimal TIMEOUT_SECONDS_MAX = BigDecimal.valueOf(86_400);
    private static final int NANOSECOND_DIGITS = 9;

    private final QuerySource source;
    private final Literals literals;

    AdminBuilder(QuerySource source, Literals literals) {
        this.source = source;
        this.literals = literals;
    }

    AdminStatement administration(QueryGrammar.AdministrationContext context) {
        return switch (context) {
            case QueryGrammar.SetReplicationRoleContext role ->
                new AdminStatement.SetReplicationRole(role.MAIN() != null, role.FORCE() != null, port(role));
            case QueryGrammar.ShowReplicationRoleContext ignored -> new AdminStatement.ShowReplicationRole();
            case QueryGrammar.RegisterReplicaContext register ->
                new AdminStatement.RegisterReplica(
                        literals.name(register.name()),
                        register.replicationMode().getText().toUpperCase(Locale.ROOT),
                        timeout(register.timeout()),
                        address(register.address()),
                        register.RESYNC() != null);
            case QueryGrammar.DropReplicaContext drop -> new AdminStatement.DropReplica(literals.name(drop.name()));
            case QueryGrammar.ShowReplicasContext ignored -> new AdminStatement.ShowReplicas();
            case QueryGrammar.ShowReplicationLagContext ignored -> new AdminStatement.ShowReplicationLag();
            case QueryGrammar.CreateDatabaseContext create ->
                new AdminStatement.CreateDatabase(literals.name(create.name()), create.EXISTS() != null);
            case QueryGrammar.DropDatabaseContext drop ->
                new AdminStatement.DropDatabase(
                        literals.name(drop.name()), drop.EXISTS() != null, drop.FORCE() != null);
            case QueryGrammar.RenameDatabaseContext rename ->
                new AdminStatement.RenameDatabase(literals.name(rename.source), literals.name(rename.target));
            case QueryGrammar.SetDatabaseSettingContext set ->
                new AdminStatement.SetDatabaseSetting(literals.string(set.setting), literals.string(set.settingValue));
            case QueryGrammar.ShowDatabaseSettingsContext show ->
                new AdminStatement.ShowDatabaseSettings(
                        Optional.ofNullable(show.setting).map(literals::string));
            case QueryGrammar.ShowConfigContext ignored -> new AdminStatement.ShowConfig();
            case QueryGrammar.ShowVersionContext ignored -> new AdminStatement.ShowVersion();
            case QueryGrammar.ShowBuildInfoContext ignored -> new AdminStatement.ShowBuildInfo();
            case QueryGrammar.ShowMetricsContext ignored -> new AdminStatement.ShowMetrics();
            case QueryGrammar.ReloadBoltTlsContext ignored -> new AdminStatement.ReloadBoltTls();
            case QueryGrammar.ReloadClusterTlsContext ignored -> new AdminStatement.ReloadClusterTls();
            default ->
                new UserBuilder(literals)
                        .statement(context)
                        .orElseThrow(() -> new IllegalStateException(
                                "unknown statement " + context.getClass().getSimpleName()));
        };
    }

    /** Any integer: whether it is a port is for the one who listens on it to say, with the role in view. */
    private OptionalInt port(QueryGrammar.SetReplicationRoleContext context) {
        if (context.PORT() == null) {
            return OptionalInt.empty();
        }
        long port = literals.integer(context.INTEGER().getSymbol(), context.MINUS() != null);
        if (port != (int) port) {
            throw new SkeinException(
                    ErrorCode.INVALID_ARGUMENT,
                    "The port " + port + " is not usable: a port is a number from 0 to 65535. Choose one from 1000 to "
                            + "10000.");
        }
        return OptionalInt.of((int) port);
    }

    private Optional<Duration> timeout(QueryGrammar.@Nullable TimeoutContext context) {
        if (context == null) {
            return Optional.empty();
        }
        Token token = context.getStart();
        BigDecimal seconds = token.getType() == QueryGrammar.INTEGER
                ? BigDecimal.valueOf(literals.integer(token, false))
                : BigDecimal.valueOf(literals.floating(token));
        if (seconds.compareTo(TIMEOUT_SECONDS_MAX) > 0) {
            throw new SkeinException(
                    ErrorCode.INVALID_ARGUMENT,
                    "The timeout of " + token.getText() + " seconds is not usable: " + TIMEOUT_SECONDS_MAX
                            + " seconds, one day, is the longest. Choose a shorter one.");
        }
        return Optional.of(Duration.ofNanos(
                seconds.movePointRight(NANOSECOND_DIGITS).toBigInteger().longValueExact()));
    }

    private String address(QueryGrammar.AddressContext context) {
        if (context.STRING() == null) {
            throw new SkeinException(
                    ErrorCode.SEMANTIC_ERROR,
                    ErrorText.of(
                            ErrorDetail.INVALID_ARGUMENT_TYPE,
                            "The address of a replica is written as a string, address and port separated by one "
                                    + "colon, for example \"127.0.0.1:10000\".",
                            source.span(context),
                            source.text()));
        }
        return literals.string(context.STRING().getSymbol());
    }
}
