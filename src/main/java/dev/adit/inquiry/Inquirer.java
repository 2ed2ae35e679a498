package dev.adit.inquiry;

import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.PoolOptions;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.http.impl.headers.HeadersMultiMap;
import io.vertx.core.tracing.TracingPolicy;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Asks the services of one event loop's requests. */
public final class Inquirer {
    private static final int CONNECTIONS_PER_SERVICE = 64;
    private static final int MOST_AT_ONCE = 1_024;
    // One that does not answer keeps no questions from the others.
    private static final int MOST_OF_SERVICE = 256;
    private static final int CONNECT_MILLIS = 5_000;
    private static final int ANSWER_MILLIS = 60_000;
    private static final int KEEP_ALIVE_SECONDS = 15;
    private static final int LARGEST_HEAD = 32_768;
    // Of a body, that nobody reads, so that its connection can be used again.
    private static final int MOST_SKIPPED = 65_536;
    private static final int HTTP_PORT = 80;
    private static final int HTTPS_PORT = 443;

    private final Vertx vertx;
    private final Context context;
    private @Nullable HttpClient client;
    private final Map<String, Integer> byService = new HashMap<>();
    private int asking;

    /** To be made on the event loop that it serves. */
    public Inquirer(Vertx vertx) {
        this.vertx = vertx;
        this.context = vertx.getOrCreateContext();
    }

    /**
     * Asks once. As by ingress-nginx, the certificate of the service is not verified.
     *
     * @param result told on this event loop; of nothing, where there was no answer
     * @return false where this service, or all together, have been asked too much already that has not been answered
     */
    public boolean ask(Inquiry inquiry, Consumer<Optional<Reply>> result) {
        var service = inquiry.url().getAuthority();
        if (asking >= MOST_AT_ONCE || byService.getOrDefault(service, 0) >= MOST_OF_SERVICE) {
            return false;
        }
        asking++;
        byService.merge(service, 1, Integer::sum);
        context.runOnContext(_ -> answer(inquiry).onComplete(done -> {
            asking--;
            byService.computeIfPresent(service, (_, count) -> count == 1 ? null : count - 1);
            result.accept(Optional.ofNullable(done.result()));
        }));
        return true;
    }

    /** Whatever happens to a request, it comes to an end in time. */
    private Future<Reply> answer(Inquiry inquiry) {
        var answered = Promise.<Reply>promise();
        var late = vertx.setTimer(ANSWER_MILLIS, _ -> answered.tryFail("there was no answer in time"));
        send(inquiry).onComplete(done -> {
            vertx.cancelTimer(late);
            if (done.succeeded()) {
                answered.tryComplete(done.result());
            } else {
                answered.tryFail(done.cause());
            }
        });
        return answered.future();
    }

    private Future<Reply> send(Inquiry inquiry) {
        try {
            return client().request(options(inquiry))
                    .compose(HttpClientRequest::send)
                    .map(Inquirer::reply);
        } catch (RuntimeException e) {
            return Future.failedFuture(e);
        }
    }

    private static RequestOptions options(Inquiry inquiry) {
        var url = inquiry.url();
        var isSecure = url.getScheme().equals("https");
        var port = url.getPort() < 0 ? (isSecure ? HTTPS_PORT : HTTP_PORT) : url.getPort();
        var query = url.getRawQuery() == null ? "" : "?" + url.getRawQuery();
        var path = url.getRawPath().isEmpty() ? "/" : url.getRawPath();
        return new RequestOptions()
                .setMethod(HttpMethod.valueOf(inquiry.method()))
                .setSsl(isSecure)
                .setHost(url.getHost())
                .setPort(port)
                .setURI(path + query)
                .setTimeout(ANSWER_MILLIS)
                .setHeaders(fields(inquiry));
    }

    private static HeadersMultiMap fields(Inquiry inquiry) {
        var fields = HeadersMultiMap.httpHeaders();
        inquiry.fields().forEach(field -> fields.add(field.getKey(), field.getValue()));
        return fields;
    }

    private static Reply reply(HttpClientResponse response) {
        skip(response);
        var fields = new TreeMap<String, List<String>>();
        for (var field : response.headers()) {
            fields.computeIfAbsent(field.getKey().toLowerCase(Locale.ROOT), _ -> new ArrayList<>(1))
                    .add(field.getValue());
        }
        return new Reply(response.statusCode(), Map.copyOf(fields));
    }

    private static void skip(HttpClientResponse response) {
        var skipped = new AtomicLong();
        response.exceptionHandler(_ -> {}).handler((Buffer part) -> {
            if (skipped.addAndGet(part.length()) > MOST_SKIPPED) {
                response.request().reset();
            }
        });
    }

    private HttpClient client() {
        if (client == null) {
            var options = new HttpClientOptions()
                    .setConnectTimeout(CONNECT_MILLIS)
                    .setKeepAliveTimeout(KEEP_ALIVE_SECONDS)
                    .setMaxHeaderSize(LARGEST_HEAD)
                    .setTrustAll(true)
                    .setVerifyHost(false)
                    .setDecompressionSupported(false)
                    .setTracingPolicy(TracingPolicy.IGNORE);
            var pool =
                    new PoolOptions().setHttp1MaxSize(CONNECTIONS_PER_SERVICE).setMaxWaitQueueSize(MOST_OF_SERVICE);
            client = vertx.httpClientBuilder().with(options).with(pool).build();
        }
        return client;
    }
}
