package finmicro.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MySqlCommitsTest {

    private final ByteArrayOutputStream server = new ByteArrayOutputStream();
    private final List<String> commits = new ArrayList<>();

    @ParameterizedTest
    @ValueSource(ints = {1, 3, 7, 1000})
    void commitIsCheckedWithItsStatementsForAnyChunkSize(int chunk) throws IOException {
        byte[] sent = joined(
                login(60),
                query("SET autocommit=0"),
                query("INSERT INTO a"),
                query("rollback"),
                query("INSERT INTO b"),
                query("COMMIT"));
        MySqlCommits commitsOf = new MySqlCommits(server, () -> true, commits::add);

        for (int at = 0; at < sent.length; at += chunk) {
            commitsOf.write(sent, at, Math.min(chunk, sent.length - at));
        }

        assertThat(commits).containsExactly("INSERT INTO b\n");
        assertThat(server.toByteArray()).isEqualTo(sent);
    }

    @Test
    void refusedCommitDoesNotReachTheServer() throws IOException {
        byte[] before = joined(login(60), query("INSERT INTO a"));
        MySqlCommits refusing = new MySqlCommits(server, () -> true, text -> {
            throw new IOException("refused");
        });
        refusing.write(before, 0, before.length);

        assertThatThrownBy(() -> refusing.write(query("commit"), 0, query("commit").length))
                .hasMessage("refused");

        assertThat(server.toByteArray()).isEqualTo(before);
    }

    /** TLS records are not packets of the protocol. */
    @Test
    void encryptedBytesAreForwardedUnchanged() throws IOException {
        byte[] sent = joined(login(32), new byte[] {22, 3, 3, 0, 5, 1, 2, 3, 4, 5}, query("commit"));
        MySqlCommits encrypted = new MySqlCommits(server, () -> true, commits::add);

        encrypted.write(sent, 0, sent.length);

        assertThat(commits).isEmpty();
        assertThat(server.toByteArray()).isEqualTo(sent);
    }

    private static byte[] login(int length) {
        return packet(1, new byte[length]);
    }

    private static byte[] query(String text) {
        return packet(0, ("\3" + text).getBytes(StandardCharsets.UTF_8));
    }

    private static byte[] packet(int sequence, byte[] payload) {
        return joined(new byte[] {(byte) payload.length, 0, 0, (byte) sequence}, payload);
    }

    private static byte[] joined(byte[]... parts) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            all.writeBytes(part);
        }
        return all.toByteArray();
    }
}
