package skein.bolt.core;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import skein.bolt.message.BoltVersion;
import skein.bolt.packstream.Bytes;

final class HandshakeTest {
    private static final String MAGIC = "60 60 B0 17 ";

    @ParameterizedTest(name = "{0}")
    @CsvSource({
        "Java driver 5 and 6 without manifest, 00 08 08 05 00 02 04 04 00 00 00 03 00 00 00 00, 00 00 08 05",
        "mgconsole 1.5.2,                      00 00 01 04 00 00 00 01 00 00 00 00 00 00 00 00, 00 00 01 04",
        "mgclient 1.6.0,                       00 00 04 04 00 00 03 04 00 00 01 04 00 00 00 01, 00 00 04 04",
        "a driver of version 4.3,              00 01 03 04 00 00 02 04 00 00 01 04 00 00 00 03, 00 00 03 04",
        "5.0 alone,                            00 00 00 05 00 00 00 00 00 00 00 00 00 00 00 00, 00 00 00 05",
        "the client's order decides,           00 00 01 04 00 04 04 05 00 00 00 00 00 00 00 00, 00 00 01 04",
        "a range down to 4.2 finds no 4.2,     00 01 02 04 00 00 00 00 00 00 00 00 00 00 00 00, 00 00 01 04",
        "a range below zero ends there,        00 FF 02 05 00 00 00 00 00 00 00 00 00 00 00 00, 00 00 02 05",
        "5.5 was never anybody's,               00 00 05 05 00 01 05 05 00 00 00 00 00 00 00 00, 00 00 04 05",
        "only the future,                      00 00 00 07 00 00 00 06 00 00 00 00 00 00 00 00, 00 00 00 00",
        "only the past,                        00 00 00 03 00 00 00 02 00 00 00 01 00 00 00 00, 00 00 00 00",
        "nothing at all,                       00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00, 00 00 00 00",
    })
    void theFirstProposalThatFitsIsTaken(String client, String proposals, String reply) {
        Handshake.Outcome outcome = open(MAGIC + proposals);
        String found = switch (outcome) {
            case Handshake.Outcome.Agreed agreed -> Bytes.hex(agreed.reply());
            case Handshake.Outcome.Refused refused -> Bytes.hex(refused.reply());
            default -> outcome.toString();
        };
        assertThat(found).isEqualTo(reply);
    }

    @Test
    void whatIsAgreedIsTheVersionThatWasReplied() {
        assertThat(open(MAGIC + "00 02 04 04 00 00 00 00 00 00 00 00 00 00 00 00"))
                .isInstanceOfSatisfying(Handshake.Outcome.Agreed.class, agreed -> {
                    assertThat(agreed.version()).isEqualTo(BoltVersion.V4_4);
                    assertThat(agreed.manifest()).isFalse();
                    assertThat(agreed.consumed()).isEqualTo(20);
                });
    }

    @Test
    void fewerBytesAreNotEnough() {
        byte[] opening = Bytes.of(MAGIC + "00 00 04 05 00 00 00 00 00 00 00 00 00 00 00 00");
        for (int length = 0; length < opening.length; length++) {
            assertThat(Handshake.open(opening, length)).isInstanceOf(Handshake.Outcome.Incomplete.class);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"47", "47 45 54 20 2F", "16 03 01", "60 61", "60 60 B0 18"})
    void otherProtocolsAreRefusedWithoutAWordAtTheirFirstWrongByte(String hex) {
        assertThat(open(hex))
                .isInstanceOfSatisfying(
                        Handshake.Outcome.Refused.class,
                        refused -> assertThat(refused.reply()).isEmpty());
    }

    @Test
    void theManifestOffersEveryVersionOnce() {
        byte[] reply = offered();
        List<String> versions = new ArrayList<>();
        for (BoltVersion version : BoltVersion.values()) {
            versions.add("00 00 %02X %02X".formatted(version.minor(), version.major()));
        }
        assertThat(Bytes.hex(reply))
                .isEqualTo("00 00 01 FF %02X %s 00".formatted(versions.size(), String.join(" ", versions)));
    }

    private static byte[] offered() {
        Handshake.Outcome outcome = open(MAGIC + "00 00 01 FF 00 08 08 05 00 02 04 04 00 00 00 03");
        assertThat(outcome).isInstanceOf(Handshake.Outcome.Offered.class);
        return ((Handshake.Outcome.Offered) outcome).reply();
    }

    @Test
    void theClientChoosesFromTheManifest() {
        byte[] choice = Bytes.of("00 00 04 05 80 01 AA BB");
        for (int length = 0; length < 6; length++) {
            assertThat(Handshake.choose(choice, length)).isInstanceOf(Handshake.Outcome.Incomplete.class);
        }
        for (int length = 6; length <= choice.length; length++) {
            assertThat(Handshake.choose(choice, length))
                    .isInstanceOfSatisfying(Handshake.Outcome.Agreed.class, agreed -> {
                        assertThat(agreed.version()).isEqualTo(BoltVersion.V5_4);
                        assertThat(agreed.manifest()).isTrue();
                        assertThat(agreed.reply()).isEmpty();
                        assertThat(agreed.consumed()).isEqualTo(6);
                    });
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"00 00 00 00 00", "00 00 05 05 00", "00 01 04 05 00", "00 00 04 05 80 80 80 80 80 80 80 80 80 80"
            })
    void aChoiceThatWasNotOfferedEndsTheConnection(String hex) {
        byte[] choice = Bytes.of(hex);
        assertThat(Handshake.choose(choice, choice.length)).isInstanceOf(Handshake.Outcome.Refused.class);
    }

    private static Handshake.Outcome open(String hex) {
        byte[] bytes = Bytes.of(hex);
        return Handshake.open(Arrays.copyOf(bytes, bytes.length + 3), bytes.length);
    }
}
