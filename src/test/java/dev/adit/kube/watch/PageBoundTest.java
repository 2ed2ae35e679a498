package dev.adit.kube.watch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fabric8.kubernetes.client.http.AsyncBody;
import io.fabric8.kubernetes.client.http.StandardHttpRequest;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.Test;

class PageBoundTest {
    private static final List<ByteBuffer> MEBIBYTE =
            List.of(ByteBuffer.allocate(1 << 19), ByteBuffer.allocate(1 << 19));

    private final CompletableFuture<Void> done = new CompletableFuture<>();
    private int consumed;

    @Test
    void a_page_of_more_than_memory_should_hold_fails_as_such() throws Exception {
        var page = page("https://api/apis/networking.k8s.io/v1/ingresses?limit=500&continue=x");
        for (var i = 0; i < 8; i++) {
            page.consume(MEBIBYTE, body());
        }
        assertThatThrownBy(() -> page.consume(MEBIBYTE, body())).isInstanceOf(PageBound.ExceededException.class);
        assertThat(consumed).isEqualTo(8);
        assertThat(done).isCompletedExceptionally();
        assertThat(PageBound.ExceededException.isCauseOf(
                        new CompletionException(new IllegalStateException(done.exceptionNow()))))
                .isTrue();
        assertThat(PageBound.ExceededException.isCauseOf(new IllegalStateException()))
                .isFalse();
    }

    @Test
    void the_smallest_page_and_whatever_is_no_page_is_taken_as_it_is() throws Exception {
        for (var uri : List.of(
                "https://api/x?limit=4", "https://api/x?watch=true", "https://api/x", "https://api/x?alimit=500")) {
            var page = page(uri);
            for (var i = 0; i < 20; i++) {
                page.consume(MEBIBYTE, body());
            }
        }
        assertThat(consumed).isEqualTo(80);
    }

    @Test
    void pages_shrink_down_to_the_smallest() {
        var page = new PageSize();
        assertThat(page.size()).isEqualTo(500);
        for (var size : new long[] {125, 31, 7, 4, 4}) {
            page.shrink();
            assertThat(page.size()).isEqualTo(size);
        }
    }

    private AsyncBody.Consumer<List<ByteBuffer>> page(String uri) {
        return new PageBound()
                .consumer(
                        (_, _) -> consumed++,
                        new StandardHttpRequest.Builder().uri(uri).build());
    }

    private AsyncBody body() {
        return new AsyncBody() {
            @Override
            public void consume() {}

            @Override
            public CompletableFuture<Void> done() {
                return done;
            }

            @Override
            public void cancel() {}
        };
    }
}
