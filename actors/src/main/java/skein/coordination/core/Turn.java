package skein.coordination.core;

import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import skein.coordination.core.CoordinatorEffect.Note;
import skein.coordination.core.CoordinatorEffect.Propose;
import skein.coordination.core.CoordinatorEffect.Tell;
import skein.coordination.core.Purpose.SettingFor;
import skein.protocol.CoordinatorProtocol.Answer;
import skein.protocol.CoordinatorProtocol.Refused;
import skein.vocabulary.InstanceName;
import skein.vocabulary.SkeinException;

/** One step under way: what is known, when it is, and what is to be done. */
final class Turn {
    final Memory memory;
    final Moment moment;
    final List<CoordinatorEffect> effects;

    Turn(Memory memory, Moment moment, List<CoordinatorEffect> effects) {
        this.memory = memory;
        this.moment = moment;
        this.effects = effects;
    }

    long now() {
        return moment.millis();
    }

    ClusterState cluster() {
        return memory.cluster;
    }

    CoordinatorSettings settings() {
        return memory.cluster.settings();
    }

    @Nullable
    Lead lead() {
        return memory.lead;
    }

    Optional<Watch> watch(InstanceName name) {
        return Optional.ofNullable(memory.lead).map(lead -> lead.watches.get(name));
    }

    void watch(InstanceName name, UnaryOperator<Watch> change) {
        Lead lead = memory.lead;
        if (lead != null) {
            lead.watches.computeIfPresent(name, (ignored, watch) -> change.apply(watch));
        }
    }

    /**
     * True while a change is under way: one at a time (or some settings), so that its checks hold when it is committed.
     */
    boolean isBusy() {
        return memory.purposes.values().stream().anyMatch(Purpose::isChange);
    }

    /** True while nothing but settings is being changed. */
    boolean isBusyWithSettings() {
        return isBusy()
                && memory.purposes.values().stream().filter(Purpose::isChange).allMatch(SettingFor.class::isInstance);
    }

    /** As they will be once everything that is under way is committed. */
    CoordinatorSettings settingsUnderWay() {
        CoordinatorSettings next = settings();
        for (Purpose purpose : memory.purposes.values()) {
            if (purpose instanceof SettingFor(long _, CoordinatorSetting setting, String value, var _)) {
                next = next.with(setting, value);
            }
        }
        return next;
    }

    long number(Purpose purpose) {
        long number = memory.nextNumber;
        memory.nextNumber++;
        memory.purposes.put(number, purpose);
        return number;
    }

    void propose(ClusterChange change, Purpose purpose) {
        effects.add(new Propose(number(purpose), change));
    }

    void note(Happening happening, String text) {
        effects.add(new Note(happening, text));
    }

    /** Answers a ticket, once: later answers to it go nowhere. */
    void tell(long ticket, Answer answer) {
        if (memory.asks.remove(ticket) != null) {
            effects.add(new Tell(ticket, answer));
        }
    }

    void refuse(long ticket, SkeinException reason) {
        tell(ticket, new Refused(reason));
    }

    void stage(long ticket, Ask.Stage stage) {
        memory.asks.computeIfPresent(ticket, (ignored, ask) -> ask.in(stage));
    }
}
