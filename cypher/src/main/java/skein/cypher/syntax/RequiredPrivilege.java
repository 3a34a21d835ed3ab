package skein.cypher.syntax;

import skein.session.Privilege;
import skein.session.QuerySummary.QueryKind;

/** The one privilege that each statement needs. */
public final class RequiredPrivilege {
    private RequiredPrivilege() {}

    /** @param kind what planning has found a query to do; of no account for other statements */
    public static Privilege of(Statement statement, QueryKind kind) {
        return switch (statement) {
            case Statement.Data _ -> kind == QueryKind.READ ? Privilege.MATCH : Privilege.WRITE;
            case Statement.Index _, Statement.DropNamedIndex _, Statement.DropAllIndexes _ -> Privilege.INDEX;
            case Statement.Analyze _ -> Privilege.STATS;
            case ConstraintStatement _ -> Privilege.CONSTRAINT;
            case Statement.Show show -> of(show.subject());
            case Statement.UseDatabase _ -> Privilege.MULTI_DATABASE_USE;
            case Statement.Snapshot _, Statement.RecoverSnapshot _ -> Privilege.DURABILITY;
            case Statement.TerminateTransactions _ -> Privilege.TRANSACTION_MANAGEMENT;
            case Statement.Isolation _, Statement.StorageMode _ -> Privilege.CONFIG;
            case Statement.Dump _ -> Privilege.DUMP;
            case Statement.FreeMemory _ -> Privilege.FREE_MEMORY;
            case Statement.Transaction _, Statement.Unsupported _ -> Privilege.OWN_ACCOUNT;
            case AdminStatement admin -> of(admin);
        };
    }

    private static Privilege of(Statement.Show.Subject subject) {
        return switch (subject) {
            case INDEX_INFO, INDEXES -> Privilege.INDEX;
            case CONSTRAINT_INFO, CONSTRAINTS -> Privilege.CONSTRAINT;
            case STORAGE_INFO, NODE_LABELS_INFO, EDGE_TYPES_INFO -> Privilege.STATS;
            case DATABASES, CURRENT_DATABASE, DEFAULT_DATABASE, HOME_DATABASE -> Privilege.MULTI_DATABASE_USE;
            case TRANSACTIONS -> Privilege.TRANSACTION_MANAGEMENT;
            case FUNCTIONS, PROCEDURES -> Privilege.MATCH;
        };
    }

    public static Privilege of(AdminStatement statement) {
        return switch (statement) {
            case AdminStatement.SetReplicationRole _,
                    AdminStatement.ShowReplicationRole _,
                    AdminStatement.RegisterReplica _,
                    AdminStatement.DropReplica _,
                    AdminStatement.ShowReplicas _,
                    AdminStatement.ShowReplicationLag _ -> Privilege.REPLICATION;
            case AdminStatement.CreateDatabase _, AdminStatement.DropDatabase _, AdminStatement.RenameDatabase _ ->
                Privilege.MULTI_DATABASE_EDIT;
            case AdminStatement.SetDatabaseSetting _,
                    AdminStatement.ShowDatabaseSettings _,
                    AdminStatement.ShowConfig _,
                    AdminStatement.ShowVersion _,
                    AdminStatement.ShowBuildInfo _,
                    AdminStatement.ReloadBoltTls _,
                    AdminStatement.ReloadClusterTls _ -> Privilege.CONFIG;
            case AdminStatement.ShowMetrics _ -> Privilege.STATS;
            case CoordinatorStatement _ -> Privilege.COORDINATOR;
            case UserStatement.CreateUser _,
                    UserStatement.AlterUser _,
                    UserStatement.DropUser _,
                    UserStatement.ShowUsers _ -> Privilege.AUTH;
            case UserStatement.ChangeOwnPassword _, UserStatement.ShowCurrentUser _ -> Privilege.OWN_ACCOUNT;
        };
    }
}
