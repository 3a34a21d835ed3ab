package skein.simulation.rules;

import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Gives the commands. It knows which node it made MAIN last, sends commands that change members to that one only, and
 * promotes nobody whom it has dropped or who is not yet registered: in STRICT_SYNC and SYNC nothing else protects from
 * that.
 */
final class Operator {
    private final World world;
    private final Set<Integer> dropping = new TreeSet<>();
    private Set<Integer> eligible = new TreeSet<>();
    private Node main;
    private @Nullable Node candidate;

    Operator(World world, Node main) {
        this.world = world;
        this.main = main;
        eligible.addAll(main.log.membersAt(main.log.end()));
    }

    Node main() {
        return main;
    }

    /** True when somebody else could be promoted. */
    boolean hasAnother(int member) {
        return eligible.stream().anyMatch(other -> other != member && !isLost(other));
    }

    void act() {
        look();
        switch (world.random.nextInt(8)) {
            case 0, 1 -> promote();
            case 2, 3 -> demoteFormer();
            case 4 -> drop(random(List.copyOf(eligible)));
            case 5, 6 -> repairMembers();
            default -> {}
        }
    }

    /** SHOW REPLICATION ROLE and SHOW REPLICAS. */
    void look() {
        if (candidate != null && candidate.reigning != null) {
            main = candidate;
        }
        if (candidate != null && candidate.candidacy == null) {
            candidate = null;
        }
        Reign reign = main.reign;
        if (main.up && reign != null && reign.isSettled()) {
            eligible = new TreeSet<>(reign.members());
            // a DROP that its MAIN lost: SHOW REPLICAS must say ready before such a member is worth promoting
            dropping.removeIf(reign::isUpToDate);
        }
        eligible.removeAll(dropping);
    }

    private int random(List<Integer> members) {
        return members.isEmpty() ? main.member : members.get(world.random.nextInt(members.size()));
    }

    private void promote() {
        if (candidate != null) {
            return;
        }
        world.memberNode(random(List.copyOf(eligible))).ifPresent(node -> {
            if (node.up && (node != main || node.reign == null || world.random.nextInt(4) == 0)) {
                candidate = node;
                node.stand();
            }
        });
    }

    private void demoteFormer() {
        for (Node node : world.nodes) {
            if (node.up && node != main && node != candidate && node.reigning != null) {
                node.resign("demoted");
                return;
            }
        }
    }

    private void drop(int member) {
        Reign reign = main.reign;
        boolean busy = candidate != null || !main.up || reign == null;
        if (busy
                || eligible.size() < 2
                || reign == null
                || reign.members().stream().anyMatch(this::isLost)) {
            return;
        }
        if (reign.drop(member)) {
            dropping.add(member);
            eligible.remove(member);
        }
    }

    private boolean isLost(int member) {
        return world.memberNode(member).isEmpty();
    }

    /** Drops members that are gone for good and registers nodes that are not members. */
    private void repairMembers() {
        Reign reign = main.reign;
        if (candidate != null || !main.up || reign == null) {
            return;
        }
        for (int member : reign.members()) {
            if (isLost(member) && reign.drop(member)) {
                dropping.add(member);
            }
        }
        for (Node node : world.nodes) {
            boolean free = !reign.members().contains(node.member)
                    && !world.asyncMembers().contains(node.member);
            if (free && node.up && node.reigning == null) {
                reign.register(node.member);
            }
        }
    }

    /** Everything works again: one MAIN, everybody else its replica. */
    void heal() {
        look();
        boolean waiting = candidate != null;
        // a MAIN whom a given-up promotion has cut off from its replicas needs another promotion
        if (!waiting && (main.reign == null || world.random.nextInt(8) == 0)) {
            promote();
        }
        demoteFormer();
        repairMembers();
    }
}
