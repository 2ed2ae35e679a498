package dev.adit.filter;

import static dev.adit.testbed.Wire.await;
import static org.assertj.core.api.Assertions.assertThat;

import dev.adit.routing.PathMatch;
import dev.adit.routing.policy.FieldEdit;
import dev.adit.routing.policy.FieldName;
import dev.adit.routing.policy.FieldValue;
import dev.adit.routing.policy.RequestFields;
import dev.adit.routing.policy.ResponseFields;
import dev.adit.testbed.Wire;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

@ParameterizedClass
@MethodSource("dev.adit.testbed.Versions#clients")
class FieldEditTest extends FilterTest {
    private static final PathMatch ALL = new PathMatch.Prefix("/");
    private static final FieldEdit EDIT = new FieldEdit(
            List.of(new FieldName("x-gone")), List.of(field("x-set", "new")), List.of(field("x-added", "more")));

    @Test
    void the_endpoint_gets_the_fields_as_they_are_edited() throws Exception {
        route(ALL, new RequestFields(EDIT));
        var request = wire.request(HttpMethod.GET, "/");
        request.headers()
                .add("x-gone", "1")
                .add("x-set", "old")
                .add("x-set", "older")
                .add("x-added", "first");
        await(Wire.answer(request, Buffer.buffer()));
        var fields = next().headers();
        assertThat(fields.contains("x-gone")).isFalse();
        assertThat(fields.getAll("x-set")).containsExactly("new");
        assertThat(fields.getAll("x-added")).containsExactly("first", "more");
    }

    @Test
    void no_edit_changes_what_only_the_proxy_may_say_of_the_client() throws Exception {
        var forged = new FieldEdit(
                List.of(new FieldName("x-forwarded-for"), new FieldName("host")),
                List.of(field("x-real-ip", "6.6.6.6"), field("content-length", "99")),
                List.of(field("x-forwarded-proto", "gopher"), field("transfer-encoding", "chunked")));
        route(ALL, new RequestFields(forged));
        assertThat(wire.get("/").text()).isEqualTo("a.test /");
        var fields = next().headers();
        assertThat(fields.getAll("x-forwarded-for")).containsExactly("127.0.0.1");
        assertThat(fields.getAll("x-forwarded-proto")).doesNotContain("gopher").hasSize(1);
        assertThat(fields.getAll("x-real-ip")).doesNotContain("6.6.6.6");
        assertThat(fields.contains("transfer-encoding")).isFalse();
        assertThat(fields.contains("content-length")).isFalse();
    }

    @Test
    void the_client_gets_the_fields_as_they_are_edited() throws Exception {
        var edit = new ResponseFields(EDIT);
        route(
                ALL,
                request -> {
                    var fields = request.response().headers();
                    fields.add("x-gone", "1").add("x-set", "old").add("x-added", "first");
                    request.response().end("body");
                },
                edit);
        var answer = wire.get("/");
        assertThat(answer.text()).isEqualTo("body");
        var fields = answer.response().headers();
        assertThat(fields.contains("x-gone")).isFalse();
        assertThat(fields.getAll("x-set")).containsExactly("new");
        assertThat(fields.getAll("x-added")).containsExactly("first", "more");
    }

    @Test
    void no_edit_changes_where_a_response_ends() throws Exception {
        var edit = new FieldEdit(
                List.of(new FieldName("content-length")),
                List.of(field("transfer-encoding", "chunked")),
                List.of(field("connection", "close")));
        route(ALL, request -> request.response().end("body"), new ResponseFields(edit));
        var answer = wire.get("/");
        assertThat(answer.text()).isEqualTo("body");
        assertThat(answer.response().headers().contains("transfer-encoding")).isFalse();
        assertThat(wire.get("/").text()).isEqualTo("body");
    }

    @Test
    void an_answer_in_place_of_the_endpoint_is_edited_like_its_own() throws Exception {
        route(ALL, request -> request.connection().close(), new ResponseFields(EDIT));
        var answer = wire.get("/");
        assertThat(answer.status()).isEqualTo(502);
        assertThat(answer.response().getHeader("x-set")).isEqualTo("new");
    }

    private static FieldEdit.Field field(String name, String value) {
        return new FieldEdit.Field(new FieldName(name), new FieldValue(value));
    }
}
