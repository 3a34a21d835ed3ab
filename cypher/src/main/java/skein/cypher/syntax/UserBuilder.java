package skein.cypher.syntax;

import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import skein.cypher.syntax.UserStatement.Argument;
import skein.cypher.syntax.grammar.QueryGrammar;
import skein.vocabulary.Secret;

/** Builds statements about users. */
final class UserBuilder {
    private final Literals literals;

    UserBuilder(Literals literals) {
        this.literals = literals;
    }

    /** Empty for a statement that is not about users. */
    Optional<UserStatement> statement(QueryGrammar.AdministrationContext context) {
        return Optional.ofNullable(
                switch (context) {
                    case QueryGrammar.CreateUserContext create ->
                        new UserStatement.CreateUser(
                                argument(create.userName),
                                !create.EXISTS().isEmpty(),
                                password(create),
                                required(create));
                    case QueryGrammar.AlterUserContext alter ->
                        new UserStatement.AlterUser(
                                argument(alter.userName),
                                !alter.EXISTS().isEmpty(),
                                password(alter.passwordPart()),
                                required(alter.passwordPart(), alter.change()));
                    case QueryGrammar.SetPasswordForContext set ->
                        new UserStatement.AlterUser(
                                argument(set.userName), false, Optional.of(secret(set.secret())), false);
                    case QueryGrammar.ReplacePasswordContext replace ->
                        new UserStatement.ChangeOwnPassword(secret(replace.before), secret(replace.after));
                    case QueryGrammar.AlterOwnPasswordContext alter ->
                        new UserStatement.ChangeOwnPassword(secret(alter.before), secret(alter.after));
                    case QueryGrammar.DropUserContext drop ->
                        new UserStatement.DropUser(
                                argument(drop.userName), !drop.EXISTS().isEmpty());
                    case QueryGrammar.ShowUsersContext show ->
                        new UserStatement.ShowUsers(columns(show.chosenColumns()));
                    case QueryGrammar.ShowCurrentUserContext show ->
                        new UserStatement.ShowCurrentUser(columns(show.chosenColumns()));
                    default -> null;
                });
    }

    private List<String> columns(QueryGrammar.@Nullable ChosenColumnsContext context) {
        return context == null
                ? List.of()
                : context.name().stream().map(literals::name).toList();
    }

    private Optional<Argument> password(QueryGrammar.CreateUserContext context) {
        return context.secret() == null ? password(context.passwordPart()) : Optional.of(secret(context.secret()));
    }

    private Optional<Argument> password(QueryGrammar.@Nullable PasswordPartContext context) {
        return context == null ? Optional.empty() : Optional.of(secret(context.secret()));
    }

    /** Each dialect keeps its own default: Neo4j's is that the password is changed at the first login. */
    private static boolean required(QueryGrammar.CreateUserContext context) {
        return required(context.passwordPart(), context.change());
    }

    private static boolean required(
            QueryGrammar.@Nullable PasswordPartContext password, QueryGrammar.@Nullable ChangeContext change) {
        return change == null ? password != null : change.NOT() == null;
    }

    private Argument argument(QueryGrammar.ArgumentContext context) {
        return context.parameter() == null
                ? new Argument.Written(new Secret(literals.name(context.name())))
                : parameter(context.parameter());
    }

    private Argument secret(QueryGrammar.SecretContext context) {
        return context.parameter() == null
                ? new Argument.Written(
                        new Secret(literals.string(context.STRING().getSymbol())))
                : parameter(context.parameter());
    }

    private Argument parameter(QueryGrammar.ParameterContext context) {
        return new Argument.Parameter(
                context.name() == null ? context.INTEGER().getText() : literals.name(context.name()));
    }
}
