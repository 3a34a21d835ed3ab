package skein.link.tcp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import org.junit.jupiter.api.Test;
import skein.link.tcp.Frames.RefusedFrame;

final class FramesTest {
    private static final int FRAME_MAX = 100;
    private static final int MESSAGE_MAX = 250;

    private final Frames frames = new Frames(FRAME_MAX, MESSAGE_MAX);

    private static ByteBuf frame(boolean last, int bytes) {
        return Unpooled.buffer().writeInt(bytes + 1).writeByte(last ? 1 : 0).writeZero(bytes);
    }

    @Test
    void aMessageOfManyFramesIsTakenUpToItsLimit() {
        assertThat(frames.take(frame(false, 100))).isNull();
        assertThat(frames.take(frame(false, 100))).isNull();
        assertThat(frames.take(frame(true, 50))).hasSize(MESSAGE_MAX);
        assertThat(frames.take(frame(true, 7))).as("the next one").hasSize(7);
    }

    @Test
    void smallFramesOfATooLargeMessageAreRefusedAsSoonAsTheyAreTooMany() {
        assertThat(frames.take(frame(false, 100))).isNull();
        assertThat(frames.take(frame(false, 100))).isNull();
        assertThatThrownBy(() -> frames.take(frame(false, 51)))
                .isInstanceOf(RefusedFrame.class)
                .hasMessageContaining("larger than 250 bytes");
    }

    @Test
    void aTooLargeFrameIsRefusedByItsLengthAlone() {
        ByteBuf head = Unpooled.buffer().writeInt(FRAME_MAX + 2);
        assertThatThrownBy(() -> frames.take(head))
                .isInstanceOf(RefusedFrame.class)
                .hasMessageContaining("a frame has 1 to 101");
        assertThat(frames.take(frame(true, FRAME_MAX))).hasSize(FRAME_MAX);
    }
}
