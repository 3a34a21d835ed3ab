package skein.simulation.rules;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * One seed: a cluster that is treated badly while clients write, and then left in peace, when it must come together.
 */
final class Run {
    private static final long FAULTS_END = 6_000_000;
    private static final long PEACE_END = 26_000_000;
    private static final long STEP = 50_000;

    private final World world;
    private final Operator operator;
    private final Random random;
    private long writes;

    /** @param commits acknowledged without a warning */
    record Result(long commits, long warned, long refused, long unknown) {}

    private Run(Mode mode, long seed, Set<Omission> omitted, @Nullable List<String> trace) {
        random = new Random(seed * 0x9E3779B97F4A7C15L + mode.salt);
        Settings settings = Settings.draw(mode, random);
        Rules rules = new Rules(mode, settings.quorum(), omitted);
        world = new World(settings, rules, random, trace);
        // in a third of the runs the cluster is not formed yet
        boolean formed = mode != Mode.QUORUM || new Random(seed).nextInt(3) > 0;
        List<Integer> members =
                IntStream.range(0, formed ? settings.members() : 1).boxed().toList();
        int quorum = formed && mode == Mode.QUORUM ? settings.quorum() : 0;
        Epoch first = new Epoch(1, 0, 1);
        for (int i = 0; i < settings.members() + settings.asyncs(); i++) {
            Node node = world.addNode();
            node.log.append(Entry.after(1, 0, first, 0, members, quorum));
            node.log.beginForce();
            node.log.endForce();
            node.accept(first);
            node.apply(1);
            if (i >= settings.members()) {
                world.asyncMembers().add(node.member);
            }
        }
        Node main = world.nodes.getFirst();
        main.reigning = first;
        main.reign = new Reign(main, first);
        operator = new Operator(world, main);
    }

    static Result run(Mode mode, long seed, Set<Omission> omitted) {
        return new Run(mode, seed, omitted, null).play();
    }

    /** The same run again, telling what happens. */
    static List<String> trace(Mode mode, long seed, Set<Omission> omitted) {
        List<String> trace = new ArrayList<>();
        Run run = new Run(mode, seed, omitted, trace);
        run.world.trace("%s", run.world.settings);
        try {
            run.play();
        } catch (Violation violation) {
            run.world.trace("%s", violation);
        }
        return trace;
    }

    static Set<Omission> none() {
        return EnumSet.noneOf(Omission.class);
    }

    private Result play() {
        world.after(0, null, this::write);
        world.after(world.settings.betweenFaults(), null, this::harm);
        world.after(world.settings.betweenCommands(), null, this::command);
        world.runUntil(FAULTS_END);
        heal();
        Oracle oracle = world.oracle;
        return new Result(oracle.acknowledged(), oracle.warned(), oracle.refused(), oracle.unknown());
    }

    private boolean isOver() {
        return world.healed;
    }

    private void write() {
        if (isOver()) {
            return;
        }
        Node node = random.nextInt(5) == 0 ? anyNode() : operator.main();
        writes++;
        if (node.up && node.pausedUntil <= world.now && node.reign != null) {
            node.reign.write(writes);
        } else {
            world.oracle.refused(writes);
        }
        world.after(random.nextLong(world.settings.betweenWrites() * 2), null, this::write);
    }

    private Node anyNode() {
        return world.nodes.get(random.nextInt(world.nodes.size()));
    }

    private void command() {
        if (!isOver()) {
            operator.act();
            world.after(random.nextLong(world.settings.betweenCommands() * 2), null, this::command);
        }
    }

