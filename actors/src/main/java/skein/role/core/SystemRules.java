package skein.role.core;

import java.util.ArrayList;
import java.util.List;
import skein.role.core.RoleEffect.ChangeCatalogue;
import skein.role.core.RoleEffect.Reply;
import skein.role.core.RoleEffect.ReplyWhenFollowed;
import skein.role.core.RoleInput.ChangeDatabases;
import skein.role.core.RoleInput.ChangeSetting;
import skein.role.core.RoleInput.ChangeUsers;
import skein.role.core.RolePhase.Cataloguing;
import skein.role.core.RolePhase.Dropping;
import skein.role.core.RolePhase.EnlistStage;
import skein.role.core.RolePhase.Enlisting;
import skein.role.core.RolePhase.Steady;
import skein.role.core.RoleState.Replica;
import skein.setting.core.SettingRecord;
import skein.setting.core.SharedSetting;
import skein.user.core.UserRules;
import skein.vocabulary.Notification;
import skein.vocabulary.SkeinException;

/**
 * How a MAIN changes databases, users and settings: alone, one at a time, by a record of the system database. Part of
 * {@link RoleCore}.
 */
final class SystemRules {
    private SystemRules() {}

    static RoleCore changeDatabases(RoleCore core, ChangeDatabases input, List<RoleEffect> effects) {
        if (core.isBusy(input.ticket(), effects)) {
            return core;
        }
        if (core.state() instanceof Replica replica) {
            effects.add(new Reply(
                    input.ticket(),
                    new RoleReply.Refused(
                            RoleRefusals.catalogueOfReplica(input.wish().command(), replica.following()))));
            return core;
        }
        if (input.wish() instanceof DatabaseWish.Recover recover
                && !core.main().replicas().isEmpty()) {
            effects.add(new Reply(
                    input.ticket(), new RoleReply.Refused(RoleRefusals.recoveryWithReplicas(recover.name()))));
            return core;
        }
        return switch (DatabaseRules.judge(input.wish(), input.view())) {
            case DatabaseRules.Verdict.Refusal(var reason) -> {
                effects.add(new Reply(input.ticket(), new RoleReply.Refused(reason)));
                yield core;
            }
            case DatabaseRules.Verdict.AsItIs(var notifications) -> {
                effects.add(new Reply(input.ticket(), new RoleReply.Done(notifications)));
                yield core;
            }
            case DatabaseRules.Verdict.Change(CatalogueRecord record) ->
                cataloguing(
                        core,
                        new SystemRecord.OfDatabases(record),
                        RoleNotes.catalogued(record),
                        input.wish().command(),
                        input.ticket(),
                        effects);
        };
    }

    static RoleCore changeUsers(RoleCore core, ChangeUsers input, List<RoleEffect> effects) {
        if (core.isBusy(input.ticket(), effects)) {
            return core;
        }
        String command = input.wish().command();
        if (core.state() instanceof Replica replica) {
            effects.add(new Reply(
                    input.ticket(), new RoleReply.Refused(RoleRefusals.usersOfReplica(command, replica.following()))));
            return core;
        }
        return switch (UserRules.judge(input.wish(), input.users())) {
            case UserRules.Verdict.Refusal(var reason) -> {
                effects.add(new Reply(input.ticket(), new RoleReply.Refused(reason)));
                yield core;
            }
            case UserRules.Verdict.AsItIs(var notes) -> {
                effects.add(new Reply(input.ticket(), new RoleReply.Done(notes)));
                yield core;
            }
            case UserRules.Verdict.Change(var record, var notes) ->
                cataloguing(core, new SystemRecord.OfUsers(record), notes, command, input.ticket(), effects);
        };
    }

    static RoleCore changeSetting(RoleCore core, ChangeSetting input, List<RoleEffect> effects) {
        if (core.isBusy(input.ticket(), effects)) {
            return core;
        }
        if (core.state() instanceof Replica replica) {
            effects.add(new Reply(
                    input.ticket(), new RoleReply.Refused(RoleRefusals.settingsOfReplica(replica.following()))));
            return core;
        }
        try {
            SharedSetting setting = SharedSetting.of(input.name());
            if (!input.value().isEmpty()) {
                setting.parse(input.value());
            }
        } catch (SkeinException e) {
            effects.add(new Reply(input.ticket(), new RoleReply.Refused(e)));
            return core;
        }
        return cataloguing(
                core,
                new SystemRecord.OfSettings(new SettingRecord(input.change(), input.name(), input.value())),
                List.of(),
                "SET DATABASE SETTING",
                input.ticket(),
                effects);
    }

    private static RoleCore cataloguing(
            RoleCore core,
            SystemRecord record,
            List<Notification> notes,
            String command,
            long ticket,
            List<RoleEffect> effects) {
        effects.add(new ChangeCatalogue(record));
        return core.in(new Cataloguing(record, notes, command, ticket));
    }

    static RoleCore catalogueChanged(RoleCore core, List<Notification> warnings, List<RoleEffect> effects) {
        if (core.phase() instanceof Enlisting enlisting && enlisting.stage() == EnlistStage.RECORDING) {
            return EnlistingRules.recorded(core, enlisting, warnings, effects);
        }
        if (core.phase() instanceof Dropping dropping) {
            return DroppingRules.recorded(core, dropping, warnings, effects);
        }
        if (!(core.phase() instanceof Cataloguing(SystemRecord record, var notes, String ignored, long ticket))) {
            return core;
        }
        List<Notification> all = new ArrayList<>(notes);
        all.addAll(warnings);
        RoleReply done = new RoleReply.Done(all);
        effects.add(
                record instanceof SystemRecord.OfDatabases(CatalogueRecord.Created created)
                        ? new ReplyWhenFollowed(ticket, created.id(), done)
                        : new Reply(ticket, done));
        return core.in(new Steady());
    }

    static RoleCore catalogueUnchanged(RoleCore core, SkeinException reason, List<RoleEffect> effects) {
        if (core.phase() instanceof Enlisting enlisting && enlisting.stage() == EnlistStage.RECORDING) {
            return EnlistingRules.unrecorded(core, enlisting, reason, effects);
        }
        if (core.phase() instanceof Dropping dropping) {
            return DroppingRules.notRecorded(core, dropping, reason, effects);
        }
        if (!(core.phase() instanceof Cataloguing cataloguing)) {
            return core;
        }
        effects.add(new Reply(cataloguing.ticket(), new RoleReply.Refused(reason)));
        return core.in(new Steady());
    }
}
