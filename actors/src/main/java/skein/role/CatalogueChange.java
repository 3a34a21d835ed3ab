package skein.role;

import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import skein.replication.CommitOutcome;
import skein.role.core.RoleInput;
import skein.role.core.SystemRecord;
import skein.vocabulary.ErrorCode;
import skein.vocabulary.Notification;
import skein.vocabulary.SkeinException;

/**
 * The change of the catalogue that is under way on a MAIN: at most one. It has happened when its record is decided and
 * this instance has carried it out. Confined to the role's actor.
 */
final class CatalogueChange {
    private @Nullable UUID subject;
    private @Nullable List<Notification> warnings;
    private boolean carriedOut;

    void begin(SystemRecord record) {
        subject = record.subject();
        warnings = null;
        carriedOut = false;
    }

    /** What became of the record. */
    Optional<RoleInput> decided(CommitOutcome outcome) {
        if (subject == null) {
            return Optional.empty();
        }
        return switch (outcome) {
            case CommitOutcome.Committed(long ignored, var notifications, var acks) -> {
                warnings = notifications;
                yield ended();
            }
            case CommitOutcome.Unknown(String reason) -> {
                subject = null;
                yield Optional.of(new RoleInput.CatalogueUnchanged(new SkeinException(
                        ErrorCode.COMMIT_UNKNOWN,
                        "SKEIN-DB-019: Whether the command took effect is not known: " + reason
                                + ". Look with SHOW DATABASES or SHOW USERS before repeating it.")));
            }
        };
    }

    /** This instance has done its part for that database or user. */
    Optional<RoleInput> carriedOut(UUID id) {
        if (!id.equals(subject)) {
            return Optional.empty();
        }
        carriedOut = true;
        return ended();
    }

    private Optional<RoleInput> ended() {
        List<Notification> known = warnings;
        if (known == null || !carriedOut) {
            return Optional.empty();
        }
        subject = null;
        return Optional.of(new RoleInput.CatalogueChanged(known));
    }
}
