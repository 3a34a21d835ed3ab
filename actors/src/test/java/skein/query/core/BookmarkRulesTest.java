package skein.query.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import skein.vocabulary.Bookmark;
import skein.vocabulary.ErrorCode;
import skein.vocabulary.SkeinException;

class BookmarkRulesTest {
    private static final UUID DATABASE = new UUID(0, 1);
    private static final UUID FIRST = new UUID(1, 1);
    private static final UUID SECOND = new UUID(2, 2);
    private static final UUID LOST = new UUID(3, 3);

    /** The first reign sequenced up to record 5. */
    private static boolean areVisible(long appliedLsn, Bookmark... bookmarks) {
        return BookmarkRules.areVisible(List.of(bookmarks), appliedLsn, lsn -> {
            assertThat(lsn).isBetween(1L, appliedLsn);
            return lsn <= 5 ? FIRST : SECOND;
        });
    }

    private static Bookmark bookmark(UUID reign, long lsn) {
        return new Bookmark(DATABASE, reign, lsn);
    }

    private static void assertRefused(ErrorCode code, long appliedLsn, Bookmark... bookmarks) {
        assertThatThrownBy(() -> areVisible(appliedLsn, bookmarks))
                .isInstanceOfSatisfying(
                        SkeinException.class,
                        refused -> assertThat(refused.code()).isEqualTo(code));
    }

    @Test
    void whatIsAppliedIsVisible() {
        assertThat(areVisible(7, bookmark(FIRST, 5), bookmark(SECOND, 7))).isTrue();
        assertThat(areVisible(0, bookmark(FIRST, 0))).isTrue();
        assertThat(areVisible(0)).isTrue();
    }

    @Test
    void whatIsYetToComeIsWaitedForWhateverItsReign() {
        assertThat(areVisible(7, bookmark(SECOND, 8))).isFalse();
        assertThat(areVisible(7, bookmark(LOST, 8), bookmark(FIRST, 1))).isFalse();
    }

    @Test
    void aStateThatThisHistoryWillNeverHaveIsRefusedAtOnce() {
        assertRefused(ErrorCode.INVALID_BOOKMARK, 7, bookmark(LOST, 6));
        assertRefused(ErrorCode.INVALID_BOOKMARK, 7, bookmark(FIRST, 6));
        assertRefused(ErrorCode.INVALID_BOOKMARK, 7, bookmark(LOST, 6), bookmark(SECOND, 100));
    }

    @Test
    void bookmarksOfTwoHistoriesAreAMixture() {
        assertRefused(ErrorCode.INVALID_BOOKMARK_MIXTURE, 7, bookmark(LOST, 6), bookmark(FIRST, 3));
    }
}
