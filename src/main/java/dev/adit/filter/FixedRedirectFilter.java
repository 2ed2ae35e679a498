package dev.adit.filter;

import dev.adit.http.Refusal;
import dev.adit.http.RequestHead;
import dev.adit.http.codec.Answer;
import dev.adit.routing.PathMatch;
import dev.adit.routing.RegexBudget;
import dev.adit.routing.RequestPath;
import dev.adit.routing.policy.FieldValue;
import dev.adit.routing.policy.FixedRedirect;
import java.util.Set;

/** Answers every request with a redirect to one URL. */
final class FixedRedirectFilter implements Filter {
    // Of those that nginx sends by "return".
    private static final Set<Integer> WITH_LOCATION = Set.of(301, 302, 303, 307, 308);

    private static final int NOT_MODIFIED = 304;

    private final FixedRedirect policy;
    private final PathMatch matched;

    /**
     * For the requests of a route.
     *
     * @param matched what the route asks of their path
     */
    FixedRedirectFilter(FixedRedirect policy, PathMatch matched) {
        this.policy = policy;
        this.matched = matched;
    }

    @Override
    public Step request(FilteredRequest request, Continuation next) {
        request.answer(answer(request));
        return Step.ANSWERED;
    }

    private Answer answer(FilteredRequest request) {
        if (!WITH_LOCATION.contains(policy.status())) {
            return policy.status() == NOT_MODIFIED
                    ? Answer.empty(NOT_MODIFIED)
                    : Answer.of(policy.status(), request.variables().url(policy.location()));
        }
        try {
            return FieldValue.of(url(request))
                    .map(location -> Answer.redirect(policy.status(), location))
                    .orElseGet(() -> Answer.of(Refusal.REWRITE_INVALID));
        } catch (RegexBudget.SpentException _) {
            return Answer.of(Refusal.EXPRESSION_TOO_COSTLY);
        }
    }

    private String url(FilteredRequest request) {
        if (!policy.isRewrite()) {
            return request.variables().url(policy.location());
        }
        var head = request.head();
        // What a variable is has no groups in it.
        var text = policy.location()
                .expand(name -> isGroup(name)
                        ? "$" + name
                        : request.variables().value(name).replace("$", "%24"));
        var url = matched instanceof PathMatch.Regex(var expression)
                ? expression.expand(RequestPath.merged(head.path()), text, new RegexBudget())
                : text;
        return RequestHead.escaped(url) + head.query();
    }

    private static boolean isGroup(String name) {
        return name.length() == 1 && name.charAt(0) >= '1' && name.charAt(0) <= '9';
    }
}