    private void harm() {
        if (isOver()) {
            return;
        }
        Settings settings = world.settings;
        Node node = anyNode();
        double drawn = random.nextDouble()
                * (settings.kills() + settings.powerCuts() + settings.pauses() + settings.cuts() + settings.wipes());
        if ((drawn -= settings.kills()) < 0) {
            crash(node, false);
        } else if ((drawn -= settings.powerCuts()) < 0) {
            powerCut(node);
        } else if ((drawn -= settings.pauses()) < 0) {
            world.trace("%s is paused", node);
            node.pausedUntil = world.now + random.nextInt(800_000);
        } else if ((drawn -= settings.cuts()) < 0) {
            cut(node);
        } else if (settings.wipes() > 0) {
            wipe(node);
        }
        world.after(random.nextLong(settings.betweenFaults() * 2), null, this::harm);
    }

    private void powerCut(Node node) {
        if (random.nextInt(3) == 0) {
            world.nodes.stream().filter(other -> other.up).forEach(other -> crash(other, true));
        } else {
            crash(node, true);
        }
    }

    private void crash(Node node, boolean power) {
        if (!node.up) {
            return;
        }
        node.crash(power);
        int boot = node.boot;
        world.after(away(), null, () -> {
            if (!node.up && node.boot == boot) {
                node.start();
            }
        });
    }

    private long away() {
        return switch (random.nextInt(4)) {
            case 0 -> random.nextInt(1_500_000);
            case 1 -> random.nextInt(10_000);
            default -> random.nextInt(150_000);
        };
    }

    private void cut(Node node) {
        boolean oneWay = random.nextBoolean();
        for (Node other : world.nodes) {
            if (other != node && random.nextInt(3) > 0) {
                world.cut(node, other);
                if (!oneWay) {
                    world.cut(other, node);
                }
                world.after(random.nextInt(1_200_000), null, () -> {
                    world.mend(node, other);
                    world.mend(other, node);
                });
            }
        }
        world.trace("%s is cut off", node);
    }

    /**
     * One lost disk at a time: the next may go when the first is no member any more. What is left must be able to go
     * on.
     */
    private void wipe(Node node) {
        operator.look();
        Reign reign = operator.main().reign;
        boolean another = world.nodes.stream()
                .flatMap(other -> other.log.membersAt(other.log.end()).stream())
                .anyMatch(member -> world.memberNode(member).isEmpty());
        boolean spare = reign != null
                && reign.isSettled()
                && reign.members().contains(node.member)
                && (world.rules.mode() != Mode.QUORUM || reign.isFormed())
                && reign.members().size() - 2 >= (world.rules.mode() == Mode.QUORUM ? world.rules.quorum() : 1);
        if (another || !spare || !operator.hasAnother(node.member)) {
            return;
        }
        if (node.up) {
            node.crash(true);
        }
        node.wipe(world.rules.omits(Omission.WIPED_IS_ANOTHER) ? node.member : world.newMember());
        node.start();
    }

    private void heal() {
        world.trace("everything heals");
        world.healed = true;
        world.mendAll();
        for (Node node : world.nodes) {
            node.pausedUntil = 0;
            if (!node.up) {
                node.start();
            }
        }
        while (!isConverged()) {
            if (world.now > PEACE_END) {
                throw new Violation("no convergence: " + describe());
            }
            operator.heal();
            world.runUntil(world.now + STEP);
        }
        world.oracle.finish(operator.main().log);
    }

    private boolean isConverged() {
        operator.look();
        Reign reign = operator.main().reign;
        if (reign == null || !reign.isSettled()) {
            return false;
        }
        RecordLog log = operator.main().log;
        return reign.members().size() == world.settings.members()
                && world.nodes.stream()
                        .allMatch(node -> node.log.end() == log.end()
                                && node.log.crcAt(log.end()) == log.crcAt(log.end())
                                && node.applied == log.end()
                                && (node == operator.main()) == (node.reign != null));
    }

    private String describe() {
        StringBuilder text = new StringBuilder();
        for (Node node : world.nodes) {
            text.append("%s %s log %d durable %d applied %d fence %s; "
                    .formatted(
                            node,
                            node.reign == null ? "" : "MAIN " + node.reign.members(),
                            node.log.end(),
                            node.log.durable(),
                            node.applied,
                            node.fence));
        }
        return text.toString();
    }
}
