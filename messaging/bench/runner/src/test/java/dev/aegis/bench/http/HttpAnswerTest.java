package dev.aegis.bench.http;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class HttpAnswerTest {

    private static final String WITH_LENGTH =
            "HTTP/1.1 201 Created\r\nLocation: /shields/7\r\ncontent-length: 8\r\n\r\n{\"id\":7}";
    private static final String IN_CHUNKS =
            "HTTP/1.1 200 \r\nTransfer-Encoding: chunked\r\n\r\n5\r\n{\"id\"\r\n3\r\n:7}\r\n0\r\n\r\n";

    @Test
    void aBodyWithALengthEndsThere() {
        var answer = parse(WITH_LENGTH);
        assertThat(answer).isNotNull();
        assertThat(answer.status()).isEqualTo(201);
        assertThat(answer.body()).isEqualTo("{\"id\":7}");
        assertThat(answer.header("location")).isEqualTo("/shields/7");
        assertThat(answer.header("connection")).isNull();
    }

    @Test
    void aBodyInChunksIsPutTogether() {
        var answer = parse(IN_CHUNKS);
        assertThat(answer).isNotNull();
        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.body()).isEqualTo("{\"id\":7}");
    }

    @Test
    void anAnswerThatHasNotCompletelyArrivedIsAwaited() {
        for (var answer : new String[] {WITH_LENGTH, IN_CHUNKS}) {
            for (var length = 0; length < answer.length(); length++) {
                assertThat(parse(answer.substring(0, length))).isNull();
            }
        }
    }

    private static @Nullable HttpAnswer parse(String received) {
        var bytes = received.getBytes(UTF_8);
        return HttpAnswer.parse(bytes, bytes.length);
    }
}
