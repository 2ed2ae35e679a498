package dev.adit.filter;

import dev.adit.http.Refusal;
import dev.adit.http.codec.Answer;
import dev.adit.routing.PathMatch;
import dev.adit.routing.RegexBudget;
import dev.adit.routing.policy.FieldEdit.Field;
import dev.adit.routing.policy.FieldName;
import dev.adit.routing.policy.FieldValue;
import dev.adit.routing.policy.PathEdit;
import dev.adit.routing.policy.Rewrite;
import dev.adit.routing.policy.Template;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Has the endpoint see another host or path. */
final class RewriteFilter implements Filter {
    private static final FieldName FORWARDED_PREFIX = new FieldName("x-forwarded-prefix");

    private final @Nullable Template host;
    private final @Nullable PathEditor path;
    private final @Nullable PathEditor prefix;
    private final boolean keepsOthers;

    RewriteFilter(Rewrite policy, PathMatch matched) {
        this.host = policy.host().map(Template::new).orElse(null);
        this.prefix = policy.forwardedPrefix()
                .map(edit -> new PathEditor(edit, matched))
                .orElse(null);
        this.keepsOthers = policy.path().orElse(null) instanceof PathEdit.GroupsBelow;
        this.path = policy.path().map(edit -> new PathEditor(edit, matched)).orElse(null);
    }

    @Override
    public Step request(FilteredRequest request, Continuation next) {
        var head = request.head();
        String rewritten;
        try {
            rewritten = path == null ? head.path() : path.apply(head.path());
        } catch (RegexBudget.SpentException _) {
            request.answer(Answer.of(Refusal.EXPRESSION_TOO_COSTLY));
            return Step.ANSWERED;
        }
        if (rewritten == null) {
            request.answer(Answer.of(Refusal.REWRITE_INVALID));
            return Step.ANSWERED;
        }
        var other = head.rewritten(
                host == null ? head.authority() : request.variables().expand(host), rewritten);
        // ingress-nginx tells of what a path has lost, and not where nothing is rewritten.
        var isKept = keepsOthers && rewritten.equals(head.path());
        var told = prefix == null || isKept ? Optional.<FieldValue>empty() : FieldValue.of(prefix.text(head.path()));
        request.head(told.map(value -> other.adding(List.of(new Field(FORWARDED_PREFIX, value))))
                .orElse(other));
        return Step.PROCEED;
    }
}
