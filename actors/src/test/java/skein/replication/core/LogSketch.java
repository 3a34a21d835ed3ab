package skein.replication.core;

import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import skein.protocol.ReplicationProtocol.LogReport;
import skein.vocabulary.Epoch;
import skein.vocabulary.LogPosition;

/**
 * A log drawn in one line: {@code A@1 B@6 end 9} is a log whose reign A (epoch number 1) starts with lsn 1 and whose
 * reign B (number 2) starts with lsn 6; equal letters at equal positions are equal records. {@code A7@1} gives reign A
 * the number 7.
 */
final class LogSketch {
    private final List<LogPosition> reigns = new ArrayList<>();
    private long end;

    static LogSketch parse(List<String> words) {
        var log = new LogSketch();
        for (int i = 0; i < words.size(); i++) {
            String word = words.get(i);
            if (word.equals("end")) {
                log.end = Long.parseLong(words.get(i + 1));
            } else if (word.contains("@")) {
                log.addReign(word);
            }
        }
        return log;
    }

    private void addReign(String word) {
        String[] parts = word.split("@");
        long lsn = Long.parseLong(parts[1]);
        reigns.add(new LogPosition(epoch(parts[0], reigns.size() + 1), lsn, 0));
        reigns.set(reigns.size() - 1, position(lsn));
    }

    static Epoch epoch(String word, int defaultNumber) {
        int number = word.length() > 1 ? Integer.parseInt(word.substring(1)) : defaultNumber;
        return new Epoch(number, new UUID(0, word.charAt(0)));
    }

    List<LogPosition> reigns() {
        return reigns;
    }

    LogPosition end() {
        return position(end);
    }

    /** The checksum covers the reigns so far and the place. */
    LogPosition position(long lsn) {
        if (lsn == 0) {
            return LogPosition.START;
        }
        var reign = reigns.stream().filter(r -> r.lsn() <= lsn).toList();
        int chain = reign.stream()
                .mapToInt(r -> (int) r.epoch().reign().getLeastSignificantBits())
                .sum();
        return new LogPosition(reign.getLast().epoch(), lsn, chain * 1000 + (int) lsn);
    }

    LogReport report(long decided, long settled) {
        return new LogReport(end(), decided, settled, reigns.reversed());
    }

    void extendTo(long lsn) {
        end = lsn;
    }

    static String print(LogPosition position) {
        return position.lsn() == 0
                ? "start"
                : (char) position.epoch().reign().getLeastSignificantBits() + "@" + position.lsn();
    }
}
