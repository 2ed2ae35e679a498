package dev.adit.filter;

import dev.adit.http.Refusal;
import dev.adit.http.codec.Answer;
import dev.adit.routing.PathMatch;
import dev.adit.routing.policy.Rewrite;
import dev.adit.routing.policy.Template;
import org.jspecify.annotations.Nullable;

/** Has the endpoint see another host or path. */
final class RewriteFilter implements Filter {
    private final @Nullable Template host;
    private final @Nullable PathEditor path;

    RewriteFilter(Rewrite policy, PathMatch matched) {
        this.host = policy.host().map(Template::new).orElse(null);
        this.path = policy.path().map(edit -> new PathEditor(edit, matched)).orElse(null);
    }

    @Override
    public Step request(FilteredRequest request, Continuation next) {
        var head = request.head();
        var rewritten = path == null ? head.path() : path.apply(head.path());
        if (rewritten == null) {
            request.answer(Answer.of(Refusal.REWRITE_INVALID));
            return Step.ANSWERED;
        }
        request.head(head.rewritten(
                host == null ? head.authority() : request.variables().expand(host), rewritten));
        return Step.PROCEED;
    }
}
